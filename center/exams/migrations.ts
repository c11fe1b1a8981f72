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
  {
    number: 18,
    // Every version of an exam, under the hash of its body. A bank's id is made of what is in it: those are all there already.
    statements: [
      `CREATE TABLE exam_versions (
        tenant_id text NOT NULL REFERENCES tenants,
        exam_id text NOT NULL,
        hash text NOT NULL,
        body text NOT NULL,
        put_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, exam_id, hash))`,
      `INSERT INTO exam_versions (tenant_id, exam_id, hash, body)
       SELECT tenant_id, id, encode(sha256(convert_to(body, 'UTF8')), 'hex'), body FROM exams`,
      // A center that is new has kept them all.
      `CREATE TABLE exam_history (id integer PRIMARY KEY CHECK (id = 1), since timestamptz NOT NULL)`,
      `INSERT INTO exam_history
       SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM exams) THEN now() ELSE '0001-01-01T00:00:00Z' END`,
    ],
  },
  {
    number: 68,
    // Which banks an exam drew from, since when, and who put each. Of those from before nobody knows who.
    statements: [
      `CREATE TABLE bank_versions (
        tenant_id text NOT NULL REFERENCES tenants,
        exam_id text NOT NULL,
        bank_id text NOT NULL,
        items integer NOT NULL,
        put_at timestamptz NOT NULL DEFAULT now(),
        put_by text,
        PRIMARY KEY (tenant_id, exam_id, bank_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, bank_id) REFERENCES banks)`,
      `CREATE INDEX bank_versions_of ON bank_versions (tenant_id, bank_id)`,
      `INSERT INTO bank_versions (tenant_id, exam_id, bank_id, items, put_at)
       SELECT v.tenant_id, v.exam_id, b.id, max(coalesce(json_array_length(b.body::json->'items'), 0)), min(v.put_at)
       FROM exam_versions v JOIN banks b ON b.tenant_id = v.tenant_id AND b.id = v.body::json->>'bankId'
       GROUP BY v.tenant_id, v.exam_id, b.id`,
    ],
  },
  {
    number: 96,
    // Exams that a firm was given by another one, which plans for it.
    statements: [
      `CREATE TABLE handed_exams (
        tenant_id text NOT NULL,
        exam_id text NOT NULL,
        from_tenant text NOT NULL REFERENCES tenants,
        PRIMARY KEY (tenant_id, exam_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams)`,
    ],
  },
];
