import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 6,
    // Sittings that move.
    statements: [
      `CREATE TABLE rescues (
        tenant_id text NOT NULL REFERENCES tenants,
        hash text NOT NULL,
        from_station text NOT NULL REFERENCES stations,
        to_station text NOT NULL REFERENCES stations,
        sitting_id text NOT NULL,
        bytes bytea NOT NULL,
        posted_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, hash))`,
      `CREATE INDEX rescues_for ON rescues (tenant_id, to_station, posted_at)`,
      `CREATE TABLE moves (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        from_station text NOT NULL REFERENCES stations,
        to_station text NOT NULL REFERENCES stations,
        moved_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id))`,
      `CREATE TABLE claims (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        station_id text NOT NULL REFERENCES stations,
        claimed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id))`,
    ],
  },
  {
    number: 7,
    // A station says first that it is about to go on with a sitting, and then that it has; two may have, unheard of each other.
    statements: [
      `ALTER TABLE claims ADD COLUMN begun boolean NOT NULL DEFAULT true`,
      `ALTER TABLE claims ADD COLUMN twice boolean NOT NULL DEFAULT false`,
    ],
  },
  {
    number: 48,
    // What stations said of sittings that are not theirs to speak of.
    statements: [
      `CREATE TABLE stray_moves (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        sitting_id text NOT NULL,
        kind text NOT NULL,
        detail text NOT NULL,
        said_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, station_id, sitting_id, kind))`,
    ],
  },
  {
    number: 53,
    // Exams that count and began somewhere: who sits where, and which attempts are used up before there is a record.
    statements: [
      `CREATE TABLE beginnings (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        station_id text NOT NULL REFERENCES stations,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        begun boolean NOT NULL,
        over boolean NOT NULL DEFAULT false,
        asked_at timestamptz NOT NULL,
        heard_at timestamptz NOT NULL,
        holds_until timestamptz NOT NULL,
        against text,
        released_by text,
        released_note text,
        released_at timestamptz,
        PRIMARY KEY (tenant_id, sitting_id))`,
      `CREATE INDEX beginnings_of ON beginnings (tenant_id, candidate_id, exam_id)`,
      `CREATE INDEX beginnings_at ON beginnings (station_id, heard_at)`,
    ],
  },
  {
    number: 60,
    // When a station signed the last it said of each, by its own clock: what is sent again later undoes nothing. None of before.
    statements: [
      `ALTER TABLE beginnings ADD COLUMN said_at timestamptz`,
      `ALTER TABLE moves ADD COLUMN said_at timestamptz`,
    ],
  },
];
