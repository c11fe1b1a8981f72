import type { CandidateId, ExamId, Instant, Sha256, SittingId, TenantId } from '../../../contract/words/ids.ts';
import { type Canonical, sha256 } from '../../../proof/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

const SCHEMA = [
  `CREATE TABLE batches (
     number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, header TEXT NOT NULL, receipt TEXT, settled_at TEXT
   ) STRICT;
   CREATE TABLE records (
     position INTEGER PRIMARY KEY, sitting TEXT NOT NULL UNIQUE, candidate TEXT NOT NULL, exam TEXT NOT NULL, body TEXT NOT NULL,
     batch INTEGER REFERENCES batches (number)
   ) STRICT;
   CREATE INDEX records_batch ON records (batch);
   CREATE INDEX records_candidate ON records (candidate, exam);
   CREATE INDEX batches_waiting ON batches (number) WHERE receipt IS NULL;`,
  // Batches that were signed and that the center did not log, with what was in them; their records are loose again.
  `CREATE TABLE withdrawn (
     id TEXT PRIMARY KEY, number INTEGER NOT NULL, header TEXT NOT NULL, reason TEXT, at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE withdrawn_records (
     batch TEXT NOT NULL REFERENCES withdrawn (id), record INTEGER NOT NULL REFERENCES records (position),
     PRIMARY KEY (batch, record)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX withdrawn_number ON withdrawn (number);
   CREATE TABLE set_aside (
     record INTEGER PRIMARY KEY REFERENCES records (position), reason TEXT NOT NULL, detail TEXT, since TEXT NOT NULL,
     again_at TEXT NOT NULL
   ) STRICT;
   ALTER TABLE records ADD COLUMN at_most INTEGER;`,
  // Whose each is: a batch is of one firm.
  `ALTER TABLE records ADD COLUMN tenant TEXT;
   UPDATE records SET tenant = json_extract(body, '$.tenantId');`,
  // Where the center's log has what the batch rests on, for its proof.
  `ALTER TABLE batches ADD COLUMN log TEXT;
   ALTER TABLE batches ADD COLUMN log_asked_at TEXT;`,
];
const MAX_BATCH = 1_000;

export type BatchRow = { number: number; id: Sha256; header: string; receipt: string | null; log: string | null };
export type RecordRow = {
  position: number;
  sitting: SittingId;
  body: string;
  batch: number | null;
  /** How many records a batch with this one may hold, after one with more was refused. */
  at_most: number | null;
  tenant: TenantId;
};
/** Whose attempt at which exam: of two firms, either may know a candidate or an exam by one id. */
export type Of = { readonly tenant: TenantId; readonly candidate: CandidateId; readonly exam: ExamId };
export type AsideRow = { sitting: SittingId; reason: string; detail: string | null; since: Instant };

export type Tables = ReturnType<typeof openTables>;

export function openTables(database: Database) {
  migrate(database, 'records', SCHEMA);
  return {
    records: openRecords(database),
    batches: openBatches(database),
    withdrawn: openWithdrawn(database),
    aside: openAside(database),
  };
}

/** Each record is in no batch, in one that waits, or in one that the center has logged. */
function openRecords(database: Database) {
  const add = database.prepare(
    'INSERT OR IGNORE INTO records (sitting, tenant, candidate, exam, body) VALUES (?, ?, ?, ?, ?)',
  );
  const ofSitting = database.prepare<[string], RecordRow>('SELECT * FROM records WHERE sitting = ?');
  const ofBatch = database.prepare<[number], RecordRow>('SELECT * FROM records WHERE batch = ? ORDER BY position');
  const due = 'batch IS NULL AND (again_at IS NULL OR again_at <= @now)';
  const loose = `SELECT records.* FROM records LEFT JOIN set_aside ON record = position WHERE ${due}`;
  const first = database.prepare<{ now: Instant }, RecordRow>(`${loose} ORDER BY position LIMIT 1`);
  const alike = database.prepare<{ now: Instant; atMost: number | null; tenant: TenantId; limit: number }, RecordRow>(
    `${loose} AND tenant = @tenant AND at_most IS @atMost ORDER BY position LIMIT @limit`,
  );
  const putInto = database.prepare('UPDATE records SET batch = ? WHERE position = ?');
  const loosen = database.prepare('UPDATE records SET batch = NULL, at_most = coalesce(?, at_most) WHERE batch = ?');
  const waiting = database.prepare<[], { n: number }>(
    `SELECT count(*) AS n FROM records LEFT JOIN batches ON batch = number LEFT JOIN set_aside ON record = position
     WHERE receipt IS NULL AND record IS NULL`,
  );
  const awaited = database.prepare<[string], object>(
    'SELECT 1 FROM records LEFT JOIN batches ON batch = number WHERE tenant = ? AND receipt IS NULL LIMIT 1',
  );
  const attempts = database.prepare<[string, string, string, string], { sitting: SittingId }>(
    `SELECT sitting FROM records LEFT JOIN batches ON batch = number
     WHERE tenant = ? AND candidate = ? AND exam = ? AND (settled_at IS NULL OR settled_at > ?)`,
  );
  return {
    add: (of: Of & { readonly sitting: SittingId }, body: Canonical): void =>
      void add.run(of.sitting, of.tenant, of.candidate, of.exam, body),
    ofSitting: (sitting: SittingId) => ofSitting.get(sitting),
    ofBatch: (number: number) => ofBatch.all(number),
    /** What goes into the next batch: the oldest that is in none and is to be tried, with others like it of the same firm. */
    nextLoose(now: Instant): readonly RecordRow[] {
      const oldest = first.get({ now });
      if (!oldest) return [];
      const { tenant, at_most: atMost } = oldest;
      return alike.all({ now, tenant, atMost, limit: atMost ?? MAX_BATCH });
    },
    putInto: (batch: number, position: number): void => void putInto.run(batch, position),
    /** @param atMost how many of them may be together from now on; as before where it is not said */
    loosen: (batch: number, atMost?: number): void => void loosen.run(atMost ?? null, batch),
    /** Also what was set aside. */
    awaits: (tenant: TenantId): boolean => awaited.get(tenant) !== undefined,
    waiting: (): number => waiting.get()?.n ?? 0,
    attempts: ({ tenant, candidate, exam }: Of, since: Instant): readonly SittingId[] =>
      attempts.all(tenant, candidate, exam, since).map(({ sitting }) => sitting),
  };
}

/** Numbered from 1 without a gap; the last ones have no receipt yet. */
function openBatches(database: Database) {
  const add = database.prepare('INSERT INTO batches (number, id, header) VALUES (?, ?, ?)');
  const get = database.prepare<[number], BatchRow>('SELECT * FROM batches WHERE number = ?');
  const last = database.prepare<[], BatchRow>('SELECT * FROM batches ORDER BY number DESC LIMIT 1');
  const waiting = database.prepare<[number], BatchRow>(
    'SELECT * FROM batches WHERE receipt IS NULL ORDER BY number LIMIT ?',
  );
  const settle = database.prepare('UPDATE batches SET receipt = ?, settled_at = ? WHERE id = ? AND receipt IS NULL');
  const unshown = database.prepare<{ day: Instant; before: Instant; most: number }, BatchRow>(
    `SELECT * FROM batches WHERE receipt IS NOT NULL AND (log IS NULL OR settled_at > @day)
       AND (log_asked_at IS NULL OR log_asked_at < @before) ORDER BY log IS NOT NULL, number LIMIT @most`,
  );
  const asked = database.prepare('UPDATE batches SET log_asked_at = ? WHERE number = ?');
  const show = database.prepare('UPDATE batches SET log = ? WHERE number = ?');
  const remove = database.prepare('DELETE FROM batches WHERE number = ? AND receipt IS NULL');
  return {
    add: (number: number, header: string): void => void add.run(number, sha256(header), header),
    get: (number: number) => get.get(number),
    last: () => last.get(),
    /** The oldest first, at most so many; SQLite takes -1 for all. */
    waiting: (most = -1) => waiting.all(most),
    settle: (id: Sha256, receipt: string, at: Instant): void => void settle.run(receipt, at, id),
    /** Those whose place in the log was not shown yet; and those of the last day anew, for witnesses come later. */
    unshown: (day: Instant, before: Instant, most: number) => unshown.all({ day, before, most }),
    asked: (number: number, at: Instant): void => void asked.run(at, number),
    show: (number: number, log: string): void => void show.run(log, number),
    remove: (number: number): void => void remove.run(number),
  };
}

/** Batches that were taken back; more than one may have had the same number. */
function openWithdrawn(database: Database) {
  const add = database.prepare('INSERT INTO withdrawn (id, number, header, reason, at) VALUES (?, ?, ?, ?, ?)');
  const addRecord = database.prepare('INSERT INTO withdrawn_records SELECT ?, position FROM records WHERE batch = ?');
  const numbered = database.prepare<[number], BatchRow>(
    'SELECT id, number, header FROM withdrawn WHERE number = ? ORDER BY rowid DESC',
  );
  const get = database.prepare<[string], BatchRow>('SELECT id, number, header FROM withdrawn WHERE id = ?');
  const recordsOf = database.prepare<[string], RecordRow>(
    'SELECT records.* FROM withdrawn_records JOIN records ON record = position WHERE withdrawn_records.batch = ? ORDER BY position',
  );
  const [removeRecords, remove] = [
    database.prepare('DELETE FROM withdrawn_records WHERE batch = ?'),
    database.prepare('DELETE FROM withdrawn WHERE id = ?'),
  ];
  return {
    /** @param reason why it was refused; none where it only followed one that was */
    add({ id, number, header }: BatchRow, reason: string | undefined, at: Instant): void {
      add.run(id, number, header, reason ?? null, at);
      addRecord.run(id, number);
    },
    get: (id: Sha256) => get.get(id),
    /** The newest first. */
    numbered: (number: number) => numbered.all(number),
    recordsOf: (id: Sha256) => recordsOf.all(id),
    remove(id: Sha256): void {
      removeRecords.run(id);
      remove.run(id);
    },
  };
}

/** Records that the center refused by themselves. They stay, and are tried again now and then. */
function openAside(database: Database) {
  const put = database.prepare(
    `INSERT INTO set_aside (record, reason, detail, since, again_at) VALUES (@record, @reason, @detail, @now, @againAt)
     ON CONFLICT (record) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, again_at = excluded.again_at`,
  );
  const list = database.prepare<[], AsideRow>(
    'SELECT sitting, reason, detail, since FROM set_aside JOIN records ON record = position ORDER BY position',
  );
  const now = database.prepare("UPDATE set_aside SET again_at = ''");
  const done = database.prepare('DELETE FROM set_aside WHERE record IN (SELECT position FROM records WHERE batch = ?)');
  return {
    put: (row: { record: number; reason: string; detail: string | null; now: Instant; againAt: Instant }): void =>
      void put.run(row),
    list: () => list.all(),
    /** Each is tried at the next turn. */
    hurry: (): void => void now.run(),
    /** The center has logged this batch. */
    done: (batch: number): void => void done.run(batch),
  };
}
