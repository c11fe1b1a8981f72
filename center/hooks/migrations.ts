import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 101,
    statements: [
      `CREATE TABLE hooks (
        id text PRIMARY KEY,
        organisation_id text NOT NULL REFERENCES organisations,
        url text NOT NULL,
        events text[] NOT NULL,
        secret text NOT NULL,
        made_at timestamptz NOT NULL,
        ended_at timestamptz)`,
      `CREATE INDEX hooks_of ON hooks (organisation_id) WHERE ended_at IS NULL`,
      `CREATE TABLE hook_deliveries (
        id text PRIMARY KEY,
        hook_id text NOT NULL REFERENCES hooks,
        event text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        state text NOT NULL,
        rounds integer NOT NULL DEFAULT 0,
        status integer,
        made_at timestamptz NOT NULL,
        tried_at timestamptz,
        UNIQUE (hook_id, event, subject))`,
      `CREATE INDEX hook_deliveries_newest ON hook_deliveries (hook_id, made_at, id)`,
    ],
  },
];
