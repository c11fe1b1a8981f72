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
];
