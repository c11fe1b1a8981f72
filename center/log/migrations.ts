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
  {
    number: 19,
    // What is logged besides records, which results/ keeps; and the name under which others know the log.
    statements: [
      `CREATE TABLE log_entries (
        index bigint PRIMARY KEY,
        kind text NOT NULL,
        leaf text NOT NULL UNIQUE,
        body text NOT NULL,
        logged_at timestamptz NOT NULL)`,
      'ALTER TABLE center ADD COLUMN log_origin text',
    ],
  },
  {
    number: 20,
    // What witnesses said of a checkpoint, in their own lines; the checkpoint itself can be signed anew at any time.
    statements: [
      `CREATE TABLE cosignatures (
        size bigint NOT NULL,
        witness text NOT NULL,
        line text NOT NULL,
        said_at timestamptz NOT NULL,
        PRIMARY KEY (size, witness))`,
    ],
  },
  {
    number: 56,
    // Keys that the root of the center gave it to sign with, and took back: JWS, each an entry of the log as well.
    statements: [
      `CREATE TABLE center_keys (
        public_key text PRIMARY KEY,
        statement text NOT NULL,
        revocation text,
        added_at timestamptz NOT NULL)`,
    ],
  },
  {
    number: 77,
    // When the log was brought back from a backup, until somebody has looked whether more of it was signed after that.
    statements: ['ALTER TABLE center ADD COLUMN restored_at timestamptz'],
  },
];
