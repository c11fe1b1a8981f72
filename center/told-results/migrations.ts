import { type Migration, wallOf } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 102,
    statements: [
      // Root keys of other centers whose proofs are taken.
      `CREATE TABLE told_centers (
        key text PRIMARY KEY,
        vendor_id text NOT NULL REFERENCES organisations,
        named_by text NOT NULL,
        named_at timestamptz NOT NULL,
        ended_at timestamptz)`,
      // The vendor's name as it was then: whoever sees a result sees who told of it, wherever that lies in the tree.
      `CREATE TABLE told_imports (
        id text PRIMARY KEY,
        organisation_id text NOT NULL REFERENCES organisations,
        vendor_id text NOT NULL REFERENCES organisations,
        vendor text NOT NULL,
        source text NOT NULL,
        file_name text NOT NULL,
        file_hash text NOT NULL,
        proven_by text,
        rows integer NOT NULL,
        brought_by text NOT NULL,
        brought_at timestamptz NOT NULL,
        withdrawn_by text,
        withdrawn_note text,
        withdrawn_at timestamptz)`,
      `CREATE INDEX told_imports_newest ON told_imports (brought_at, id)`,
      `CREATE INDEX told_imports_of_place ON told_imports (organisation_id, brought_at, id)`,
      // Apart from \`records\` for good: nothing here counts, and nothing of it is in the log.
      `CREATE TABLE told_results (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        import_id text NOT NULL REFERENCES told_imports,
        vendor_id text NOT NULL,
        source text NOT NULL,
        own_id text NOT NULL,
        content text NOT NULL,
        candidate_id text,
        name text,
        number_hash text,
        ending text,
        exam_title text NOT NULL,
        exam_id text,
        mode text NOT NULL,
        marks double precision NOT NULL,
        full_marks double precision NOT NULL,
        passed boolean,
        submitted_at timestamptz NOT NULL,
        record_hash text,
        withdrawn_at timestamptz,
        PRIMARY KEY (tenant_id, id))`,
      // Told once, as long as it was not taken back.
      `CREATE UNIQUE INDEX told_results_once ON told_results (tenant_id, vendor_id, source, own_id) WHERE withdrawn_at IS NULL`,
      `CREATE INDEX told_results_by_id ON told_results (vendor_id, source, own_id)`,
      `CREATE INDEX told_results_newest ON told_results (tenant_id, submitted_at, id)`,
      `CREATE INDEX told_results_by_time ON told_results (submitted_at, id)`,
      `CREATE INDEX told_results_of_candidate ON told_results (tenant_id, candidate_id)`,
      `CREATE INDEX told_results_of_number ON told_results (number_hash)`,
      `CREATE INDEX told_results_by_name ON told_results (tenant_id, name text_pattern_ops)`,
      `CREATE INDEX told_results_of_import ON told_results (import_id)`,
      ...wallOf('told_results'),
    ],
  },
];
