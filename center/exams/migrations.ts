import type { Migration } from '../database/index.ts';

/** Bodies are canonical JSON text, not `jsonb`: what a hash was made of must come back byte for byte. */
export const migrations: readonly Migration[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE banks (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (tenant_id, id))`,
      `CREATE TABLE exams (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        bank_id text NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, bank_id) REFERENCES banks)`,
    ],
  },
  {
    number: 3,
    // Pictures of items.
    statements: [
      `CREATE TABLE pictures (
        tenant_id text NOT NULL REFERENCES tenants,
        hash text NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (tenant_id, hash))`,
    ],
  },
];
