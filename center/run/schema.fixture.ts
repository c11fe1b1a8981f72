/**
 * The schema up to number 8 as it was made before each folder brought its own part. Databases out there were made by these
 * statements: nothing here is ever changed.
 */
export const SCHEMA_UP_TO_8: readonly { readonly number: number; readonly statements: readonly string[] }[] = [
  {
    number: 1,
    statements: [
      `CREATE TABLE center (
        id integer PRIMARY KEY CHECK (id = 1),
        public_key text NOT NULL,
        log_size bigint NOT NULL DEFAULT 0)`,
      `CREATE TABLE tenants (tenant_id text PRIMARY KEY, name text NOT NULL, visitor_exam_id text)`,
      `CREATE TABLE operators (
        token_hash text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants)`,
      `CREATE TABLE stations (
        tenant_id text NOT NULL REFERENCES tenants,
        id text PRIMARY KEY,
        name text NOT NULL,
        public_key text NOT NULL,
        certificate text NOT NULL,
        enrolled_at timestamptz NOT NULL)`,
      `CREATE TABLE enrolment_codes (
        code_hash text PRIMARY KEY,
        tenant_id text NOT NULL REFERENCES tenants,
        created_at timestamptz NOT NULL,
        station_id text REFERENCES stations)`,
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
      `CREATE TABLE log_nodes (
        level integer NOT NULL,
        index bigint NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (level, index))`,
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
    // Sittings that move, commands and session codes of proctors who are elsewhere, badges.
    statements: [
      `CREATE TABLE rescues (
        tenant_id text NOT NULL REFERENCES tenants,
        hash text NOT NULL,
        from_station text NOT NULL REFERENCES stations,
        to_station text NOT NULL REFERENCES stations,
        sitting_id text NOT NULL,
        bytes bytea NOT NULL,
        posted_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, hash))`,
      `CREATE INDEX rescues_for ON rescues (tenant_id, to_station, posted_at)`,
      `CREATE TABLE moves (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        candidate_id text NOT NULL,
        exam_id text NOT NULL,
        from_station text NOT NULL REFERENCES stations,
        to_station text NOT NULL REFERENCES stations,
        moved_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id))`,
      `CREATE TABLE claims (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        station_id text NOT NULL REFERENCES stations,
        claimed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id))`,
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
      `ALTER TABLE proctors ADD COLUMN badge_hash text`,
      // The sitting before, and the first of all.
      `ALTER TABLE records ADD COLUMN continued text`,
      `ALTER TABLE records ADD COLUMN root text`,
      `CREATE INDEX records_continued ON records (tenant_id, continued) WHERE continued IS NOT NULL`,
      `CREATE INDEX records_root ON records (tenant_id, root) WHERE root IS NOT NULL`,
      // All records of one run of an exam, for each line of a page.
      `CREATE INDEX records_of_run ON records (tenant_id, (coalesce(root, sitting_id)))`,
    ],
  },
  {
    number: 7,
    // A station says first that it is about to go on with a sitting, and then that it has; two may have, unheard of each other.
    statements: [
      `ALTER TABLE claims ADD COLUMN begun boolean NOT NULL DEFAULT true`,
      `ALTER TABLE claims ADD COLUMN twice boolean NOT NULL DEFAULT false`,
    ],
  },
  {
    number: 8,
    // How ready each station said it is, last.
    statements: [
      `CREATE TABLE readiness (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        body text NOT NULL,
        said_at timestamptz NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, station_id))`,
    ],
  },
];
