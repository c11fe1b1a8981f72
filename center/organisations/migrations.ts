import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 80,
    statements: [
      `CREATE TABLE organisations (
        id text PRIMARY KEY,
        kind text NOT NULL,
        parent_id text REFERENCES organisations,
        path text NOT NULL,
        name text NOT NULL,
        tenant_id text REFERENCES tenants,
        state text NOT NULL)`,
      `INSERT INTO organisations (id, kind, path, name, state)
       VALUES ('og_platform', 'platform', 'og_platform/', '', 'approved')`,
    ],
  },
];
