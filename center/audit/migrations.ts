import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 21,
    // What was done, by whom, in the order in which it was: lines are added and nothing else.
    statements: [
      `CREATE TABLE audit_lines (
        sequence bigint PRIMARY KEY,
        tenant_id text,
        at timestamptz NOT NULL,
        what text NOT NULL,
        actor_id text,
        subject_id text NOT NULL,
        body text NOT NULL,
        hash text NOT NULL,
        head text NOT NULL)`,
      `CREATE INDEX audit_lines_of ON audit_lines (tenant_id, sequence)`,
      `CREATE TABLE audit_head (
        id integer PRIMARY KEY CHECK (id = 1),
        sequence bigint NOT NULL,
        head text NOT NULL)`,
      `INSERT INTO audit_head (id, sequence, head) VALUES (1, 0, repeat('0', 64))`,
      // Heads that were put into the transparency log.
      `CREATE TABLE audit_anchors (
        sequence bigint PRIMARY KEY,
        head text NOT NULL,
        at timestamptz NOT NULL,
        log_index bigint NOT NULL)`,
      // Under which the state of each thing is hashed: without it nobody tries out names and numbers on a hash.
      `CREATE TABLE audit_salts (
        tenant_id text NOT NULL,
        kind text NOT NULL,
        subject_id text NOT NULL,
        salt text NOT NULL,
        PRIMARY KEY (tenant_id, kind, subject_id))`,
      `CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is added to and never changed'; END $$`,
      `CREATE TRIGGER audit_lines_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_lines
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()`,
      `CREATE TRIGGER audit_anchors_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchors
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()`,
    ],
  },
];
