/** Writes docs/config.schema.json, which editors use to complete and check config.json. */
import { writeFileSync } from 'node:fs'
import { configJsonSchema } from '../src/config.ts'

const text = JSON.stringify(configJsonSchema(), null, 2)
writeFileSync(new URL('../docs/config.schema.json', import.meta.url), `${text}\n`)
