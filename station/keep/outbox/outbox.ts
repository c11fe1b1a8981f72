import { Batch, type BatchHeader, ProofFile, Receipt } from '../../../contract/records/batches.ts';
import { ExamRecord } from '../../../contract/records/index.ts';
import {
  type CandidateId,
  type ExamId,
  type Instant,
  Sha256,
  type SittingId,
  type StationId,
} from '../../../contract/words/ids.ts';
import type { PublicKey } from '../../../contract/words/keys.ts';
import { batchId, canonicalJson, hashOf, headOfEntries, type Signer } from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';

/** Signed records on their way up. Nothing is dropped before the center's receipt is here, and nothing after it either. */
export type Outbox = {
  /** Keeps a record; the same sitting twice is the same record. @returns its hash */
  add(record: ExamRecord): Sha256;
  /** Puts every record that is in no batch yet into a new one, signed and chained to the last. */
  seal(stationId: StationId, signer: Signer): Promise<void>;
  /** Batches without a receipt, oldest first. */
  waiting(): readonly Batch[];
  settle(batch: Batch, receipt: Receipt): void;
  readonly waitingRecords: number;
  receiptOf(sitting: SittingId): 'waiting' | 'verified';
  /** One batch as a file anybody can check. */
  proofFile(number: number, certificate: string, centerKey: PublicKey): string | undefined;
  batchOf(sitting: SittingId): number | undefined;
  /** How often this candidate sat this exam here that the center had not logged before `since`. */
  attempts(candidate: CandidateId, exam: ExamId, since: Instant): number;
};

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
];
const MAX_BATCH = 1_000;

type BatchRow = { number: number; id: Sha256; header: string; receipt: string | null };
type RecordRow = { position: number; sitting: SittingId; body: string; batch: number | null };

export function openOutbox(database: Database, clock: Clock): Outbox {
  migrate(database, 'records', SCHEMA);
  const records = openRecords(database);
  const batches = openBatches(database);

  const toBatch = ({ number, header }: BatchRow): Batch =>
    Batch.parse({
      format: 'exam-station/batch@1',
      header,
      records: records.ofBatch(number).map(({ body }) => JSON.parse(body)),
    });
  const store = database.transaction((number: number, header: string, rows: readonly RecordRow[]) => {
    batches.add(number, header);
    for (const { position } of rows) records.putInto(number, position);
  });
  return {
    add(record) {
      records.add(record);
      return hashOf(ExamRecord.parse(JSON.parse(records.ofSitting(record.sittingId)?.body ?? '')));
    },
    async seal(stationId, signer) {
      const rows = records.inNoBatch();
      if (rows.length === 0) return;
      const previous = batches.last();
      const header: BatchHeader = {
        stationId,
        number: (previous?.number ?? 0) + 1,
        previous: previous?.id ?? null,
        size: rows.length,
        root: Sha256.parse(Buffer.from(await headOfEntries(rows.map(({ body }) => body))).toString('hex')),
        createdAt: clock.wall(),
      };
      store.immediate(header.number, signer.sign('exam-station/batch', header), rows);
    },
    waiting: () => batches.waiting().map(toBatch),
    settle: (batch, receipt) => batches.settle(batchId(batch), receipt, clock.wall()),
    get waitingRecords() {
      return records.waiting();
    },
    receiptOf(sitting) {
      const batch = records.ofSitting(sitting)?.batch;
      return batch && batches.get(batch)?.receipt ? 'verified' : 'waiting';
    },
    attempts: records.attempts,
    batchOf: (sitting) => records.ofSitting(sitting)?.batch ?? undefined,
    proofFile(number, certificate, centerKey) {
      const row = batches.get(number);
      if (!row) return undefined;
      const receipt = row.receipt ? Receipt.parse(JSON.parse(row.receipt)) : null;
      const format = 'exam-station/proof@1' as const;
      return `${canonicalJson(ProofFile.parse({ format, centerKey, certificate, batch: toBatch(row), receipt }))}\n`;
    },
  };
}

/** The table of records: each is in no batch, in one that waits, or in one that the center has logged. */
function openRecords(database: Database) {
  const add = database.prepare('INSERT OR IGNORE INTO records (sitting, candidate, exam, body) VALUES (?, ?, ?, ?)');
  const ofSitting = database.prepare<[string], RecordRow>('SELECT * FROM records WHERE sitting = ?');
  const ofBatch = database.prepare<[number], RecordRow>('SELECT * FROM records WHERE batch = ? ORDER BY position');
  const loose = database.prepare<[], RecordRow>(
    `SELECT * FROM records WHERE batch IS NULL ORDER BY position LIMIT ${MAX_BATCH}`,
  );
  const putInto = database.prepare('UPDATE records SET batch = ? WHERE position = ?');
  const waiting = database.prepare<[], { n: number }>(
    `SELECT (SELECT count(*) FROM records WHERE batch IS NULL)
          + (SELECT count(*) FROM batches JOIN records ON batch = number WHERE receipt IS NULL) AS n`,
  );
  const attempts = database.prepare<[string, string, string], { n: number }>(
    `SELECT count(*) AS n FROM records LEFT JOIN batches ON batch = number
     WHERE candidate = ? AND exam = ? AND (settled_at IS NULL OR settled_at > ?)`,
  );
  return {
    add(record: ExamRecord): void {
      const { sittingId, candidateId, exam } = record;
      add.run(sittingId, candidateId, exam.id, canonicalJson(record));
    },
    ofSitting: (sitting: SittingId) => ofSitting.get(sitting),
    ofBatch: (number: number) => ofBatch.all(number),
    inNoBatch: () => loose.all(),
    putInto: (batch: number, position: number): void => void putInto.run(batch, position),
    waiting: (): number => waiting.get()?.n ?? 0,
    attempts: (candidate: CandidateId, exam: ExamId, since: Instant): number =>
      attempts.get(candidate, exam, since)?.n ?? 0,
  };
}

/** The table of batches, numbered from 1 without a gap. */
function openBatches(database: Database) {
  const add = database.prepare('INSERT INTO batches VALUES (?, ?, ?, NULL, NULL)');
  const get = database.prepare<[number], BatchRow>('SELECT * FROM batches WHERE number = ?');
  const last = database.prepare<[], BatchRow>('SELECT * FROM batches ORDER BY number DESC LIMIT 1');
  const waiting = database.prepare<[], BatchRow>('SELECT * FROM batches WHERE receipt IS NULL ORDER BY number');
  const settle = database.prepare('UPDATE batches SET receipt = ?, settled_at = ? WHERE id = ?');
  return {
    add: (number: number, header: string): void => void add.run(number, batchId({ header } as Batch), header),
    get: (number: number) => get.get(number),
    last: () => last.get(),
    waiting: () => waiting.all(),
    settle: (id: Sha256, receipt: Receipt, at: Instant): void => void settle.run(JSON.stringify(receipt), at, id),
  };
}
