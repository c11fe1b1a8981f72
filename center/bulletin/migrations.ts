import type { Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 91,
    statements: [
      `CREATE TABLE bulletin_weights (
        id integer PRIMARY KEY CHECK (id = 1),
        learning integer NOT NULL,
        sitting integer NOT NULL,
        passing integer NOT NULL)`,
      // When bulletins are made by themselves, of what, and where they go.
      `CREATE TABLE bulletin_schedules (
        id text PRIMARY KEY,
        account_id text NOT NULL,
        body text NOT NULL,
        created_at timestamptz NOT NULL,
        ended_at timestamptz)`,
      // One row for each month that one was due: whoever writes it first makes the bulletin.
      `CREATE TABLE bulletin_runs (
        schedule_id text NOT NULL REFERENCES bulletin_schedules,
        month text NOT NULL,
        begun_at timestamptz NOT NULL,
        done_at timestamptz,
        trouble text,
        PRIMARY KEY (schedule_id, month))`,
    ],
  },
];
