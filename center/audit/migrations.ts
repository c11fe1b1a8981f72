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
  {
    number: 105,
    holds: 'an index is made on the looks, some seconds with a million lines',
    // Who looked at what is taken out of a line once, and nothing else of any line is ever changed.
    statements: [
      `ALTER TABLE audit_lines ADD COLUMN erased_at timestamptz`,
      `CREATE INDEX audit_lines_looked ON audit_lines (at, sequence) WHERE what = 'looked' AND erased_at IS NULL`,
      `CREATE FUNCTION audit_look_is_forgotten() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF OLD.what <> 'looked' OR OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL
            OR (NEW.sequence, NEW.at, NEW.what, NEW.hash, NEW.head) IS DISTINCT FROM (OLD.sequence, OLD.at, OLD.what, OLD.hash, OLD.head)
            OR NEW.tenant_id IS DISTINCT FROM OLD.tenant_id OR NEW.actor_id IS NOT NULL OR NEW.subject_id <> ''
            OR NEW.body::json->'actor'->>'kind' IS DISTINCT FROM 'erased' OR NEW.body::json->'subject'->>'kind' IS DISTINCT FROM 'erased'
          THEN RAISE EXCEPTION 'the audit log is added to and never changed'; END IF;
          RETURN NEW;
        END $$`,
      // What is changed of which line, the one below sees; all else is refused as before.
      `CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF TG_TABLE_NAME = 'audit_lines' AND TG_OP = 'UPDATE' THEN RETURN NULL; END IF;
          RAISE EXCEPTION 'the audit log is added to and never changed';
        END $$`,
      `CREATE TRIGGER audit_lines_changed BEFORE UPDATE ON audit_lines
        FOR EACH ROW EXECUTE FUNCTION audit_look_is_forgotten()`,
    ],
  },
];
