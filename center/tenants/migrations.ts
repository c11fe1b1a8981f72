import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE tenants (tenant_id text PRIMARY KEY, name text NOT NULL, visitor_exam_id text)`,
      `CREATE TABLE operators (
        token_hash text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants)`,
    ],
  },
  {
    number: 22,
    statements: [
      // Tokens with a name, which end.
      `ALTER TABLE operators ADD COLUMN id text`,
      `ALTER TABLE operators ADD COLUMN name text NOT NULL DEFAULT ''`,
      `ALTER TABLE operators ADD COLUMN created_at timestamptz NOT NULL DEFAULT now()`,
      `ALTER TABLE operators ADD COLUMN expires_at timestamptz`,
      `ALTER TABLE operators ADD COLUMN ended_at timestamptz`,
      `UPDATE operators SET id = 'tk_' || md5(token_hash)`,
      `ALTER TABLE operators ALTER COLUMN id SET NOT NULL`,
      `CREATE UNIQUE INDEX operators_by_id ON operators (tenant_id, id)`,
      // Those with which the center is run for all firms.
      `CREATE TABLE administrators (
        token_hash text PRIMARY KEY,
        id text NOT NULL UNIQUE,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        ended_at timestamptz)`,
      // Who signed in at the pages, by a token of the firm or of the center.
      `CREATE TABLE page_sessions (
        id_hash text PRIMARY KEY,
        id text NOT NULL UNIQUE,
        tenant_id text REFERENCES tenants,
        token_id text NOT NULL,
        address text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz)`,
      `CREATE INDEX page_sessions_of ON page_sessions (tenant_id)`,
      // Wrong tries at secrets, by what is guessed at and by whom or from where.
      `CREATE TABLE tries (
        what text NOT NULL,
        who text NOT NULL,
        failures integer NOT NULL,
        free_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        PRIMARY KEY (what, who))`,
    ],
  },
  // Whoever logged in and made a token: it works no longer than they could make it.
  { number: 116, statements: [`ALTER TABLE operators ADD COLUMN made_by text`] },
];
