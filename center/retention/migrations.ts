import { FORGOTTEN_SCHEMA } from '../appeals/index.ts';
import { type Migration, wallOf } from '../database/index.ts';
import { ERASED_SCHEMA } from '../people/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 104,
    holds: 'indexes are made on the roster, some seconds with a million people',
    statements: [
      ...[...ERASED_SCHEMA, ...FORGOTTEN_SCHEMA],
      // Months that things are kept, where somebody says: of the whole platform, and what a firm says of its own.
      `CREATE TABLE retention_rules (kind text PRIMARY KEY, months integer NOT NULL CHECK (months > 0))`,
      `CREATE TABLE firm_retention_rules (
        tenant_id text NOT NULL REFERENCES tenants,
        kind text NOT NULL,
        months integer NOT NULL CHECK (months > 0),
        PRIMARY KEY (tenant_id, kind))`,
      ...wallOf('firm_retention_rules'),
      // What was erased: how many, when, by which rule or under whose order. Not whom.
      `CREATE TABLE erasures (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id text NOT NULL UNIQUE,
        tenant_id text REFERENCES tenants,
        kind text NOT NULL,
        count integer NOT NULL,
        months integer,
        cause text NOT NULL,
        by_account text,
        by_name text,
        at timestamptz NOT NULL)`,
      `CREATE INDEX erasures_of ON erasures (tenant_id, sequence)`,
      ...wallOf('erasures'),
    ],
  },
];
