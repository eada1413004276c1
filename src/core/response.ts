/** Something a human may approve. Params are typed by the responder and never model text. */
export interface Response {
  uid: string
  incident_uid: string
  responder: string
  activity_name: string
  params: Record<string, unknown>
  status:
    | 'drafted'
    | 'proposed'
    | 'approved'
    | 'rejected'
    | 'expired'
    | 'running'
    | 'done'
    | 'failed'
    | 'unknown'
    | 'undone'
  approver: string | null
  /** SHA-256 of what the approver saw. */
  shown_hash: string | null
}
