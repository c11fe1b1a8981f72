import { type Migration, wallOf } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 111,
    statements: [
      // Of whoever logs in: no firm's.
      `CREATE TABLE inspector_keys (
        key text PRIMARY KEY,
        account_id text NOT NULL,
        jws text NOT NULL,
        entry_index bigint NOT NULL,
        registered_at timestamptz NOT NULL)`,
      `CREATE INDEX inspector_keys_of ON inspector_keys (account_id, registered_at)`,
    ],
  },
  {
    number: 112,
    statements: [
      `CREATE TABLE evidence_wishes (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        log_index bigint NOT NULL,
        sitting_id text NOT NULL,
        station_id text NOT NULL REFERENCES stations,
        account_id text NOT NULL,
        by_name text NOT NULL,
        reason text NOT NULL,
        key text NOT NULL,
        jws text NOT NULL,
        entry_index bigint NOT NULL,
        asked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        heard_at timestamptz,
        refused text)`,
      `CREATE INDEX evidence_wishes_of ON evidence_wishes (log_index, asked_at)`,
      `CREATE INDEX evidence_wishes_for ON evidence_wishes (station_id, asked_at) WHERE heard_at IS NULL`,
      `CREATE INDEX evidence_wishes_at ON evidence_wishes (asked_at)`,
      `CREATE TABLE evidence_pictures (
        tenant_id text NOT NULL REFERENCES tenants,
        wish_id text NOT NULL REFERENCES evidence_wishes,
        taken_of text NOT NULL,
        picture text NOT NULL,
        erased boolean NOT NULL DEFAULT false,
        bytes bytea,
        came_at timestamptz,
        PRIMARY KEY (wish_id, taken_of))`,
      ...wallOf('evidence_wishes'),
      ...wallOf('evidence_pictures'),
    ],
  },
];
