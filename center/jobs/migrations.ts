import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 100,
    statements: [
      `CREATE TABLE jobs (
        id text PRIMARY KEY,
        kind text NOT NULL,
        asked text NOT NULL,
        account_id text,
        organisation_id text REFERENCES organisations,
        once text UNIQUE,
        state text NOT NULL,
        progress real NOT NULL DEFAULT 0,
        rounds integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL,
        runner text,
        held_until timestamptz,
        made_at timestamptz NOT NULL,
        ended_at timestamptz,
        reason text,
        file_name text,
        file_type text,
        file_bytes bigint,
        expires_at timestamptz,
        CHECK ((state = 'running') = (runner IS NOT NULL)))`,
      `CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state IN ('waiting', 'running')`,
      `CREATE INDEX jobs_by_account ON jobs (account_id, made_at, id)`,
      `CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL`,
    ],
  },
];
