import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 6,
    // Commands and unlock windows of proctors who are elsewhere. The table of unlock windows is called sessions.
    statements: [
      `CREATE TABLE commands (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        station_id text NOT NULL REFERENCES stations,
        jws text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        outcome text,
        PRIMARY KEY (tenant_id, id))`,
      `CREATE INDEX commands_for ON commands (tenant_id, station_id) WHERE outcome IS NULL`,
      `CREATE TABLE sessions (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        exam_id text NOT NULL,
        proctor_id text NOT NULL,
        code_hash text NOT NULL,
        opens_at timestamptz NOT NULL,
        closes_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, proctor_id) REFERENCES proctors)`,
    ],
  },
];
