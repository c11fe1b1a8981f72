import { keepFlows, type Migration } from '../database/index.ts';

export const migrations: readonly Migration[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE photos (
        tenant_id text NOT NULL REFERENCES tenants,
        hash text NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (tenant_id, hash))`,
      `CREATE TABLE candidates (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        name text NOT NULL,
        number text NOT NULL,
        exam_id text NOT NULL,
        photo text,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, number),
        FOREIGN KEY (tenant_id, exam_id) REFERENCES exams,
        FOREIGN KEY (tenant_id, photo) REFERENCES photos)`,
      `CREATE TABLE proctors (
        tenant_id text NOT NULL REFERENCES tenants,
        id text NOT NULL,
        name text NOT NULL,
        pin_hash text NOT NULL,
        PRIMARY KEY (tenant_id, id))`,
    ],
  },
  {
    number: 2,
    // Several photos of one person.
    statements: [
      `CREATE TABLE candidate_photos (
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (tenant_id, candidate_id, hash),
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE,
        FOREIGN KEY (tenant_id, hash) REFERENCES photos)`,
      `CREATE INDEX candidate_photos_by_hash ON candidate_photos (tenant_id, hash)`,
      `INSERT INTO candidate_photos (tenant_id, candidate_id, hash)
       SELECT tenant_id, id, photo FROM candidates WHERE photo IS NOT NULL`,
      `ALTER TABLE candidates DROP COLUMN photo`,
    ],
  },
  {
    number: 4,
    // Chiefs among proctors; where a candidate sits.
    statements: [`ALTER TABLE proctors ADD COLUMN role text`, `ALTER TABLE candidates ADD COLUMN seat text`],
  },
  {
    number: 5,
    // More time for whom it is granted.
    statements: [`ALTER TABLE candidates ADD COLUMN extra_minutes integer`],
  },
  {
    number: 6,
    // Badges.
    statements: [`ALTER TABLE proctors ADD COLUMN badge_hash text`],
  },
  {
    number: 10,
    // What is registered for a candidate besides time.
    statements: [`ALTER TABLE candidates ADD COLUMN arrangements text`],
  },
  {
    number: 11,
    // For whom a course is meant.
    statements: [
      `ALTER TABLE candidates ADD COLUMN post text`,
      `ALTER TABLE candidates ADD COLUMN sector text`,
      `ALTER TABLE candidates ADD COLUMN category text`,
    ],
  },
  {
    number: 23,
    // Proctors set their PINs themselves, with a code; each has a number that says who it is.
    statements: [
      `ALTER TABLE proctors ALTER COLUMN pin_hash DROP NOT NULL`,
      `ALTER TABLE proctors ADD COLUMN number text`,
      `ALTER TABLE proctors ADD COLUMN badge_tag integer`,
      `CREATE UNIQUE INDEX proctors_by_number ON proctors (tenant_id, number)`,
      `CREATE TABLE proctor_invitations (
        tenant_id text NOT NULL,
        proctor_id text NOT NULL,
        code_hash text NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, proctor_id),
        FOREIGN KEY (tenant_id, proctor_id) REFERENCES proctors ON DELETE CASCADE)`,
      `CREATE TABLE pin_changes (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id text NOT NULL,
        proctor_id text NOT NULL,
        what text NOT NULL,
        at timestamptz NOT NULL,
        FOREIGN KEY (tenant_id, proctor_id) REFERENCES proctors ON DELETE CASCADE)`,
      `CREATE INDEX pin_changes_of ON pin_changes (tenant_id, proctor_id)`,
    ],
  },
  {
    number: 38,
    // Every exam that was ever somebody's, and the most time that was ever registered for them: records come in later.
    statements: [
      `CREATE TABLE candidate_exams (
        tenant_id text NOT NULL REFERENCES tenants,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        PRIMARY KEY (tenant_id, candidate_id, exam_id))`,
      `INSERT INTO candidate_exams (tenant_id, candidate_id, exam_id) SELECT tenant_id, id, exam_id FROM candidates`,
      `ALTER TABLE candidates ADD COLUMN most_extra_minutes integer`,
      `UPDATE candidates SET most_extra_minutes = extra_minutes`,
    ],
  },
  {
    number: 64,
    // Numbers that somebody was registered under by mistake.
    statements: [
      `CREATE TABLE candidate_numbers (
        tenant_id text NOT NULL,
        candidate_id text NOT NULL,
        number text NOT NULL,
        reason text NOT NULL,
        corrected_at timestamptz NOT NULL,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX candidate_numbers_of ON candidate_numbers (tenant_id, candidate_id)`,
    ],
  },
  {
    number: 65,
    // Who is of a firm, and from when until when: whoever leaves stays findable by what they sat.
    statements: [
      `ALTER TABLE candidates ADD COLUMN left_at timestamptz`,
      `CREATE TABLE memberships (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id text NOT NULL,
        candidate_id text NOT NULL,
        joined_on text,
        joined_why text,
        from_firm text,
        left_on text,
        left_why text,
        to_firm text,
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
      `CREATE INDEX memberships_of ON memberships (tenant_id, candidate_id)`,
      `INSERT INTO memberships (tenant_id, candidate_id) SELECT tenant_id, id FROM candidates`,
    ],
  },
  {
    number: 66,
    // At which photos the center has looked.
    statements: [`ALTER TABLE candidate_photos ADD COLUMN looked boolean NOT NULL DEFAULT false`],
  },
  {
    number: 72,
    holds: 'indexes are made on the roster, some seconds with a million people',
    // People found by how their name or their number begins; by the bytes, so that no order of letters of some machine matters.
    statements: [
      `CREATE INDEX candidates_named ON candidates (tenant_id, name text_pattern_ops)`,
      `CREATE INDEX candidates_numbered ON candidates (tenant_id, number text_pattern_ops)`,
      // How many are to sit each exam, by when they came and went. Whoever left stays in the table where it says when.
      `CREATE TABLE roster_flows (tenant_id text NOT NULL, exam_id text NOT NULL, month text NOT NULL, people bigint NOT NULL)`,
      ...keepFlows({
        table: 'candidates',
        flows: 'roster_flows',
        counts: "to_jsonb(r)->>'left_at' IS NULL",
        since: 'now()',
      }),
    ],
  },
  {
    number: 98,
    // Links with which people take their own photo. Used, one has no secret any more, and says when they agreed.
    statements: [
      `CREATE TABLE photo_links (
        tenant_id text NOT NULL,
        candidate_id text NOT NULL,
        secret_hash text UNIQUE,
        expires_at timestamptz NOT NULL,
        consented_at timestamptz,
        PRIMARY KEY (tenant_id, candidate_id),
        FOREIGN KEY (tenant_id, candidate_id) REFERENCES candidates ON DELETE CASCADE)`,
    ],
  },
];
