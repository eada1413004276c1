/** Where a company sits or a person lives. Addresses are given as the first two octets. */
export interface Place {
  city: string
  country: string
  time_zone: string
  currency: string
  /** Where households get their addresses. */
  homes: string[]
  /** Where small firms get theirs. */
  offices: string[]
  /** AWS Region the company would choose. */
  region: string
  language: 'en' | 'de' | 'nl' | 'pt' | 'fr' | 'es'
}

/** Places a company can be from. */
export const places: readonly Place[] = [
  {
    city: 'Columbus',
    country: 'United States',
    time_zone: 'America/New_York',
    currency: '$',
    homes: ['73.202', '24.18', '98.213'],
    offices: ['50.245', '96.85'],
    region: 'us-east-2',
    language: 'en',
  },
  {
    city: 'Boise',
    country: 'United States',
    time_zone: 'America/Boise',
    currency: '$',
    homes: ['67.160', '76.104', '71.135'],
    offices: ['12.206', '50.198'],
    region: 'us-west-2',
    language: 'en',
  },
  {
    city: 'Bristol',
    country: 'United Kingdom',
    time_zone: 'Europe/London',
    currency: '£',
    homes: ['86.140', '81.156', '90.203'],
    offices: ['81.133', '217.43'],
    region: 'eu-west-2',
    language: 'en',
  },
  {
    city: 'Cork',
    country: 'Ireland',
    time_zone: 'Europe/Dublin',
    currency: '€',
    homes: ['86.40', '109.76', '78.16'],
    offices: ['89.101'],
    region: 'eu-west-1',
    language: 'en',
  },
  {
    city: 'Leipzig',
    country: 'Germany',
    time_zone: 'Europe/Berlin',
    currency: '€',
    homes: ['84.132', '79.203', '91.12'],
    offices: ['87.139', '62.154'],
    region: 'eu-central-1',
    language: 'de',
  },
  {
    city: 'Utrecht',
    country: 'Netherlands',
    time_zone: 'Europe/Amsterdam',
    currency: '€',
    homes: ['77.172', '84.83', '86.85'],
    offices: ['213.10', '62.45'],
    region: 'eu-central-1',
    language: 'nl',
  },
  {
    city: 'Porto',
    country: 'Portugal',
    time_zone: 'Europe/Lisbon',
    currency: '€',
    homes: ['85.240', '188.81', '93.108'],
    offices: ['194.65'],
    region: 'eu-west-1',
    language: 'pt',
  },
  {
    city: 'Halifax',
    country: 'Canada',
    time_zone: 'America/Halifax',
    currency: 'CA$',
    homes: ['70.31', '99.224', '184.146'],
    offices: ['206.47', '209.29'],
    region: 'ca-central-1',
    language: 'en',
  },
  {
    city: 'Adelaide',
    country: 'Australia',
    time_zone: 'Australia/Adelaide',
    currency: 'AU$',
    homes: ['101.160', '110.144', '49.180'],
    offices: ['203.45', '60.224'],
    region: 'ap-southeast-2',
    language: 'en',
  },
]

/** Where the colleague in another time zone may live. */
export const farPlaces: readonly Pick<Place, 'city' | 'country' | 'time_zone' | 'homes'>[] = [
  { city: 'Pune', country: 'India', time_zone: 'Asia/Kolkata', homes: ['122.161', '117.200'] },
  { city: 'Recife', country: 'Brazil', time_zone: 'America/Recife', homes: ['177.32', '179.110'] },
  { city: 'Mérida', country: 'Mexico', time_zone: 'America/Merida', homes: ['189.203'] },
  { city: 'Cebu', country: 'Philippines', time_zone: 'Asia/Manila', homes: ['112.198'] },
  {
    city: 'Durban',
    country: 'South Africa',
    time_zone: 'Africa/Johannesburg',
    homes: ['105.184', '41.13'],
  },
  { city: 'Łódź', country: 'Poland', time_zone: 'Europe/Warsaw', homes: ['83.10', '79.184'] },
]

/** Networks that no company of ours has to do with: where a thief may call from. */
export const strangeNetworks: readonly string[] = [
  '95.165',
  '14.161',
  '113.160',
  '27.72',
  '178.88',
  '95.56',
  '197.210',
  '105.112',
  '41.58',
  '36.72',
  '180.244',
  '78.171',
  '85.105',
  '182.52',
  '171.96',
]
