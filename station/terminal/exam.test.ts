import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ItemId, OptionId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import { AT_EASE, aPerson } from '../eyes.fixture.ts';
import { assignmentOf, EXAM, WANG } from '../station.fixture.ts';
import {
  keyOf,
  openBench,
  person,
  refusalOf,
  STRANGER,
  THIRD,
  unusable,
  WANGS_FACE,
  wrongOf,
} from './terminal.fixture.ts';

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
    const { outbox, identity, terminal } = bench.station;
    if (!identity.enrolment) throw new Error('not enrolled');
    await outbox.seal(identity.enrolment.stationId, identity.signer);
    for (const batch of outbox.waiting()) outbox.settle(batch, await bench.center.receive(batch));
    terminal.refresh();
    await bench.pass(10);
    expect(bench.stage).toMatchObject({ stage: 'result', receipt: 'verified' });
    expect(bench.screen.view?.waitingRecords).toBe(0);
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

describe('the camera during an exam', () => {
  it('looks again and again, and finds nothing wrong with the right person', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(300_000);
    const looks = bench.station.ledger.ofSitting(bench.sitting.id).filter(({ event }) => event.type === 'captured');
    // One at check-in, then one every 20 to 30 seconds.
    expect(looks.length).toBeGreaterThanOrEqual(10);
    expect(looks.length).toBeLessThanOrEqual(16);
    expect(reasonsOf(bench)).toEqual([]);
  });

  it('that sees another person does not wait for the next re-capture', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    bench.show(person(STRANGER));
    expect(await bench.reaches('paused', 9_000)).toMatchObject({ reason: 'mismatch', until: 'proctor' });
  });

  it('tells of what lasts, once, with what it was: a phone, a look away, closed eyes', async () => {
    const bench = openBench();
    await bench.begin();
    const [x, y, width, height] = [0, 0, 9, 9];
    bench.show({
      ...aPerson(WANGS_FACE, { signs: { ...AT_EASE, yaw: 60, eyesOpen: 0.1 } }),
      things: [{ kind: 'cell-phone', score: 0.8, x, y, width, height }],
    });
    await bench.pass(60_000);
    expect(reasonsOf(bench).toSorted()).toEqual(['eyes-closed', 'looking-away', 'phone-seen']);
    expect(bench.stage.stage).toBe('in-progress');
    const told = bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    expect(told).toContainEqual(
      expect.objectContaining({ reason: 'looking-away', evidence: expect.objectContaining({ yaw: 60, faces: 1 }) }),
    );
  });

  it('that is covered pauses the exam until the face is back', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show({ ...unusable('no-face'), scene: { mean: 2, contrast: 1 } });
    expect(await bench.reaches('paused', 6_000)).toMatchObject({ reason: 'camera-covered', until: 'match' });
    bench.show(person(WANGS_FACE));
    await bench.reaches('in-progress', 6_000);
  });

  it('that plays a recording, or is a program, is told of once', async () => {
    const bench = openBench();
    bench.screen.loop = 40;
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'OBS Virtual Camera' });
    await bench.pass(60_000);
    expect(reasonsOf(bench).toSorted()).toEqual(['camera-virtual', 'feed-looped']);
    expect(bench.stage.stage).toBe('in-progress');
  });

  it('is treated as the policy of the exam says: only written down, or a pause until a proctor decides', async () => {
    const watch = {
      'camera-virtual': { action: 'note' as const },
      'camera-covered': { action: 'pause' as const, until: 'proctor' as const },
    };
    const bench = openBench({ assignment: assignmentOf({ exams: [{ ...EXAM, watch }], visitorExamId: null }) });
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'OBS Virtual Camera' });
    await bench.pass(10_000);
    expect(reasonsOf(bench)).toEqual([]);
    const events = bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    expect(events).toContainEqual({ type: 'noted', reason: 'camera-virtual' });
    bench.show({ ...unusable('no-face'), scene: { mean: 2, contrast: 1 } });
    expect(await bench.reaches('paused', 6_000)).toMatchObject({ reason: 'camera-covered', until: 'proctor' });
  });

  it('that is not on the list is not looked through', async () => {
    const bench = openBench({ cameras: ['Station Cam'] });
    await bench.call('camera.report', { state: 'live', label: 'Station Cam' });
    await bench.begin();
    await bench.call('camera.report', { state: 'live', label: 'Another Cam' });
    expect(await bench.reaches('paused', 2_000)).toMatchObject({ reason: 'camera-unlisted' });
    await bench.pass(20_000);
    expect(bench.stage.stage).toBe('paused');
    await bench.call('camera.report', { state: 'live', label: 'Station Cam' });
    await bench.reaches('in-progress', 10_000);
  });

  it('that sees another person locks the exam until a proctor decides', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(person(STRANGER));
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'mismatch', until: 'proctor' });
    expect(bench.screen.view?.incidents).toMatchObject([{ reason: 'mismatch', paused: true }]);
    bench.show(person(WANGS_FACE));
    await bench.pass(60_000);
    expect(bench.sitting.stage).toBe('locked');
    await bench.act({ kind: 'resume' });
    // What a proctor has settled is not held up on the screen any more.
    expect((await bench.reaches('in-progress')).notice).toBeUndefined();
  });

  it('that still sees nobody after a proctor let the exam go on says so again', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(unusable('no-face'));
    await bench.reaches('paused', A_LOOK_MS);
    await bench.act({ kind: 'resume' });
    await bench.reaches('in-progress');
    expect(await bench.reaches('paused', 10_000)).toMatchObject({ reason: 'no-face' });
    expect(reasonsOf(bench)).toEqual(['no-face', 'no-face']);
  });

  it('that sees nobody pauses until the right person is back, and nobody else', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(unusable('no-face'));
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'no-face', until: 'match' });
    bench.show(person(STRANGER));
    await bench.pass(10_000);
    expect(bench.stage.stage).toBe('paused');
    bench.show(person(WANGS_FACE));
    await bench.reaches('in-progress');
    expect(reasonsOf(bench)).toEqual(['no-face']);
  });

  it('tells nobody of one odd moment', async () => {
    const bench = openBench();
    await bench.begin();
    let frames = 0;
    bench.show(() => (++frames <= 5 ? unusable('several-faces') : person(WANGS_FACE)));
    await bench.pass(A_LOOK_MS);
    expect(frames).toBeGreaterThanOrEqual(10);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', []]);
  });

  it('that finds one thing and then another goes by the graver: two odd looks acquit nobody', async () => {
    const bench = openBench();
    await bench.begin();
    let frames = 0;
    bench.show(() => (++frames <= 5 ? person(STRANGER) : unusable('several-faces')));
    await bench.pass(21_000 + 12_000);
    const [graver] = bench.station.ledger
      .ofSitting(bench.sitting.id)
      .flatMap(({ event }) =>
        event.type === 'captured' && event.purpose === 're-capture' ? [event.capture.outcome] : [],
      )
      .filter((outcome) => outcome !== 'match');
    expect(graver).toBe('mismatch');
  });

  it('that is unplugged pauses the exam at once; plugged in, a match resumes it', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'lost' });
    expect(await bench.reaches('paused')).toMatchObject({ reason: 'camera-lost', until: 'match' });
    expect(bench.screen.view?.devices.camera).toEqual({ state: 'failed', reason: 'camera-lost' });
    await bench.pass(60_000);
    bench.screen.camera = 'live';
    await bench.call('camera.report', { state: 'live' });
    expect((await bench.reaches('in-progress')).clock.remainingMs).toBeGreaterThan(590_000);
    expect(reasonsOf(bench)).toEqual(['camera-lost']);
  });

  it('that was away for a moment resumes the exam in a moment', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    await bench.call('camera.report', { state: 'lost' });
    await bench.reaches('paused');
    await bench.call('camera.report', { state: 'live' });
    await bench.reaches('in-progress', 5_000);
  });

  it('looks at once when the exam begins: who was unlocked is not always who sits down', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.show(person(STRANGER));
    await bench.act({ kind: 'unlock' });
    expect(await bench.reaches('paused', 6_000)).toMatchObject({ reason: 'mismatch' });
  });

  it('that is missing is told of once: a proctor who resumes without it is not asked again', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'lost' });
    await bench.act({ kind: 'unlock' });
    await bench.reaches('paused', A_LOOK_MS);
    await bench.act({ kind: 'resume' });
    await bench.pass(4 * A_LOOK_MS);
    expect([bench.stage.stage, reasonsOf(bench)]).toEqual(['in-progress', ['camera-lost']]);
  });

  it('that says live and sends nothing pauses the exam', async () => {
    const bench = openBench();
    await bench.begin();
    bench.screen.camera = 'dark';
    expect(await bench.reaches('paused', A_LOOK_MS)).toMatchObject({ reason: 'camera-lost' });
  });

  it('that sends the same picture for ever pauses the exam', async () => {
    const bench = openBench();
    await bench.begin();
    bench.screen.still = true;
    expect(await bench.reaches('paused', 3 * A_LOOK_MS)).toMatchObject({ reason: 'camera-frozen' });
  });

  it('that was unplugged before the exam began does not go unnoticed', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'lost' });
    await bench.act({ kind: 'unlock' });
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench)).toContain('camera-lost');
  });

  it('that a reloaded page is not allowed to use does not go unnoticed', async () => {
    const bench = openBench();
    await bench.begin();
    bench.closePage();
    await bench.pass(500);
    bench.openPage('none');
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'denied' });
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench).length).toBeGreaterThan(0);
  });

  it('of which a reloaded page says nothing at all does not go unnoticed', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.pass(5_000);
    bench.closePage();
    await bench.pass(500);
    bench.openPage('none');
    bench.screen.camera = 'dark';
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench).length).toBeGreaterThan(0);
  });

  it('whose face check breaks does not go unnoticed', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(() => {
      throw new Refusal('models-failed', 'the networks are gone');
    });
    await bench.pass(2 * A_LOOK_MS);
    expect(reasonsOf(bench)).toEqual(['models-failed']);
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
    expect(() => bench.station.terminal.refresh()).not.toThrow();
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
    expect(bench.station.outbox.waiting()[0]?.records).toMatchObject([{ candidateId: WANG.id }]);
  });
});
