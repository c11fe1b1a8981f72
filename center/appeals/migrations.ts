import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 94,
    statements: [
      `CREATE TABLE appeals (
        id text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        log_index bigint NOT NULL,
        made_by text,
        reason text NOT NULL,
        made_at timestamptz NOT NULL,
        state text NOT NULL,
        decided_by text,
        decided_note text,
        decided_at timestamptz)`,
      // One at a time waits for a decision.
      `CREATE UNIQUE INDEX appeals_open ON appeals (log_index) WHERE state = 'open'`,
      `CREATE INDEX appeals_of_tenant ON appeals (tenant_id, made_at, id)`,
    ],
  },
];

/** Since when the texts of an appeal are gone. Part of migration 104. */
export const FORGOTTEN_SCHEMA: readonly string[] = [`ALTER TABLE appeals ADD COLUMN forgotten_at timestamptz`];
