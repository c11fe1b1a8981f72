import type { Migration } from '../database/index.ts';

/** Bodies are canonical JSON text, not `jsonb`: what was signed must come back byte for byte. */
export const migrations: readonly Migration[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE batches (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        station_id text NOT NULL REFERENCES stations,
        number integer NOT NULL,
        header text NOT NULL,
        receipt text NOT NULL,
        tree_size bigint NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (station_id, number))`,
      `CREATE TABLE records (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        batch_id text NOT NULL,
        position integer NOT NULL,
        log_index bigint NOT NULL UNIQUE,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        mode text NOT NULL,
        passed boolean NOT NULL,
        submitted_at timestamptz NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id),
        FOREIGN KEY (tenant_id, batch_id) REFERENCES batches)`,
      `CREATE INDEX records_newest ON records (tenant_id, submitted_at DESC, log_index DESC)`,
      `CREATE INDEX records_in_batch ON records (tenant_id, batch_id, position)`,
    ],
  },
  {
    number: 6,
    // The sitting before, and the first of all; and all records of one run of an exam, for each line of a page.
    statements: [
      `ALTER TABLE records ADD COLUMN continued text`,
      `ALTER TABLE records ADD COLUMN root text`,
      `CREATE INDEX records_continued ON records (tenant_id, continued) WHERE continued IS NOT NULL`,
      `CREATE INDEX records_root ON records (tenant_id, root) WHERE root IS NOT NULL`,
      `CREATE INDEX records_of_run ON records (tenant_id, (coalesce(root, sitting_id)))`,
    ],
  },
  {
    number: 12,
    // What was studied, put together: stations ask for it every few seconds, and records are many.
    statements: [
      `CREATE TABLE course_progress (
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        seconds bigint NOT NULL,
        complete boolean NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (tenant_id, candidate_id, exam_id))`,
      `CREATE INDEX records_learning ON records (tenant_id, log_index) WHERE mode = 'learning'`,
    ],
  },
];
