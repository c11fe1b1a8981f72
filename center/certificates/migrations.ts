import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 75,
    // What a certificate says is canonical JSON, as it was when the exam was passed; what is here of it besides is to be found by.
    statements: [
      `CREATE TABLE certificates (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        number text NOT NULL UNIQUE,
        place bigint NOT NULL UNIQUE,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        name text NOT NULL,
        facts text NOT NULL,
        salt text NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        cause text,
        PRIMARY KEY (tenant_id, sitting_id),
        FOREIGN KEY (tenant_id, sitting_id) REFERENCES records)`,
      `CREATE INDEX certificates_newest ON certificates (tenant_id, place DESC)`,
      `CREATE INDEX certificates_of_candidate ON certificates (tenant_id, candidate_id)`,
      `CREATE INDEX certificates_expiring ON certificates (tenant_id, expires_at, place) WHERE revoked_at IS NULL`,
      `CREATE TABLE certificate_terms (
        tenant_id text NOT NULL REFERENCES tenants,
        exam_id text NOT NULL,
        months integer,
        PRIMARY KEY (tenant_id, exam_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams)`,
    ],
  },
];
