/** What a company does, as far as its people's talk and papers show it. */
export interface Trade {
  key: string
  /** `makes …`, for an about line. */
  about: string
  /** Second halves of company names. */
  suffixes: string[]
  /** Code repositories and services. */
  services: string[]
  /** Parts of the product that people work on. */
  features: string[]
  /** Things sold or handled. */
  goods: string[]
  /** Words customers' firms end in. */
  customers: string[]
  /** What suppliers deliver: firm's ending, and what is on the invoice. */
  supplies: [string, string][]
}

const shared: [string, string][] = [
  ['Office Supplies', 'paper, toner and coffee'],
  ['Cleaning', 'office cleaning'],
  ['Telecom', 'fibre line and two phones'],
  ['Accountants', 'bookkeeping'],
  ['Property', 'rent and service charge'],
]

/** Ten trades of small firms that keep a bit of software running. */
export const trades: readonly Trade[] = [
  {
    key: 'bikes',
    about: 'rents out cargo bikes and writes the booking software for it',
    suffixes: ['Cycles', 'Wheelworks', 'Cargo'],
    services: ['booking-api', 'fleet-tracker', 'pricing', 'rider-app', 'lock-gateway'],
    features: ['the damage report', 'lock pairing', 'weekend pricing', 'the map', 'deposits'],
    goods: ['long-john bikes', 'child seats', 'spare batteries', 'rain covers', 'brake pads'],
    customers: ['Nursery', 'Bakery', 'Couriers', 'Hotel'],
    supplies: [['Spokes', 'wheels and brake pads'], ['Batteries', 'battery packs'], ...shared],
  },
  {
    key: 'coffee',
    about: 'roasts coffee and sells it by subscription',
    suffixes: ['Roasters', 'Coffee', 'Beans'],
    services: ['subscriptions', 'shop-api', 'label-printer', 'roast-log', 'stock-sync'],
    features: ['pause a subscription', 'gift boxes', 'grind sizes', 'the checkout', 'box labels'],
    goods: ['the Huila lot', 'decaf', 'filter papers', 'the spring blend', 'sample boxes'],
    customers: ['Café', 'Deli', 'Bookshop', 'Studios'],
    supplies: [
      ['Green Coffee', 'forty sacks, washed'],
      ['Packaging', 'bags with valves'],
      ...shared,
    ],
  },
  {
    key: 'vets',
    about: 'makes appointment software for animal doctors',
    suffixes: ['Petware', 'Clinics', 'Vet Systems'],
    services: ['appointments', 'reminders', 'records-api', 'portal', 'sms-relay'],
    features: [
      'vaccination reminders',
      'the waiting list',
      'repeat prescriptions',
      'double bookings',
    ],
    goods: ['card readers', 'label printers', 'the reception kit', 'training seats'],
    customers: ['Animal Clinic', 'Veterinary Practice', 'Pet Hospital', 'Kennels'],
    supplies: [['Hardware', 'card readers'], ['SMS', 'text message credits'], ...shared],
  },
  {
    key: 'sensors',
    about: 'builds soil sensors for vineyards',
    suffixes: ['Fieldworks', 'Sensing', 'Instruments'],
    services: ['ingest', 'gateway-fw', 'field-map', 'alerts-api', 'dashboards'],
    features: ['frost alerts', 'the battery estimate', 'irrigation advice', 'row maps', 'exports'],
    goods: ['probes', 'gateways', 'solar panels', 'the vineyard kit', 'antennas'],
    customers: ['Vineyard', 'Estate', 'Orchards', 'Growers'],
    supplies: [['Circuits', 'assembled boards'], ['Enclosures', 'housings'], ...shared],
  },
  {
    key: 'furniture',
    about: 'builds shelves to measure, configured online',
    suffixes: ['Joinery', 'Shelving', 'Woodworks'],
    services: ['configurator', 'cut-planner', 'quotes', 'webshop', 'delivery-slots'],
    features: [
      'the 3D preview',
      'cutting lists',
      'delivery slots',
      'the price per metre',
      'samples',
    ],
    goods: ['oak panels', 'wall brackets', 'the walnut samples', 'drawer runners'],
    customers: ['Interiors', 'Architects', 'Gallery', 'Library'],
    supplies: [['Timber', 'oak and birch panels'], ['Fittings', 'brackets and screws'], ...shared],
  },
  {
    key: 'climbing',
    about: 'runs two climbing halls and sells the booking system to others',
    suffixes: ['Boulders', 'Climbing', 'Walls'],
    services: ['checkin', 'courses', 'membership', 'turnstile', 'waiver-forms'],
    features: ['ten-visit cards', 'the course calendar', 'waivers', 'family passes', 'check-in'],
    goods: ['holds', 'crash mats', 'rental shoes', 'ropes', 'gift cards for the shop'],
    customers: ['Sports Club', 'School', 'Leisure', 'Outdoor'],
    supplies: [['Holds', 'a set of holds'], ['Matting', 'crash mats'], ...shared],
  },
  {
    key: 'translation',
    about: 'translates manuals and keeps the terms straight',
    suffixes: ['Translations', 'Lingua', 'Texts'],
    services: ['term-base', 'file-intake', 'quote-bot', 'translator-portal', 'qa-checks'],
    features: ['fuzzy matches', 'word counts', 'the glossary import', 'rush fees', 'PDF layout'],
    goods: ['the pump manual', 'safety sheets', 'the catalogue', 'patent pages', 'user guides'],
    customers: ['Pumps', 'Medical', 'Machines', 'Tools'],
    supplies: [['Proofreading', 'proofreading'], ['Fonts', 'typeface licence'], ...shared],
  },
  {
    key: 'couriers',
    about: 'plans the routes of medical couriers',
    suffixes: ['Dispatch', 'Routes', 'Logistics'],
    services: ['route-planner', 'driver-app', 'eta-api', 'pod-store', 'temperature-log'],
    features: ['cold-chain warnings', 'driver shifts', 'proof of delivery', 'time windows', 'ETAs'],
    goods: ['cool boxes', 'the sample run', 'blood samples', 'the night route', 'dry ice'],
    customers: ['Labs', 'Pharmacy', 'Hospital', 'Dialysis'],
    supplies: [['Cooling', 'cool boxes'], ['Tyres', 'winter tyres'], ...shared],
  },
  {
    key: 'maps',
    about: 'prints walking maps and sells them as an app',
    suffixes: ['Maps', 'Cartography', 'Trails'],
    services: ['tile-server', 'offline-packs', 'trail-api', 'print-export', 'shop'],
    features: ['offline packs', 'hill shading', 'closed paths', 'GPX import', 'the legend'],
    goods: ['the coast sheet', 'map cases', 'the winter edition', 'wall maps', 'trail guides'],
    customers: ['Tourism', 'Guesthouse', 'Rangers', 'Outfitters'],
    supplies: [['Print', 'four thousand folded sheets'], ['Survey', 'survey flights'], ...shared],
  },
  {
    key: 'lessons',
    about: 'teaches music online and pays the teachers',
    suffixes: ['Lessons', 'Music', 'Tuition'],
    services: ['lesson-rooms', 'payouts', 'calendar-sync', 'teacher-portal', 'recordings'],
    features: ['trial lessons', 'payouts', 'the metronome', 'lesson notes', 'family accounts'],
    goods: ['headsets', 'sheet music', 'trial vouchers', 'the cello course', 'practice packs'],
    customers: ['Conservatory', 'School', 'Choir', 'Youth Centre'],
    supplies: [['Audio', 'microphones and headsets'], ['Scores', 'sheet music'], ...shared],
  },
]
