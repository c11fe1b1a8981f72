import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { RecordBefore } from '../../contract/records/before.fixture.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { SittingId } from '../../contract/words/ids.ts';
import { Busy, type Reason, Refusal } from '../../contract/words/reasons.ts';
import { type OutgoingBatch, verifyProofFile } from '../../proof/index.ts';
import { newSigner, openTinyCenter, readBatch, recordOf, STATION } from '../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openDatabase } from '../core/database/index.ts';
import { openOutbox } from '../keep/outbox/index.ts';
import { manualClock } from '../station.fixture.ts';
import { openChainedCenter } from './chained-center.fixture.ts';
import { openTakeUp } from './take-up.ts';

const HOUR_MS = 3_600_000;
const log = pino({ level: 'silent' });
const sittingsOf = (records: readonly ExamRecord[]): readonly string[] => records.map(({ sittingId }) => sittingId);
/** Refuses every batch in which one of these is. */
const poisoned =
  (bad: ReadonlySet<string>, reason: Reason = 'batch-invalid') =>
  (records: readonly ExamRecord[]): Reason | undefined =>
    sittingsOf(records).some((sitting) => bad.has(sitting)) ? reason : undefined;

type Send = (batch: OutgoingBatch) => Promise<void>;

/** A station with results, and a center that refuses what is said. `before` is called before each sending, `after` after it. */
function prepare(no: (records: readonly ExamRecord[]) => Reason | undefined, path = ':memory:') {
  const [signer, tiny, clock] = [newSigner(), openTinyCenter(), manualClock()];
  const center = openChainedCenter(tiny, signer.publicKey, no);
  const enrolment = tiny.enrol(signer.publicKey);
  const sent: string[] = [];
  const open = (before: Send = async () => undefined, after: Send = async () => undefined) => {
    const database = openDatabase(path);
    const outbox = openOutbox(database, clock);
    const send = async (batch: OutgoingBatch) => {
      await before(batch);
      const read = readBatch(batch);
      sent.push(sittingsOf(read.records).join());
      const receipt = await center.receive(read);
      await after(batch);
      return receipt;
    };
    const takeUp = openTakeUp({ client: { send }, identity: { enrolment, signer }, outbox, log });
    return { database, outbox, takeUp };
  };
  return { center, tiny, clock, enrolment, signer, sent, open };
}

const refusedBy = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: Refusal) => error.reason,
  );

describe('a record that the center refuses for ever', () => {
  it('is set aside, and every other one is logged, in few batches and one chain', async () => {
    const { center, open, sent, clock } = prepare(poisoned(new Set(['si_37'])));
    const { outbox, takeUp } = open();
    for (let n = 1; n <= 100; n++) outbox.add(recordOf(n));
    await takeUp();
    expect(center.logged).toEqual(Array.from({ length: 100 }, (_, n) => `si_${n + 1}`).filter((id) => id !== 'si_37'));
    expect(sent.length).toBeLessThan(20);
    expect(outbox.setAside()).toEqual([
      { sitting: 'si_37', reason: 'batch-invalid', detail: 'as the test says', since: clock.wall() },
    ]);
    expect(outbox.results).toEqual({ waiting: 0, refused: { records: 1, reasons: ['batch-invalid'] } });
    expect([outbox.receiptOf(SittingId.parse('si_36')), outbox.receiptOf(SittingId.parse('si_37'))]).toEqual([
      'verified',
      'waiting',
    ]);
  });

  it('holds up nothing that comes later, and what was signed behind it is signed anew and says so', async () => {
    const { center, open, signer } = prepare(poisoned(new Set(['si_1'])));
    const { outbox, takeUp } = open();
    for (const n of [1, 2, 3]) {
      outbox.add(recordOf(n));
      await outbox.seal(STATION, signer);
    }
    const before = outbox.waiting().map(({ id }) => id);
    await takeUp();
    expect(center.logged).toEqual(['si_2', 'si_3']);
    expect(center.chain).toMatchObject([{ number: 1, replaces: before[0] }]);
    outbox.add(recordOf(4));
    await takeUp();
    expect(center.logged).toEqual(['si_2', 'si_3', 'si_4']);
    expect(center.chain[1]).toMatchObject({ number: 2, replaces: before[1] });
  });

  it('and the others prove themselves as ever', async () => {
    const { tiny, open, enrolment } = prepare(poisoned(new Set(['si_2'])));
    const { outbox, takeUp } = open();
    for (const n of [1, 2, 3]) outbox.add(recordOf(n));
    await takeUp();
    const number = outbox.batchOf(SittingId.parse('si_3')) ?? 0;
    const text = outbox.proofFile(number, enrolment.certificate, enrolment.centerKey);
    const checked = await verifyProofFile(new TextEncoder().encode(text), tiny.signer.publicKey);
    expect(checked).toMatchObject({ ok: true, summary: { receipt: 'verified' } });
    expect(outbox.batchOf(SittingId.parse('si_2'))).toBeUndefined();
  });

  it('is tried again after a day, or when somebody says so, and is logged once the center takes it', async () => {
    const bad = new Set(['si_2']);
    const { center, open, clock, sent } = prepare(poisoned(bad));
    const { outbox, takeUp } = open();
    for (const n of [1, 2]) outbox.add(recordOf(n));
    await takeUp();
    const times = () => sent.filter((sittings) => sittings === 'si_2').length;
    const atFirst = times();
    clock.advance(23 * HOUR_MS);
    await takeUp();
    expect(times()).toBe(atFirst);
    clock.advance(HOUR_MS);
    await takeUp();
    expect(times()).toBe(atFirst + 1);
    expect(outbox.resend()).toMatchObject([{ sitting: 'si_2' }]);
    await takeUp();
    await takeUp();
    expect(times()).toBe(atFirst + 2);
    bad.clear();
    outbox.resend();
    await takeUp();
    expect([center.logged, outbox.setAside()]).toEqual([['si_1', 'si_2'], []]);
    expect(outbox.receiptOf(SittingId.parse('si_2'))).toBe('verified');
  });

  it.each<Reason>(['bad-message', 'root-mismatch', 'not-canonical', 'format-unknown'])('also by %s', async (reason) => {
    const { center, open } = prepare(poisoned(new Set(['si_1']), reason));
    const { outbox, takeUp } = open();
    for (const n of [1, 2, 3]) outbox.add(recordOf(n));
    await takeUp();
    expect([center.logged, outbox.setAside()]).toMatchObject([['si_2', 'si_3'], [{ sitting: 'si_1', reason }]]);
  });
});

it('a center that does not know @7 yet gets all that it knows, and the rest when it was brought up to date', async () => {
  let isOld = true;
  const knows = (record: ExamRecord): boolean => !isOld || RecordBefore.safeParse(record).success;
  const { center, open } = prepare((records) => (records.every(knows) ? undefined : 'bad-message'));
  const { outbox, takeUp } = open();
  const seen = [{ id: 'in_1', reason: 'mask-worn', at: '2026-03-04T05:06:07.890Z', paused: false }];
  for (const n of [1, 2, 3, 4, 5])
    outbox.add(recordOf(n, n === 4 ? { format: 'exam-station/record@7', incidents: seen } : {}));
  await takeUp();
  expect([center.logged, outbox.results.refused.records]).toEqual([['si_1', 'si_2', 'si_3', 'si_5'], 1]);
  isOld = false;
  outbox.resend();
  await takeUp();
  expect([center.logged.at(-1), outbox.results.refused.records]).toEqual(['si_4', 0]);
});

describe('what a center says for now', () => {
  it.each<Reason>(['center-down', 'center-refused', 'unauthorised', 'clock-skew', 'receipt-invalid', 'chain-broken'])(
    '%s changes nothing',
    async (reason) => {
      const { open, center } = prepare(() => undefined);
      let says: Reason | undefined = reason;
      const { outbox, takeUp } = open(async () => {
        if (says) throw new Refusal(says);
      });
      for (const n of [1, 2]) outbox.add(recordOf(n));
      for (let n = 0; n < 100; n++) expect(await refusedBy(takeUp())).toBe(reason);
      expect([outbox.waiting().length, outbox.results]).toEqual([
        1,
        { waiting: 2, refused: { records: 0, reasons: [] } },
      ]);
      says = undefined;
      await takeUp();
      expect(center.logged).toEqual(['si_1', 'si_2']);
    },
  );

  it('a fault of its own lets others past after minutes, and the result is tried again within the hour', async () => {
    const bad = new Set(['si_1']);
    const { open, center, clock } = prepare(poisoned(bad, 'internal'));
    const { outbox, takeUp } = open();
    outbox.add(recordOf(1));
    for (let n = 0; n < 59; n++) expect(await refusedBy(takeUp())).toBe('internal');
    outbox.add(recordOf(2));
    expect(outbox.setAside()).toEqual([]);
    await takeUp();
    expect([center.logged, outbox.setAside().length]).toEqual([['si_2'], 1]);
    bad.clear();
    clock.advance(HOUR_MS);
    await takeUp();
    expect([center.logged, outbox.setAside()]).toEqual([['si_2', 'si_1'], []]);
  });
});

it('a refusal that somebody on the line made up holds nothing up: the batch was logged, and stands again', async () => {
  const { open, center } = prepare(() => undefined);
  let lie = true;
  const { outbox, takeUp } = open(undefined, async () => {
    if (lie) throw new Refusal('batch-invalid', 'so says the line');
  });
  for (const n of [1, 2, 3]) outbox.add(recordOf(n));
  expect(await refusedBy(takeUp())).toBe('chain-broken');
  outbox.add(recordOf(4));
  lie = false;
  await takeUp();
  expect(center.logged).toEqual(['si_1', 'si_2', 'si_3', 'si_4']);
  expect([outbox.waiting(), outbox.setAside(), outbox.waitingRecords]).toEqual([[], [], 0]);
});

it('killed between any two steps, it loses nothing, sends nothing twice, and parts the good from the bad', async () => {
  class Killed extends Error {}
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 });
  const kills = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(ids, kills, fc.boolean(), async (poison, at, afterwards) => {
      const bad = new Set(poison.map((n) => `si_${n}`));
      const { open, center } = prepare(poisoned(bad), join(temporaryFolder(), 'station.db'));
      const first = open();
      for (let n = 1; n <= 12; n++) first.outbox.add(recordOf(n));
      first.database.close();
      for (const left of [...at, Number.POSITIVE_INFINITY]) {
        let steps = left;
        const step = async () => {
          if (steps-- <= 0) throw new Killed();
        };
        const run = afterwards ? open(undefined, step) : open(step);
        await run.takeUp().catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
        run.database.close();
      }
      const good = Array.from({ length: 12 }, (_, n) => `si_${n + 1}`).filter((id) => !bad.has(id));
      expect(center.logged.toSorted()).toEqual(good.toSorted());
      const { database, outbox } = open();
      expect(new Set(outbox.setAside().map(({ sitting }) => sitting))).toEqual(bad);
      expect([outbox.waiting(), outbox.waitingRecords]).toEqual([[], 0]);
      database.close();
    }),
    { numRuns: 25 },
  );
});

describe('a center that has too much to do', () => {
  it('is left alone for as long as it says, and then asked again', async () => {
    const { open, sent } = prepare(() => undefined);
    let [asked, seconds] = [0, 60];
    const { outbox, takeUp } = open(async () => {
      asked += 1;
      if (seconds > 0) throw new Busy(seconds);
    });
    outbox.add(recordOf(1));
    expect(await refusedBy(takeUp())).toBe('center-busy');
    expect([await refusedBy(takeUp()), asked]).toEqual(['nothing', 1]);
    const other = open(async () => {
      if (seconds-- > 0) throw new Busy(0);
    });
    seconds = 1;
    other.outbox.add(recordOf(2));
    expect(await refusedBy(other.takeUp())).toBe('center-busy');
    expect([await refusedBy(other.takeUp()), sent.length]).toEqual(['nothing', 1]);
  });
});
