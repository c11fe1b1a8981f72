import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { ItemId, OptionId } from '../../contract/words/ids.ts';
import { hashOf, receiptOf, verifyReceiptCode } from '../../proof/index.ts';
import { readBatch } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { keyOf, openBench, person, STRANGER, THIRD, unusable, wrongOf } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Bench = ReturnType<typeof openBench>;
const OVERRIDE = { kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] } as const;
const reasonsOf = (bench: Bench): string[] => bench.sitting.incidents.map(({ reason }) => reason);
/** Longer than the longest wait for a look, its second look and the frames of both. */
const A_LOOK_MS = 40_000;

/** Lets a proctor seat somebody whom the station cannot check, and begins the exam. */
async function overridden(bench: Bench): Promise<void> {
  await bench.checkIn();
  await bench.reaches('refused');
  await bench.act(OVERRIDE);
  await bench.act({ kind: 'unlock' });
  await bench.reaches('in-progress');
}

describe('a form', () => {
  it('shows what the blueprint asks for, and of an item no more than its schema has', async () => {
    const bench = openBench();
    await bench.begin();
    const raw = bench.said.filter((text) => typeof text === 'string' && text.includes('"stem"'));
    expect(raw).toHaveLength(1);
    const { items, answers } = JSON.parse(String(raw[0])).result;
    expect([items.length, answers]).toEqual([14, []]);
    for (const item of items) {
      expect(Object.keys(item).sort()).toEqual(['itemId', 'kind', 'marks', 'options', 'stem']);
      expect(Object.keys(item.stem).filter((key) => key !== 'en')).toEqual(['zh']);
      for (const option of item.options) expect(Object.keys(option).sort()).toEqual(['id', 'text']);
    }
  });

  it('is not shown before the exam is unlocked', async () => {
    const bench = openBench();
    expect(await refusalOf(bench.call('form', {}))).toBe('not-allowed-now');
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(await refusalOf(bench.call('form', {}))).toBe('not-allowed-now');
  });

  it('comes back with every answer and flag after a restart, and no time is lost', async () => {
    const bench = openBench();
    const form = await bench.begin();
    await bench.pass(5_000);
    const [first, second] = form.items as [(typeof form.items)[0], (typeof form.items)[0]];
    const chosen = [first.options[0]?.id as OptionId];
    await bench.call('answer', { itemId: first.itemId, chosen, revision: 4 });
    await bench.call('flag', { itemId: second.itemId, flagged: true });
    await bench.restart();
    expect(bench.stage).toMatchObject({ stage: 'paused', reason: 'station-restarted', clock: { running: false } });
    const { clock } = await bench.reaches('in-progress');
    expect(clock.remainingMs).toBeGreaterThanOrEqual(594_000);
    const again = await bench.call('form', {});
    expect(again.items).toEqual(form.items);
    expect(again.answers).toEqual([
      { itemId: first.itemId, chosen, flagged: false, revision: 4 },
      { itemId: second.itemId, chosen: [], flagged: true, revision: 0 },
    ]);
  });
});

describe('a form while the clock stands', () => {
  it('is not shown, and is shown again when the exam goes on', async () => {
    const bench = openBench();
    const form = await bench.begin();
    await bench.act({ kind: 'pause' });
    expect(await refusalOf(bench.call('form', {}))).toBe('not-allowed-now');
    await bench.act({ kind: 'resume' });
    expect((await bench.call('form', {})).items).toEqual(form.items);
  });
});

describe('an answer', () => {
  it('is on disk once it is acknowledged', async () => {
    const bench = openBench();
    const form = await bench.begin();
    for (const [at, { itemId, options }] of form.items.entries()) {
      const chosen = [options[0]?.id as OptionId];
      expect(await bench.call('answer', { itemId, chosen, revision: at + 1 })).toEqual({ itemId, revision: at + 1 });
      expect(bench.station.ledger.ofSitting(bench.sitting.id).at(-1)?.event).toEqual({
        type: 'answered',
        itemId,
        chosen,
        revision: at + 1,
      });
    }
  });

  it('that is older than one that is there changes nothing and is acknowledged', async () => {
    const bench = openBench();
    const [item] = (await bench.begin()).items;
    if (!item) throw new Error('an empty form');
    const [one, two] = item.options.map(({ id }) => id) as [OptionId, OptionId];
    await bench.call('answer', { itemId: item.itemId, chosen: [one], revision: 2 });
    await bench.call('answer', { itemId: item.itemId, chosen: [two], revision: 1 });
    expect((await bench.call('form', {})).answers).toMatchObject([{ chosen: [one], revision: 2 }]);
  });

  it('of another form is refused', async () => {
    const bench = openBench();
    const [one, two] = (await bench.begin()).items;
    if (!one || !two) throw new Error('a form too small');
    const unknown = { itemId: ItemId.parse('it_none'), chosen: [], revision: 1 };
    const foreign = { itemId: one.itemId, chosen: [two.options[0]?.id as OptionId], revision: 1 };
    const none = { itemId: one.itemId, chosen: [OptionId.parse('op_none')], revision: 1 };
    const answers = await Promise.all([unknown, foreign, none].map((call) => refusalOf(bench.call('answer', call))));
    expect(answers).toEqual(['item-unknown', 'option-unknown', 'option-unknown']);
    expect(bench.sitting.answers.size).toBe(0);
  });

  it.each(['pause', 'terminate'] as const)('after a %s is refused', async (kind) => {
    const bench = openBench();
    const [item] = (await bench.begin()).items;
    await bench.act({ kind, note: '违反纪律' });
    const call = { itemId: item?.itemId as ItemId, chosen: [], revision: 1 };
    expect(await refusalOf(bench.call('answer', call))).toBe('not-allowed-now');
  });
});

describe('the end of an exam', () => {
  it('that was not good enough is not passed', async () => {
    const bench = openBench();
    const form = await bench.begin();
    for (const item of form.items)
      await bench.call('answer', { itemId: item.itemId, chosen: [...wrongOf(item)], revision: 1 });
    const [last] = form.items.slice(-1);
    if (last) await bench.call('answer', { itemId: last.itemId, chosen: [...keyOf(last.itemId)], revision: 2 });
    await bench.call('hand-in', {});
    expect(await bench.reaches('result')).toMatchObject({ marks: 3, passed: false });
  });

  it('comes by itself when time is up, with what was answered', async () => {
    const bench = openBench();
    const [item] = (await bench.begin()).items;
    if (item) await bench.call('answer', { itemId: item.itemId, chosen: [...keyOf(item.itemId)], revision: 1 });
    await bench.pass(599_000);
    expect(bench.stage.stage).toBe('in-progress');
    await bench.pass(1_500);
    expect(bench.stage).toMatchObject({ stage: 'result', cause: 'time-up', marks: 1 });
    const [, ...more] = await bench.station.ledger.sittings();
    expect(more).toEqual([]);
  });

  it('does not come while the exam is paused: the clock stands', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(10_000);
    await bench.act({ kind: 'pause' });
    await bench.pass(3_600_000);
    expect(bench.stage).toMatchObject({ stage: 'paused', until: 'proctor', clock: { running: false } });
    await bench.act({ kind: 'resume' });
    expect((await bench.reaches('in-progress')).clock.remainingMs).toBeGreaterThan(588_000);
  });

  it('may be a proctor’s decision, which the record says', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.act({ kind: 'terminate', note: '违反纪律' });
    expect(await bench.reaches('result')).toMatchObject({ cause: 'proctor-decision', marks: 0 });
  });

  it('that a crash cut in two is finished at the next start, with one record', async () => {
    const bench = openBench();
    await bench.begin();
    const { id } = bench.sitting;
    // The power goes right after the hand-in was written down.
    bench.station.terminal.stop();
    bench.station.ledger.append(id, [{ type: 'submitted', cause: 'handed-in' }]);
    await bench.restart();
    expect(bench.stage).toMatchObject({ stage: 'result', cause: 'handed-in' });
    expect(bench.station.outbox.waitingRecords).toBe(1);
    const types = bench.station.ledger.ofSitting(id).map(({ event }) => event.type);
    expect(types.slice(-3)).toEqual(['submitted', 'graded', 'recorded']);
  });

  it('says when the center has proven that it logged the record', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.call('hand-in', {});
    expect(await bench.reaches('result')).toMatchObject({ receipt: 'waiting' });
    const { outbox, identity, shown } = bench.station;
    if (!identity.enrolment) throw new Error('not enrolled');
    await outbox.seal(identity.enrolment.stationId, identity.signer);
    for (const batch of outbox.waiting()) outbox.settle(batch, await bench.center.receive(batch));
    shown.tell();
    await bench.pass(10);
    expect(bench.stage).toMatchObject({ stage: 'result', receipt: 'verified' });
    expect(bench.screen.view?.waitingRecords).toBe(0);
  });

  it('comes with a receipt that the station signed, the time it took and the attempts that are left', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    await bench.act({ kind: 'pause' });
    await bench.pass(60_000);
    await bench.act({ kind: 'resume' });
    await bench.reaches('in-progress');
    await bench.call('hand-in', {});
    const result = await bench.reaches('result');
    const record = bench.station.outbox.recordOf(result.sittingId);
    if (!record) throw new Error('no record');
    expect(result).toMatchObject({ usedMs: record.activeMs, submittedAt: record.submittedAt });
    expect(result.usedMs).toBeGreaterThanOrEqual(5_000);
    expect(result.usedMs).toBeLessThan(60_000);
    expect(result.attemptsLeft).toBe(EXAM.attempts - 1);
    const { publicKey } = bench.station.identity.signer;
    expect(verifyReceiptCode(result.receiptCode ?? '', publicKey)).toEqual({
      ok: true,
      receipt: receiptOf(record, hashOf(record)),
    });
  });

  it('goes by itself, later where somebody still reads it, and at last all the same', async () => {
    const bench = openBench();
    await bench.begin();
    expect(await refusalOf(bench.call('stay', {}))).toBe('not-allowed-now');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    for (let reading = 0; reading < 4; reading++) {
      await bench.pass(140_000);
      const { leavesInMs } = await bench.call('stay', {});
      expect(leavesInMs).toBeGreaterThan(30_000);
      expect(leavesInMs).toBeLessThanOrEqual(180_000);
      expect(bench.stage.stage).toBe('result');
    }
    expect((await bench.call('stay', {})).leavesInMs).toBeLessThanOrEqual(40_000);
    await bench.pass(39_000);
    await bench.reaches('idle', 2_000);
    expect(await refusalOf(bench.call('stay', {}))).toBe('not-allowed-now');
  });

  it('is not the candidate’s to bring about while a proctor has to decide', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(person(STRANGER));
    await bench.reaches('paused', A_LOOK_MS);
    expect(bench.sitting.stage).toBe('locked');
    expect(await refusalOf(bench.call('hand-in', {}))).toBe('not-allowed-now');
    expect(bench.sitting.stage).toBe('locked');
  });
});

describe('a proctor’s PIN during an exam', () => {
  it('that is guessed at is an incident, and stops nothing', async () => {
    const bench = openBench();
    await bench.begin();
    expect(await refusalOf(bench.act({ kind: 'pause' }, '0000'))).toBe('pin-wrong');
    expect([bench.sitting.stage, reasonsOf(bench)]).toEqual(['in-progress', ['pin-wrong']]);
  });
});

describe('a candidate who declined the camera', () => {
  const seated = async (): Promise<Bench> => {
    const bench = openBench();
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await bench.call('consent', { given: false, locale: 'zh' });
    await bench.reaches('refused');
    await bench.act(OVERRIDE);
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    return bench;
  };

  it('and whom a proctor let in is not looked at during the exam either', async () => {
    const bench = await seated();
    let looks = 0;
    bench.show(() => {
      looks += 1;
      return person(STRANGER);
    });
    await bench.pass(3 * A_LOOK_MS);
    expect([looks, bench.sitting.stage, reasonsOf(bench)]).toEqual([0, 'in-progress', []]);
  });

  it('is not stopped by a camera that is unplugged', async () => {
    const bench = await seated();
    await bench.call('camera.report', { state: 'lost' });
    await bench.pass(A_LOOK_MS);
    expect(bench.sitting.stage).toBe('in-progress');
  });
});

describe('a candidate whom a proctor let in', () => {
  it('without an enrolled photo is known from then on by the face that sat down', async () => {
    const bench = openBench({ enrolled: false });
    bench.show(person(THIRD));
    await overridden(bench);
    await bench.pass(2 * A_LOOK_MS);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', []]);
    bench.show(person(STRANGER));
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'mismatch' });
  });

  it('without an enrolled photo is not taken for somebody else because one frame in five was blurred', async () => {
    const bench = openBench({ enrolled: false });
    let frames = 0;
    bench.show(() => (++frames % 5 === 0 ? unusable('face-blurred') : person(THIRD)));
    await overridden(bench);
    await bench.pass(3 * A_LOOK_MS);
    expect(reasonsOf(bench)).not.toContain('mismatch');
  });

  it('though the photo looks like somebody else is not locked out by the same photo at the next look', async () => {
    const bench = openBench();
    bench.show(person(THIRD));
    await overridden(bench);
    await bench.pass(3 * A_LOOK_MS);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', []]);
  });
});

describe('the page during an exam', () => {
  it('that is gone for more than two seconds pauses it; a match resumes it', async () => {
    const bench = openBench();
    await bench.begin();
    bench.closePage();
    await bench.pass(2_100);
    expect(bench.sitting).toMatchObject({ stage: 'paused', pauseReason: 'screen-lost' });
    await bench.pass(60_000);
    bench.openPage();
    expect((await bench.reaches('in-progress', 5_000)).clock.remainingMs).toBeGreaterThan(590_000);
    expect(reasonsOf(bench)).toEqual(['screen-lost']);
  });

  it('that is back sooner pauses nothing', async () => {
    const bench = openBench();
    await bench.begin();
    bench.closePage();
    await bench.pass(1_500);
    bench.openPage();
    await bench.pass(5_000);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', []]);
  });
});

describe('a center that changes its mind during an exam', () => {
  it('and withdraws the exam breaks neither the screen nor the result', async () => {
    const bench = openBench();
    await bench.begin();
    bench.station.roster.apply(assignmentOf({ exams: [], visitorExamId: null }));
    expect(() => bench.station.shown.tell()).not.toThrow();
    await bench.call('hand-in', {});
    expect(await bench.reaches('result')).toMatchObject({ cause: 'handed-in' });
    expect(bench.station.outbox.waitingRecords).toBe(1);
  });

  it('and changes the pass mark changes it for those who come later', async () => {
    const bench = openBench();
    const form = await bench.begin();
    for (const { itemId } of form.items)
      await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: 1 });
    bench.station.roster.apply(assignmentOf({ exams: [{ ...EXAM, passMarks: 99 }], visitorExamId: null }));
    await bench.call('hand-in', {});
    expect(await bench.reaches('result')).toMatchObject({ marks: 28, passed: true });
  });

  it('and takes the candidate off the roster still gets the record', async () => {
    const bench = openBench();
    await bench.begin();
    bench.station.roster.apply(assignmentOf({ candidates: [] }));
    await bench.pass(A_LOOK_MS);
    await bench.call('hand-in', {});
    await bench.reaches('result');
    const { enrolment, signer } = bench.station.identity;
    if (!enrolment) throw new Error('not enrolled');
    await bench.station.outbox.seal(enrolment.stationId, signer);
    const records = bench.station.outbox.waiting().flatMap((batch) => readBatch(batch).records);
    expect(records).toMatchObject([{ candidateId: WANG.id }]);
  });
});
