import type { Migration } from '../database/index.ts';

/** Secrets are kept as hashes. Whatever is of a candidate goes with them. */
export const migrations: readonly Migration[] = [
  {
    number: 14,
    // Who may learn at home, and how far they are there.
    statements: [
      `CREATE TABLE home_invitations (
        secret_hash text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        expires_at timestamptz NOT NULL,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX home_invitations_of ON home_invitations (tenant_id, candidate_id)`,
      `CREATE TABLE home_sessions (
        secret_hash text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        seen_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX home_sessions_of ON home_sessions (tenant_id, candidate_id)`,
      // Up to when time was asked for, of all courses together: two windows do not make two hours of one.
      `CREATE TABLE home_clocks (
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, candidate_id),
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE TABLE home_lessons (
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        lesson_id text NOT NULL,
        ms bigint NOT NULL,
        position double precision NOT NULL,
        farthest double precision NOT NULL,
        PRIMARY KEY (tenant_id, candidate_id, exam_id, lesson_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE TABLE home_answers (
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        item_id text NOT NULL,
        is_right boolean NOT NULL,
        PRIMARY KEY (tenant_id, candidate_id, exam_id, item_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      // Who has begun a course at home, and who is through.
      `CREATE TABLE home_studies (
        tenant_id text NOT NULL REFERENCES tenants,
        exam_id text NOT NULL,
        candidate_id text NOT NULL,
        complete boolean NOT NULL,
        PRIMARY KEY (tenant_id, exam_id, candidate_id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
    ],
  },
  {
    number: 15,
    // Mock exams that are sat at home; each has its paper with it, whatever becomes of the bank.
    statements: [
      `CREATE TABLE home_mocks (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        seed text NOT NULL,
        begun_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        paper text NOT NULL,
        shows text[] NOT NULL,
        answers text NOT NULL,
        ended_at timestamptz,
        result text,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX home_mocks_of ON home_mocks (tenant_id, candidate_id, exam_id, begun_at)`,
    ],
  },
];
