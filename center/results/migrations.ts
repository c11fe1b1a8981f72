import { keepFlows, type Migration } from '../database/index.ts';
import { QUARTERS } from './quarters-schema.ts';
import { CORRECTED_TALLIES, TALLIES } from './tallies-schema.ts';

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
  {
    number: 28,
    // What the center makes of each record. Those of before wait to be judged like those that come in.
    statements: [
      `ALTER TABLE records ADD COLUMN judged boolean NOT NULL DEFAULT false`,
      `CREATE INDEX records_to_judge ON records (log_index) WHERE NOT judged`,
      `CREATE INDEX records_of_candidate ON records (tenant_id, candidate_id, exam_id)`,
      `CREATE TABLE judgements (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        verdict text NOT NULL,
        settled text,
        judged_at timestamptz NOT NULL,
        station_id text NOT NULL,
        log_index bigint NOT NULL,
        run text NOT NULL,
        seed text NOT NULL,
        sequence bigint NOT NULL,
        submitted_at text NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id),
        FOREIGN KEY (tenant_id, sitting_id) REFERENCES records)`,
      `CREATE INDEX judgements_of_ledger ON judgements (station_id, sequence)`,
      `CREATE INDEX judgements_of_seed ON judgements (tenant_id, seed)`,
      `CREATE INDEX judgements_open ON judgements (tenant_id, log_index) WHERE verdict <> 'sound'`,
      `CREATE TABLE record_findings (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        code text NOT NULL,
        detail text NOT NULL,
        found_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id, code),
        FOREIGN KEY (tenant_id, sitting_id) REFERENCES records)`,
      `CREATE TABLE settlements (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        number integer NOT NULL,
        decision text NOT NULL,
        by_name text NOT NULL,
        note text NOT NULL,
        settled_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id, number),
        FOREIGN KEY (tenant_id, sitting_id) REFERENCES records)`,
      `CREATE TABLE revealed_series (
        tenant_id text NOT NULL REFERENCES tenants,
        commitment text NOT NULL,
        series text NOT NULL,
        revealed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, commitment))`,
      `CREATE TABLE refused_batches (
        station_id text NOT NULL REFERENCES stations,
        id text NOT NULL,
        number bigint NOT NULL,
        reason text NOT NULL,
        refused_at timestamptz NOT NULL,
        PRIMARY KEY (station_id, id))`,
      `CREATE TABLE rival_batches (
        tenant_id text NOT NULL REFERENCES tenants,
        station_id text NOT NULL REFERENCES stations,
        id text NOT NULL,
        kind text NOT NULL,
        number bigint NOT NULL,
        header text NOT NULL,
        against_id text,
        against text,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, station_id, id, kind))`,
    ],
  },
  {
    number: 70,
    holds: 'indexes are made on the records, and each is told its station: some minutes with a million',
    // What lists are turned by: whose record it is, of which exam, of which station, and which incidents it has.
    statements: [
      `ALTER TABLE records ADD COLUMN station_id text`,
      `UPDATE records r SET station_id = b.station_id FROM batches b WHERE b.tenant_id = r.tenant_id AND b.id = r.batch_id`,
      `CREATE TABLE record_incidents (
        tenant_id text NOT NULL REFERENCES tenants,
        reason text NOT NULL,
        submitted_at timestamptz NOT NULL,
        log_index bigint NOT NULL,
        PRIMARY KEY (tenant_id, reason, submitted_at, log_index))`,
      `INSERT INTO record_incidents (tenant_id, reason, submitted_at, log_index)
       SELECT DISTINCT r.tenant_id, i->>'reason', r.submitted_at, r.log_index
       FROM records r, json_array_elements(r.body::json->'incidents') i`,
      `CREATE INDEX records_of_person ON records (tenant_id, candidate_id, submitted_at, log_index)`,
      `CREATE INDEX records_of_exam ON records (tenant_id, exam_id, submitted_at, log_index)`,
      `CREATE INDEX records_of_station ON records (tenant_id, station_id, submitted_at, log_index)`,
      `CREATE INDEX records_sat ON records (tenant_id, submitted_at, log_index) WHERE mode <> 'learning'`,
      `CREATE INDEX records_studied ON records (tenant_id, submitted_at, log_index) WHERE mode = 'learning'`,
      `CREATE INDEX judgements_doubted ON judgements
        (tenant_id, (verdict = 'disputed' AND settled IS NULL), log_index)
        WHERE verdict <> 'sound' OR settled IS NOT NULL`,
      ...TALLIES,
      // How many are through with each course, by when the center knew.
      `CREATE TABLE learned_flows (tenant_id text NOT NULL, exam_id text NOT NULL, month text NOT NULL, people bigint NOT NULL)`,
      ...keepFlows({ table: 'course_progress', flows: 'learned_flows', counts: 'complete', since: 'now()' }),
    ],
  },
  {
    number: 74,
    holds: 'an index is made on the records that were passed',
    // Exams that were passed, in the order of the log: certificates are made of them.
    statements: [`CREATE INDEX records_passed ON records (log_index) WHERE mode = 'formal' AND passed`],
  },
  { number: 90, statements: QUARTERS },
  {
    number: 92,
    holds: 'an index is made on the records',
    // Results of very many firms in one list, the newest first.
    statements: [`CREATE INDEX records_by_time ON records (submitted_at, log_index)`],
  },
  {
    number: 93,
    // Facts beside records that say how they count; `passed` of a record follows the newest, its body stays as it was signed.
    statements: [
      `CREATE TABLE record_corrections (
        tenant_id text NOT NULL REFERENCES tenants,
        sitting_id text NOT NULL,
        number integer NOT NULL,
        jws text NOT NULL,
        body text NOT NULL,
        entry_index bigint NOT NULL,
        by_name text NOT NULL,
        note text NOT NULL,
        corrected_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, sitting_id, number),
        FOREIGN KEY (tenant_id, sitting_id) REFERENCES records)`,
      ...CORRECTED_TALLIES,
    ],
  },
  {
    number: 119,
    holds: 'indexes are made on counters, which are some hundred thousand rows with a city of sixteen thousand firms',
    // A bulletin adds up some months or quarters of all firms, and there are years of them.
    statements: [
      'CREATE INDEX record_tallies_during ON record_tallies (month, tenant_id) INCLUDE (sat, passed)',
      'CREATE INDEX quarter_tallies_during ON quarter_tallies (quarter, tenant_id) INCLUDE (sat, passed)',
    ],
  },
  {
    number: 121,
    // Bulletins add up what they keep by themselves (120): nobody asks for months of all firms here any more.
    statements: ['DROP INDEX IF EXISTS record_tallies_during', 'DROP INDEX IF EXISTS quarter_tallies_during'],
  },
];
