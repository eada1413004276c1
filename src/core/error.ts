/** What a failing account says to the jobs: whose failure, whether waiting helps, and how long. */
export class ServiceError extends Error {
  readonly service: string
  /** Trying again won't help until somebody changes something. */
  readonly permanent: boolean
  /** Milliseconds to wait, where the service said so. */
  readonly retryAfter: number | null
  /** What the owner can do about it, in one sentence. */
  readonly mend: string | null
  /** The request may have been carried out all the same: look before asking again. */
  readonly ambiguous: boolean

  constructor(
    service: string,
    message: string,
    options: {
      permanent?: boolean
      retryAfter?: number | null
      mend?: string | null
      ambiguous?: boolean
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'ServiceError'
    this.service = service
    this.permanent = options.permanent ?? false
    this.retryAfter = options.retryAfter ?? null
    this.mend = options.mend ?? null
    this.ambiguous = options.ambiguous ?? false
  }
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
