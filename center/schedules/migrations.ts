import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 107,
    statements: [
      `CREATE TABLE bulletin_schedules (
        id text PRIMARY KEY,
        organisation_id text NOT NULL REFERENCES organisations,
        account_id text NOT NULL,
        token_id text,
        grouping text NOT NULL,
        period text NOT NULL,
        day integer NOT NULL,
        hour integer NOT NULL,
        formats text[] NOT NULL,
        language text NOT NULL,
        folder boolean NOT NULL,
        mails text[] NOT NULL,
        hook boolean NOT NULL,
        made_at timestamptz NOT NULL,
        next_at timestamptz NOT NULL,
        ended_at timestamptz,
        role_lost boolean NOT NULL DEFAULT false)`,
      `CREATE INDEX bulletin_schedules_due ON bulletin_schedules (next_at, id) WHERE ended_at IS NULL`,
      `CREATE INDEX bulletin_schedules_of ON bulletin_schedules (organisation_id, made_at, id)`,
      `CREATE INDEX bulletin_schedules_by ON bulletin_schedules (account_id, made_at, id)`,
      `CREATE TABLE bulletin_issues (
        id text PRIMARY KEY,
        schedule_id text NOT NULL REFERENCES bulletin_schedules,
        from_month text NOT NULL,
        to_month text NOT NULL,
        trial boolean NOT NULL,
        tried_by text,
        state text NOT NULL,
        job_id text,
        outcomes text NOT NULL,
        rounds integer NOT NULL DEFAULT 0,
        made_at timestamptz NOT NULL,
        done_at timestamptz)`,
      `CREATE UNIQUE INDEX bulletin_issues_once ON bulletin_issues (schedule_id, to_month) WHERE NOT trial`,
      `CREATE INDEX bulletin_issues_newest ON bulletin_issues (schedule_id, made_at, id)`,
      `CREATE INDEX bulletin_issues_tried ON bulletin_issues (tried_by, made_at) WHERE trial`,
      `CREATE INDEX bulletin_issues_open ON bulletin_issues (made_at) WHERE state IN ('waiting', 'failed')`,
    ],
  },
  {
    number: 118,
    // Why one failed as a whole, beside what it came to on each way.
    statements: ['ALTER TABLE bulletin_issues ADD COLUMN reason text'],
  },
];
