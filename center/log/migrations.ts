import type { Migration } from '../database/index.ts';

/** The log is one for all tenants: it holds hashes, and a single log is what makes it hard to show two faces. */
export const migrations: readonly Migration[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE center (
        id integer PRIMARY KEY CHECK (id = 1),
        public_key text NOT NULL,
        log_size bigint NOT NULL DEFAULT 0)`,
      `CREATE TABLE log_nodes (
        level integer NOT NULL,
        index bigint NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (level, index))`,
    ],
  },
];
