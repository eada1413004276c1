import type { DatabaseSync } from 'node:sqlite'

/** Numbered migrations; `user_version` holds how many have run. An empty stage column is still to do. */
const migrations = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    cursor TEXT,
    polled_time INTEGER,
    ok_time INTEGER,
    error TEXT,
    failing_since INTEGER,
    disabled INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE events (
    uid TEXT PRIMARY KEY,
    product TEXT NOT NULL,
    tenant_uid TEXT NOT NULL,
    activity TEXT,
    actor TEXT,
    time INTEGER NOT NULL,
    backfill INTEGER NOT NULL,
    stored_time INTEGER NOT NULL,
    data TEXT NOT NULL,
    placed_time INTEGER,
    scores TEXT,
    heard_time INTEGER,
    detected_time INTEGER
  ) STRICT;
  CREATE INDEX events_time ON events (time);
  CREATE INDEX events_actor ON events (actor, time);
  CREATE INDEX events_unplaced ON events (stored_time) WHERE placed_time IS NULL;
  CREATE INDEX events_unheard ON events (time) WHERE heard_time IS NULL;
  CREATE INDEX events_undetected ON events (time) WHERE detected_time IS NULL;

  CREATE TABLE history (
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    time INTEGER NOT NULL,
    event_uid TEXT NOT NULL,
    PRIMARY KEY (entity, kind, value, time, event_uid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX history_window ON history (entity, kind, time);

  CREATE TABLE findings (
    uid TEXT PRIMARY KEY,
    time INTEGER NOT NULL,
    created_time INTEGER NOT NULL,
    is_drill INTEGER NOT NULL,
    severity TEXT NOT NULL,
    confidence_score REAL NOT NULL,
    type TEXT NOT NULL,
    product TEXT NOT NULL,
    attacks TEXT NOT NULL,
    start_time INTEGER NOT NULL,
    data TEXT NOT NULL,
    incident_uid TEXT,
    correlated_time INTEGER
  ) STRICT;
  -- Holds all that an incident is computed from, so that a long attack stays cheap.
  CREATE INDEX findings_incident ON findings
    (incident_uid, severity, confidence_score, type, product, attacks, start_time, time);
  CREATE INDEX findings_loose ON findings (time) WHERE correlated_time IS NULL;

  CREATE TABLE finding_events (
    finding_uid TEXT NOT NULL,
    event_uid TEXT NOT NULL,
    PRIMARY KEY (finding_uid, event_uid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX finding_events_event ON finding_events (event_uid);

  CREATE TABLE joints (
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    time INTEGER NOT NULL,
    finding_uid TEXT NOT NULL,
    PRIMARY KEY (type, value, time, finding_uid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX joints_finding ON joints (finding_uid);

  CREATE TABLE incidents (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    is_drill INTEGER NOT NULL,
    created_time INTEGER NOT NULL,
    modified_time INTEGER NOT NULL,
    merged_into TEXT,
    data TEXT NOT NULL,
    rev INTEGER NOT NULL DEFAULT 1,
    assessed_rev INTEGER NOT NULL DEFAULT 0,
    notified_rev INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    op TEXT NOT NULL,
    target TEXT NOT NULL,
    thread TEXT,
    body TEXT NOT NULL,
    created_time INTEGER NOT NULL,
    attempt_time INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_time INTEGER NOT NULL,
    ref TEXT,
    done_time INTEGER,
    swept_time INTEGER
  ) STRICT;
  CREATE INDEX outbox_todo ON outbox (seq) WHERE done_time IS NULL;
  `,
  `
  CREATE TABLE scopes (name TEXT PRIMARY KEY, seen_time INTEGER NOT NULL) STRICT;

  CREATE TABLE items (
    uid TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_time INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX items_scope ON items (scope);
  CREATE INDEX items_kind ON items (kind);

  -- Uid of the message a reply belongs under.
  ALTER TABLE events ADD COLUMN thread TEXT;
  CREATE INDEX events_thread ON events (thread, time) WHERE thread IS NOT NULL;

  -- When the words of a row were let go.
  ALTER TABLE events ADD COLUMN bare_time INTEGER;
  ALTER TABLE findings ADD COLUMN bare_time INTEGER;
  ALTER TABLE incidents ADD COLUMN bare_time INTEGER;
  ALTER TABLE outbox ADD COLUMN bare_time INTEGER;
  CREATE INDEX events_worded ON events (time) WHERE bare_time IS NULL;
  `,
]

/** Brings a database to the newest schema, one transaction a step. */
export function migrate(db: DatabaseSync): void {
  const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number }
  if (user_version > migrations.length)
    throw new Error(
      `The database was written by a newer Porchlight (schema ${user_version}, this one knows ${migrations.length}). Install the newer version again, or move the database away.`,
    )
  for (const [i, sql] of migrations.entries()) {
    if (i < user_version) continue
    db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${i + 1}; COMMIT`)
  }
}
