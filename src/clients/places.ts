import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import ipaddr from 'ipaddr.js'
import { type CountryResponse, Reader } from 'mmdb-lib'
import type { SrcEndpoint } from '../core/event.ts'

/** ISO 3166-1 codes by continent; https://unstats.un.org/unsd/methodology/m49/ */
const continents: Record<string, string> = {
  Africa:
    'DZ AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU YT MA MZ NA NE NG RE RW SH ST SN SC SL SO ZA SS SD TZ TG TN UG EH ZM ZW',
  Asia: 'AF AM AZ BH BD BT BN KH CN CY GE HK IN ID IR IQ IL JP JO KZ KW KG LA LB MO MY MV MN MM NP KP OM PK PS PH QA SA SG KR LK SY TW TJ TH TL TR TM AE UZ VN YE IO',
  Europe:
    'AX AL AD AT BY BE BA BG HR CZ DK EE FO FI FR DE GI GR GG VA HU IS IE IM IT JE LV LI LT LU MT MC MD ME NL MK NO PL PT RO RU SM RS SK SI ES SJ SE CH UA GB XK',
  'North America':
    'AI AG AW BS BB BZ BM BQ CA KY CR CU CW DM DO SV GL GD GP GT HT HN JM MQ MX MS NI PA PR BL KN LC MF PM VC SX TT TC US VG VI',
  Oceania: 'AS AU CK FJ PF GU KI MH FM NR NC NZ NU NF MP PW PG PN WS SB TK TO TV UM VU WF',
  'South America': 'AR BO BR CL CO EC FK GF GY PY PE SR UY VE',
  Antarctica: 'AQ BV GS HM TF',
}
const continentOf = new Map(
  Object.entries(continents).flatMap(([name, codes]) =>
    codes.split(' ').map((code): [string, string] => [code, name]),
  ),
)

/** The /16 of an IPv4 address, the /32 of an IPv6 one: roughly what one provider hands out. */
function networkOf(ip: string): string {
  const address = ipaddr.process(ip)
  const bits = address.kind() === 'ipv4' ? 16 : 32
  const range = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${range.networkAddressFromCIDR(`${address.toNormalizedString()}/${bits}`).toString()}/${bits}`
}

/**
 * Country, continent and network of an address, from a file in the box's own packages
 * (@ip-location-db/geo-whois-asn-country-mmdb, CC0). Null for what is no address.
 */
export function openPlaces(): (ip: string) => SrcEndpoint | null {
  const file = createRequire(import.meta.url).resolve(
    '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb',
  )
  const reader = new Reader<CountryResponse & { country_code?: string }>(readFileSync(file))
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return (ip) => {
    if (!ipaddr.isValid(ip)) return null
    const code = reader.get(ip)?.country_code
    const location = code
      ? { country: names.of(code) ?? code, continent: continentOf.get(code) ?? 'unknown' }
      : null
    return { ip, ...(location && { location }), network: networkOf(ip) }
  }
}
