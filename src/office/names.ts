/** First and last names by culture; spelled as their owners would. */
export const cultures: readonly { first: string[]; last: string[] }[] = [
  {
    first: ['Hannah', 'Rupert', 'Maisie', 'Callum', 'Beth', 'Owen', 'Tilda', 'Gareth'],
    last: ['Ashdown', 'Pemberly', 'Holcroft', 'Tregarth', 'Whitlock', 'Marsden'],
  },
  {
    first: ['Jürgen', 'Annika', 'Matthias', 'Lieselotte', 'Björn', 'Katrin', 'Uwe'],
    last: ['Brückner', 'Lindhorst', 'Vogelsang', 'Harnisch', 'Köster', 'Reinfeld'],
  },
  {
    first: ['Priya', 'Arjun', 'Meenakshi', 'Rohan', 'Kavita', 'Sandeep', 'Lakshmi'],
    last: ['Deshpande', 'Raghunathan', 'Bhattacharya', 'Kulkarni', 'Chauhan', 'Nambiar'],
  },
  {
    first: ['Inês', 'Duarte', 'Marta', 'Rui', 'Beatriz', 'Tomás', 'Joana'],
    last: ['Figueiredo', 'Saldanha', 'Quintela', 'Meireles', 'Bragança', 'Teixeira'],
  },
  {
    first: ['Chidi', 'Amara', 'Tunde', 'Ngozi', 'Emeka', 'Folake', 'Segun'],
    last: ['Okonjo', 'Adeyinka', 'Nwachukwu', 'Balogun', 'Ezeani', 'Olatunji'],
  },
  {
    first: ['Mei', 'Haoran', 'Xiulan', 'Jiahui', 'Wenbo', 'Lanfen'],
    last: ['Zhao', 'Lin', 'Fang', 'Song', 'Qiu', 'Tan'],
  },
  {
    first: ['Sofía', 'Mateo', 'Ximena', 'Joaquín', 'Lucía', 'Álvaro', 'Renata'],
    last: ['Ibarra', 'Cárdenas', 'Peñaloza', 'Villagrán', 'Montes', 'Arriaga'],
  },
  {
    first: ['Zofia', 'Paweł', 'Kinga', 'Tomasz', 'Agnieszka', 'Wojciech'],
    last: ['Wrzesińska', 'Kowalik', 'Zawadzka', 'Dudek', 'Lipiński', 'Borowiec'],
  },
  {
    first: ['Leila', 'Omar', 'Yasmin', 'Karim', 'Noura', 'Samir'],
    last: ['Haddad', 'Benslimane', 'El-Masri', 'Khoury', 'Zerouali', 'Mansouri'],
  },
  {
    first: ['Sanne', 'Joost', 'Marieke', 'Bram', 'Femke', 'Ruben'],
    last: ['van der Wal', 'Hoekstra', 'Dijkgraaf', 'Terpstra', 'de Ruijter', 'Kuipers'],
  },
  {
    first: ['Élodie', 'Bastien', 'Clémence', 'Thibault', 'Solène', 'Gaël'],
    last: ['Marchandeau', 'Lefranc', 'Delacroix-Roy', 'Garnier', 'Picot', 'Vasseur'],
  },
  {
    first: ['Dolores', 'Jun', 'Marisol', 'Crisanto', 'Liza', 'Benjie'],
    last: ['Magbanua', 'Dimaculangan', 'Salonga', 'Pangilinan', 'Abueva', 'Tolentino'],
  },
]

/** First halves of company names. */
export const roots: readonly string[] = [
  'Hollowbrook',
  'Kestrel Hill',
  'Larchfield',
  'Marrowbone',
  'Tidewell',
  'Copperlane',
  'Ninebridges',
  'Fernhurst',
  'Old Quay',
  'Saltmarsh',
  'Wrenfold',
  'Bluethorn',
  'Quarryside',
  'Oxbow',
  'Lanternfish',
  'Mosswick',
  'Pale Heron',
  'Redgate',
  'Skylark',
  'Thornbury',
  'Undercliff',
  'Violetstone',
  'Winterbourne',
  'Yarrow',
  'Amberline',
  'Birchmere',
  'Cloudberry',
  'Dunmoor',
]

/** First halves of the names of customers and suppliers. */
export const otherRoots: readonly string[] = [
  'Abbotsfield',
  'Brackenridge',
  'Carrowmore',
  'Delmonte',
  'Eastwharf',
  'Falkenau',
  'Grünwald',
  'Harbour Street',
  'Isarblick',
  'Juniper',
  'Kingsmead',
  'Lindenhof',
  'Montclair',
  'Northgate',
  'Oranje',
  'Pinecrest',
  'Quinta Nova',
  'Rosedale',
  'Sorrel',
  'Three Rivers',
  'Uplands',
  'Valmont',
  'Westerly',
  'Zephyr',
  'Arkwright',
  'Bellamy',
  'Corvino',
  'Dovetail',
  'Elmsworth',
  'Fjordview',
]

/** Latin letters without marks, lower case, the rest dropped: for addresses and domains. */
export const plain = (text: string): string =>
  text
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
