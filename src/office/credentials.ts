import { createHash, generateKeyPairSync } from 'node:crypto'

/** What the office's servers accept; made from the world's seed, so that none is in a file. */
export interface Credentials {
  slack: { token: string }
  /** Each mailbox has its own refresh token. */
  google: { client_id: string; client_secret: string; refreshToken(mailbox: string): string }
  /** For domain-wide delegation; the key pair is made on first use. */
  serviceAccount(): { client_email: string; private_key: string; public_key: string }
  aws: { access_key_id: string; secret_access_key: string }
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const draw = (seed: number, label: string, length: number, alphabet: string) =>
  [...Array(length).keys()]
    .map((i) => createHash('sha256').update(`${seed} ${label} ${i}`).digest()[0] as number)
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')

/** An access key id of AWS's shape (`AKIA` and 16 letters), the same for the same seed and label. */
export const accessKeyId = (seed: number, label: string): string =>
  `AKIA${draw(seed, `id ${label}`, 16, base32)}`

/** A secret access key of AWS's shape (40 letters), the same for the same seed and label. */
export const secretAccessKey = (seed: number, label: string): string =>
  draw(seed, `secret ${label}`, 40, base62)

/** Credentials of the shapes that the vendors give out. */
export function createCredentials(seed: number): Credentials {
  let account: ReturnType<Credentials['serviceAccount']> | undefined
  return {
    slack: { token: ['xoxb', '100200300400', draw(seed, 'slack', 24, base62)].join('-') },
    google: {
      client_id: `${seed}.apps.googleusercontent.com`,
      client_secret: ['GOCSPX', draw(seed, 'client', 28, base62)].join('-'),
      refreshToken: (mailbox) => `1//${draw(seed, `refresh ${mailbox}`, 40, base62)}`,
    },
    serviceAccount() {
      account ??= {
        client_email: 'monitor@office.iam.gserviceaccount.com',
        ...serviceKeys(),
      }
      return account
    },
    aws: {
      access_key_id: accessKeyId(seed, 'monitor'),
      secret_access_key: secretAccessKey(seed, 'monitor'),
    },
  }
}

function serviceKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return { private_key: privateKey, public_key: publicKey }
}
