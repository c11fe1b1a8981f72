import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BatchHeader } from '../../../contract/records/batches.ts';
import { CandidateId, ExamId, type Instant, instant, SittingId } from '../../../contract/words/ids.ts';
import {
  batchId,
  canonicalJson,
  hashOf,
  verifyBatch,
  verifyCertificate,
  verifyJws,
  verifyProofFile,
} from '../../../proof/index.ts';
import {
  GUEST,
  guestRecordOf,
  newSigner,
  openTinyCenter,
  readBatch,
  recordOf,
  STATION,
  sealed,
  TENANT,
} from '../../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { migrate, openDatabase } from '../../core/database/index.ts';
import { manualClock } from '../../station.fixture.ts';
import { openGrants } from '../grants/index.ts';
import { openOutbox } from './index.ts';

const signer = newSigner();
const sitting = (n: number): SittingId => SittingId.parse(`si_${n}`);

function open(path = ':memory:') {
  const database = openDatabase(path);
  const outbox = openOutbox(database, manualClock());
  return { database, outbox, seal: () => outbox.seal(STATION, signer) };
}
const headerOf = (jws: string) => BatchHeader.parse(verifyJws(jws, 'exam-station/batch', signer.publicKey));
const encode = (text: string | undefined): Uint8Array => new TextEncoder().encode(text);

/** The tables before a refused batch could be taken back. */
const BEFORE_REFUSALS = [
  `CREATE TABLE batches (
     number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, header TEXT NOT NULL, receipt TEXT, settled_at TEXT
   ) STRICT;
   CREATE TABLE records (
     position INTEGER PRIMARY KEY, sitting TEXT NOT NULL UNIQUE, candidate TEXT NOT NULL, exam TEXT NOT NULL, body TEXT NOT NULL,
     batch INTEGER REFERENCES batches (number)
   ) STRICT;`,
];
const BEFORE = instant(new Date(0));
const AFTER = instant(new Date('2999-01-01'));

describe('an outbox', () => {
  it('keeps a record and says its hash', () => {
    const { outbox } = open();
    expect(outbox.add(recordOf(1))).toBe(hashOf(recordOf(1)));
    expect([outbox.waitingRecords, outbox.receiptOf(sitting(1)), outbox.batchOf(sitting(1))]).toEqual([
      1,
      'waiting',
      undefined,
    ]);
  });

  it('keeps one record of a sitting: a second one changes nothing and has the hash of the first', () => {
    const { outbox } = open();
    const first = outbox.add(recordOf(1));
    expect(outbox.add(recordOf(1, { marks: 100 }))).toBe(first);
    expect(outbox.waitingRecords).toBe(1);
  });

  it('has the same after it was opened again', async () => {
    const path = join(temporaryFolder(), 'a.db');
    const before = open(path);
    before.outbox.add(recordOf(1));
    await before.seal();
    const [batch] = before.outbox.waiting();
    before.database.close();
    const after = open(path);
    expect(after.outbox.waiting()).toEqual([batch]);
    after.database.close();
  });

  it('of a folder that an earlier program wrote opens, with what waits in it', async () => {
    const path = join(temporaryFolder(), 'a.db');
    const before = openDatabase(path);
    migrate(before, 'records', BEFORE_REFUSALS);
    const put = before.prepare('INSERT INTO records (sitting, candidate, exam, body) VALUES (?, ?, ?, ?)');
    for (const n of [1, 2]) put.run(`si_${n}`, `cd_${n}`, 'ex_1', canonicalJson(recordOf(n)));
    before.close();
    const { database, outbox, seal } = open(path);
    await seal();
    expect(outbox.waiting().map((batch) => readBatch(batch).records)).toEqual([[recordOf(1), recordOf(2)]]);
    expect(outbox.results).toEqual({ waiting: 2, refused: { records: 0, reasons: [] } });
    database.close();
  });

  it('counts how often a candidate sat an exam here and the center does not know yet', () => {
    const { outbox } = open();
    for (const n of [1, 2]) outbox.add(recordOf(n, { candidateId: 'cd_same' }));
    outbox.add(recordOf(3, { candidateId: 'cd_same', exam: { id: 'ex_2', title: { zh: '别的' }, mode: 'mock' } }));
    outbox.add(guestRecordOf(4, { candidateId: 'cd_same' }));
    const attempts = (candidate: string, exam: string, tenant = TENANT) =>
      outbox.attempts({ tenant, candidate: CandidateId.parse(candidate), exam: ExamId.parse(exam) }, BEFORE).length;
    expect([attempts('cd_same', 'ex_1'), attempts('cd_same', 'ex_2'), attempts('cd_other', 'ex_1')]).toEqual([2, 1, 0]);
    // Another firm may call somebody else the same.
    expect(attempts('cd_same', 'ex_1', GUEST)).toBe(1);
  });
});

describe('a sealed batch', () => {
  it('holds every loose record, in the order they came, signed by the station', async () => {
    const { outbox, seal } = open();
    for (const n of [3, 1, 2]) outbox.add(recordOf(n));
    await seal();
    const [batch, ...more] = outbox.waiting();
    if (!batch) throw new Error('no batch');
    expect(more).toEqual([]);
    expect(readBatch(batch).records).toEqual([recordOf(3), recordOf(1), recordOf(2)]);
    expect(headerOf(batch.header)).toMatchObject({ stationId: STATION, number: 1, previous: null, size: 3 });
    expect([1, 2, 3].map((n) => outbox.batchOf(sitting(n)))).toEqual([1, 1, 1]);
  });

  it('is proven by the certificate of the station', async () => {
    const { outbox, seal } = open();
    for (const n of [1, 2, 3, 4, 5]) outbox.add(recordOf(n));
    await seal();
    const [batch] = outbox.waiting();
    const center = openTinyCenter();
    const vouched = verifyCertificate(center.certify(signer.publicKey), center.signer.publicKey);
    if (!batch || !vouched.ok) throw new Error('no batch or no certificate');
    expect(await verifyBatch(sealed(readBatch(batch)), vouched.certificate)).toMatchObject({ ok: true });
  });

  it('is of one firm, and the chain goes through those of all', async () => {
    const { database, outbox, seal } = open();
    const center = openTinyCenter();
    const enrolment = center.enrol(signer.publicKey);
    const grants = openGrants(database, () => enrolment);
    grants.replace([center.grant()]);
    for (const record of [recordOf(1), guestRecordOf(2), recordOf(3), guestRecordOf(4)]) outbox.add(record);
    await seal();
    await seal();
    await seal();
    const batches = outbox.waiting();
    expect(batches.map((batch) => readBatch(batch).records.map(({ sittingId }) => sittingId))).toEqual([
      ['si_1', 'si_3'],
      ['si_2', 'si_4'],
    ]);
    expect(batches.map(({ header }) => headerOf(header).previous)).toEqual([null, batches[0]?.id]);
    const files = [1, 2].map((n) => outbox.proofFile(n, enrolment.certificate, enrolment.centerKey, grants));
    expect(files.map((text) => [TENANT, GUEST].filter((tenant) => text?.includes(`"tenantId":"${tenant}"`)))).toEqual([
      [TENANT],
      [GUEST],
    ]);
    for (const [at, tenantId] of [TENANT, GUEST].entries())
      expect(await verifyProofFile(encode(files[at]), enrolment.centerKey)).toMatchObject({
        ok: true,
        summary: { tenantId, ownerId: TENANT, records: 2 },
      });
  });

  it('is chained to the one before, and none is made of nothing', async () => {
    const { outbox, seal } = open();
    await seal();
    expect(outbox.waiting()).toEqual([]);
    for (const n of [1, 2, 3]) {
      outbox.add(recordOf(n));
      await seal();
      await seal();
    }
    const batches = outbox.waiting();
    const headers = batches.map(({ header }) => headerOf(header));
    expect(headers.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(headers.map(({ previous }) => previous)).toEqual([null, ...batches.slice(0, 2).map(batchId)]);
  });

  it('stays what it is while new records come in', async () => {
    const { outbox, seal } = open();
    outbox.add(recordOf(1));
    await seal();
    const before = outbox.waiting();
    outbox.add(recordOf(2));
    expect(outbox.waiting()).toEqual(before);
    expect(outbox.waitingRecords).toBe(2);
  });

  it('never holds a record twice, though two sealings run side by side', async () => {
    const { outbox, seal } = open();
    for (const n of [1, 2]) outbox.add(recordOf(n));
    await Promise.allSettled([seal(), seal()]);
    expect(outbox.waiting().flatMap((batch) => readBatch(batch).records.map(({ sittingId }) => sittingId))).toEqual([
      'si_1',
      'si_2',
    ]);
  });
});

describe('a receipt', () => {
  const settled = async () => {
    const opened = open();
    const center = openTinyCenter();
    for (const n of [1, 2]) opened.outbox.add(recordOf(n));
    await opened.seal();
    const [batch] = opened.outbox.waiting();
    if (!batch) throw new Error('no batch');
    const receipt = await center.receive(batch);
    opened.outbox.settle(batch, receipt);
    return { ...opened, center, receipt };
  };

  it('ends the waiting of its batch, and nothing is dropped', async () => {
    const { outbox } = await settled();
    expect([outbox.waiting(), outbox.waitingRecords]).toEqual([[], 0]);
    expect([outbox.receiptOf(sitting(1)), outbox.receiptOf(sitting(9))]).toEqual(['verified', 'waiting']);
    const since = (at: Instant) =>
      outbox.attempts({ tenant: TENANT, candidate: CandidateId.parse('cd_1'), exam: ExamId.parse('ex_1') }, at).length;
    // The center counts what it has logged; here counts only what it may not know of yet.
    expect([since(BEFORE), since(AFTER)]).toEqual([1, 0]);
  });

  it('of one batch leaves the next one waiting', async () => {
    const { outbox, seal } = await settled();
    outbox.add(recordOf(3));
    await seal();
    expect(outbox.waiting()).toHaveLength(1);
    expect([outbox.receiptOf(sitting(1)), outbox.receiptOf(sitting(3))]).toEqual(['verified', 'waiting']);
  });

  it('makes the proof file whole: anybody with the public key can check it', async () => {
    const { outbox, center } = await settled();
    const key = center.signer.publicKey;
    const text = outbox.proofFile(1, center.certify(signer.publicKey), key);
    expect(await verifyProofFile(encode(text), key)).toMatchObject({
      ok: true,
      summary: { batch: 1, records: 2, receipt: 'verified', trust: 'pinned' },
    });
  });

  it('is missing from a proof file written before it came, and the file says so', async () => {
    const { outbox, seal, center } = await settled();
    outbox.add(recordOf(3));
    await seal();
    const text = outbox.proofFile(2, center.certify(signer.publicKey), center.signer.publicKey);
    expect(await verifyProofFile(encode(text))).toMatchObject({ ok: true, summary: { batch: 2, receipt: 'none' } });
  });

  it('of a batch that is not there makes no file', async () => {
    const { outbox, center } = await settled();
    expect(outbox.proofFile(9, center.certify(signer.publicKey), center.signer.publicKey)).toBeUndefined();
  });
});
