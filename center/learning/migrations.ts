import { keepFlows, type Migration } from '../database/index.ts';

/** Bytes of films and documents lie in files: `media-files.ts`. */
export const migrations: readonly Migration[] = [
  {
    number: 13,
    statements: [
      `CREATE TABLE media (
        tenant_id text NOT NULL REFERENCES tenants,
        hash text NOT NULL,
        type text NOT NULL,
        bytes bigint NOT NULL,
        PRIMARY KEY (tenant_id, hash))`,
      `CREATE TABLE courses (
        tenant_id text NOT NULL REFERENCES tenants,
        exam_id text NOT NULL,
        put_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, exam_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams)`,
      `CREATE TABLE studies (
        tenant_id text NOT NULL REFERENCES tenants,
        exam_id text NOT NULL,
        candidate_id text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, exam_id, candidate_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES courses,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
    ],
  },
  {
    number: 71,
    // How many are to learn each course, by when they got it and were let off.
    statements: [
      `CREATE TABLE study_flows (tenant_id text NOT NULL, exam_id text NOT NULL, month text NOT NULL, people bigint NOT NULL)`,
      ...keepFlows({ table: 'studies', flows: 'study_flows', counts: 'true', since: 'since' }),
    ],
  },
];
