import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK, EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { templateOf } from '../../native/face/index.ts';
import { readBatch, recordOf } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { CURVE, IDLE, keyOf, openBench, person, STRANGER, unusable, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf, LI, PIN, WANG, WANGS_PHOTO } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const OVERRIDE = { kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] } as const;
const typesOf = (bench: ReturnType<typeof openBench>): string[] =>
  bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event.type);

describe('a candidate', () => {
  it('lays a card, agrees, is seen, is unlocked, answers, hands in, and the record waits to go up', async () => {
    const bench = openBench();
    const form = await bench.begin();
    for (const { itemId } of form.items) {
      expect(await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: 1 })).toEqual({
        itemId,
        revision: 1,
      });
    }
    await bench.call('hand-in', {});
    const full = fullMarks(EXAM.blueprint);
    expect(await bench.reaches('result')).toMatchObject({
      marks: full,
      passed: true,
      cause: 'handed-in',
      receipt: 'waiting',
    });
    expect(bench.station.outbox.waitingRecords).toBe(1);
    const { enrolment, signer } = bench.station.identity;
    if (!enrolment) throw new Error('not enrolled');
    await bench.station.outbox.seal(enrolment.stationId, signer);
    const [record] = bench.station.outbox.waiting().flatMap((batch) => readBatch(batch).records);
    expect(record).toMatchObject({
      candidateId: WANG.id,
      marks: full,
      passed: true,
      identity: { how: 'verified', similarity: 1, calibration: 'test-1' },
    });
    expect(bench.sitting.recordHash).toBeDefined();
    await bench.call('leave', {});
    expect(bench.stage).toEqual(IDLE);
    expect(bench.station.ledger.firstBroken()).toBeUndefined();
  });

  it('sees a name and a number nobody can copy before agreeing, and the exam it is about', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('consenting')).toMatchObject({
      who: { name: WANG.name, number: '1101**********002X', visitor: false },
      exam: { id: EXAM.id, items: 14, fullMarks: 28, passMarks: 20, durationSeconds: 600 },
    });
  });

  it('is looked at only after agreeing', async () => {
    const bench = openBench();
    let looks = 0;
    bench.show(() => {
      looks += 1;
      return person(WANGS_FACE);
    });
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await bench.pass(5_000);
    expect(looks).toBe(0);
  });

  it('who declines is not looked at, waits for a proctor, and may go', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await bench.call('consent', { given: false, locale: 'zh' });
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'consent-declined' });
    await bench.call('leave', {});
    await bench.reaches('idle');
  });

  it('who is not the one on the card may go at once', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await bench.call('leave', {});
    await bench.reaches('idle');
    bench.station.terminal.cardRead(LI.number);
    expect((await bench.reaches('consenting')).who.name).toBe(LI.name);
  });

  it('may be unlocked by a proctor only, in a formal exam', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(await refusalOf(bench.call('begin', {}))).toBe('not-allowed-now');
    expect(await refusalOf(bench.act({ kind: 'unlock' }, '000000'))).toBe('pin-wrong');
    expect(bench.sitting.stage).toBe('awaiting-unlock');
  });

  it('begins practice without a proctor, but not after an override', async () => {
    const assignment = assignmentOf({
      candidates: [
        { ...WANG, examId: MOCK.id },
        { ...LI, examId: MOCK.id },
      ],
    });
    const bench = openBench({ assignment });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.call('begin', {});
    await bench.reaches('in-progress');

    const other = openBench({ assignment, enrolled: false });
    await other.checkIn();
    await other.reaches('refused');
    await other.act(OVERRIDE);
    await other.reaches('awaiting-unlock');
    expect(await refusalOf(other.call('begin', {}))).toBe('not-allowed-now');
  });
});

describe('a card', () => {
  it('of somebody who is not on the roster is told so, for a while', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead('440524188001010022');
    await bench.pass(10);
    expect(bench.stage).toEqual({ ...IDLE, notice: 'not-on-roster' });
    await bench.pass(10_000);
    expect(bench.stage).toEqual(IDLE);
  });

  it('laid down while somebody sits here changes nothing and is not spoken of later', async () => {
    const bench = openBench();
    await bench.begin();
    const { id } = bench.sitting;
    bench.station.terminal.cardRead(LI.number);
    await bench.pass(10);
    expect([bench.sitting.id, bench.stage.stage]).toEqual([id, 'in-progress']);
    await bench.call('hand-in', {});
    await bench.call('leave', {});
    await bench.pass(10);
    expect(bench.stage).toEqual(IDLE);
  });

  it('that cannot be read is told so', async () => {
    const bench = openBench();
    bench.station.terminal.notice('card-unreadable');
    await bench.pass(10);
    expect(bench.stage).toEqual({ ...IDLE, notice: 'card-unreadable' });
  });
});

describe('a typed number', () => {
  it.each([
    ['110105194912310021', 'number-checksum'],
    ['1101051949123100', 'number-malformed'],
    ['440524188001010022', 'not-on-roster'],
  ])('%s is refused: %s', async (number, reason) => {
    const bench = openBench();
    expect(await refusalOf(bench.call('identify.typed', { number }))).toBe(reason);
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('names somebody as a card does, and is written down as typed', async () => {
    const bench = openBench();
    await bench.call('identify.typed', { number: ' 11010519491231００2x ' });
    await bench.reaches('consenting');
    const [opened] = bench.station.ledger.ofSitting(bench.sitting.id);
    expect(opened?.event).toMatchObject({ type: 'opened', identifiedBy: 'typed', candidateId: WANG.id });
  });
});

describe('attempts', () => {
  const used = { candidateId: WANG.id, exam: { id: EXAM.id, title: EXAM.title, mode: 'formal' } };

  it('that were used up here are no more: no-attempt-left', async () => {
    const bench = openBench();
    bench.station.outbox.add(recordOf(1, used));
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await bench.call('leave', {});
    bench.station.outbox.add(recordOf(2, used));
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(10);
    expect(bench.stage).toEqual({ ...IDLE, notice: 'no-attempt-left' });
  });

  it('that were used up elsewhere are no more: no-attempt-left', async () => {
    const bench = openBench({ assignment: assignmentOf({ candidates: [{ ...WANG, attemptsUsed: 2 }] }) });
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('no-attempt-left');
  });

  it('are not used up by leaving before the exam', async () => {
    const bench = openBench();
    for (let n = 0; n < 4; n++) {
      bench.station.terminal.cardRead(WANG.number);
      await bench.reaches('consenting');
      await bench.call('leave', {});
    }
    expect(bench.stage).toEqual(IDLE);
  });
});

describe('a look at check-in', () => {
  it('that shows somebody else three times waits for a proctor, who may let in', async () => {
    const bench = openBench();
    bench.show(person(STRANGER));
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'mismatch' });
    expect(typesOf(bench).filter((type) => type === 'captured')).toHaveLength(3);
    expect(bench.said.join()).not.toContain('similarity');
    expect(await refusalOf(bench.openDesk('000000'))).toBe('pin-wrong');
    const { scores } = await bench.call('proctor.dossier', { desk: await bench.openDesk() });
    expect(scores).toEqual({
      ...{ similarity: 0, live: 0.99 },
      thresholds: { accept: 0.58, refuseBelow: 0.55, live: 0.5 },
      curve: CURVE,
    });
    expect(await refusalOf(bench.call('leave', {}))).toBe('not-allowed-now');
    await bench.act(OVERRIDE);
    expect(await bench.reaches('awaiting-unlock')).toMatchObject({ identity: 'overridden' });
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect(bench.sitting.identity).toEqual({
      how: 'overridden',
      by: 'pr_zhao',
      note: OVERRIDE.note,
      reason: 'mismatch',
    });
  });

  it.each([
    ['not-live', person(WANGS_FACE, 0.1)],
    ['no-face', unusable('no-face')],
    ['several-faces', unusable('several-faces')],
    ['uncertain', unusable('face-blurred')],
  ] as const)('that is %s three times waits for a proctor for that reason', async (reason, scene) => {
    const bench = openBench();
    bench.show(scene);
    await bench.checkIn();
    expect(await bench.reaches('refused', 60_000)).toMatchObject({ reason });
  });

  it('that failed once keeps the candidate: nobody tries a stand-in and walks away', async () => {
    const bench = openBench();
    let frames = 0;
    bench.show(() => (++frames <= 5 ? person(STRANGER) : person(WANGS_FACE)));
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(bench.sitting.failedCaptures).toBe(1);
    expect(await refusalOf(bench.call('leave', {}))).toBe('not-allowed-now');
    await bench.act({ kind: 'send-away' });
    await bench.reaches('idle');
  });

  it('is taken again where the power went before the exam was unlocked', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    bench.show(person(STRANGER));
    await bench.restart();
    expect(await refusalOf(bench.act({ kind: 'unlock' }))).toBe('not-allowed-now');
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'mismatch' });
  });

  it('counts its attempts on the screen and says what to mend', async () => {
    const bench = openBench();
    bench.show(unusable('too-dark'));
    await bench.checkIn();
    await bench.pass(300);
    expect(bench.stage).toMatchObject({ stage: 'capturing', attempt: 1, attempts: 3, progress: 0, advice: 'too-dark' });
  });

  it('that finds no enrolment waits for a proctor without looking', async () => {
    const bench = openBench({ enrolled: false });
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'no-enrolment' });
    expect(typesOf(bench)).not.toContain('captured');
    await bench.act(OVERRIDE);
    await bench.reaches('awaiting-unlock');
  });

  it('of whom only another network was shown a photo waits for a proctor, and is told to enrol anew', async () => {
    const bench = openBench({ enrolled: false });
    bench.station.roster.saveTemplate(
      CandidateId.parse(WANG.id),
      WANGS_PHOTO,
      templateOf('another.onnx@00000000', [WANGS_FACE]),
    );
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'enrolment-outdated' });
    expect(typesOf(bench)).not.toContain('captured');
  });

  it('with models missing says so and leaves the check to a proctor', async () => {
    const bench = openBench({ models: 'missing' });
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'models-missing' });
    await bench.act(OVERRIDE);
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
  });

  it('with no camera asks nobody for consent, and waits for a proctor, who may let them sit unwatched', async () => {
    const bench = openBench();
    await bench.pass(10);
    bench.screen.camera = 'dark';
    await bench.call('camera.report', { state: 'missing' });
    bench.station.terminal.cardRead(WANG.number);
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'camera-missing', watched: false, mayLeave: true });
    expect(bench.sitting.consent).toBeUndefined();
    await bench.act({ kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] });
    await bench.reaches('awaiting-unlock');
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    // A camera that is plugged in by then looks at nobody who was not asked.
    bench.screen.camera = 'live';
    await bench.call('camera.report', { state: 'live' });
    bench.show(person(STRANGER));
    await bench.pass(60_000);
    expect(bench.stage.stage).toBe('in-progress');
  });

  it('whose camera goes after consent waits a little and then for a proctor', async () => {
    const bench = openBench();
    await bench.pass(10);
    bench.screen.camera = 'dark';
    await bench.checkIn();
    await bench.call('camera.report', { state: 'missing' });
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'camera-missing' });
  });

  it('goes on by itself where the camera is plugged in meanwhile', async () => {
    const bench = openBench();
    await bench.pass(10);
    bench.screen.camera = 'dark';
    await bench.checkIn();
    await bench.call('camera.report', { state: 'missing' });
    await bench.pass(6_000);
    bench.screen.camera = 'live';
    await bench.call('camera.report', { state: 'live' });
    await bench.reaches('awaiting-unlock');
    expect(bench.sitting.identity).toMatchObject({ how: 'verified' });
  });

  it('waits for who comes late: it fails nobody for the frames before the face was there', async () => {
    const bench = openBench();
    let frames = 0;
    bench.show(() => (++frames <= 20 ? unusable('no-face') : person(WANGS_FACE)));
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(bench.sitting.failedCaptures).toBe(0);
  });

  it('of a picture that stands still waits for a proctor: camera-frozen', async () => {
    const bench = openBench();
    await bench.pass(10);
    bench.screen.still = true;
    await bench.checkIn();
    bench.show(unusable('no-face'));
    expect(await bench.reaches('refused', 60_000)).toMatchObject({ reason: 'camera-frozen' });
  });

  it('with a face check that breaks leaves the check to a proctor: models-failed', async () => {
    const bench = openBench();
    bench.show(() => {
      throw new Refusal('models-failed', 'the networks are gone');
    });
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'models-failed' });
  });
});

describe('a proctor', () => {
  it('waits after three wrong PINs', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    const answers: string[] = [];
    for (const pin of ['0000', '1111', '2222', PIN]) answers.push(await refusalOf(bench.act({ kind: 'unlock' }, pin)));
    expect(answers).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-wait']);
    // The screen says for how long.
    const pinWaits = () => Math.ceil((bench.screen.view?.waits.pinMs ?? 0) / 1_000);
    expect(pinWaits()).toBe(5);
    await bench.pass(5_000);
    expect(await refusalOf(bench.act({ kind: 'unlock' }))).toBe('ok');
    expect(pinWaits()).toBe(0);
  });

  it.each([
    { kind: 'unlock' },
    { kind: 'resume' },
    { kind: 'pause' },
    { kind: 'terminate', note: '违反纪律' },
    { kind: 'send-away' },
    OVERRIDE,
  ] as const)('cannot $kind an empty seat', async (action) => {
    expect(await refusalOf(openBench().act(action))).toBe('not-allowed-now');
  });

  it('must say what was checked', async () => {
    const bench = openBench({ enrolled: false });
    await bench.checkIn();
    await bench.reaches('refused');
    expect(await refusalOf(bench.act({ ...OVERRIDE, note: ' ' }))).toBe('bad-message');
    expect(bench.sitting.stage).toBe('refused');
  });

  it('sends a candidate away, and the seat is free', async () => {
    const bench = openBench();
    bench.show(person(STRANGER));
    await bench.checkIn();
    await bench.reaches('refused');
    const { id } = bench.sitting;
    await bench.act({ kind: 'send-away' });
    await bench.reaches('idle');
    expect(bench.station.ledger.ofSitting(id).at(-1)?.event).toEqual({
      type: 'closed',
      reason: 'proctor-decision',
      by: 'pr_zhao',
    });
  });

  it('who unlocks a form that cannot be drawn is told why, and the candidate waits on', async () => {
    const blueprint = { rows: [{ kind: 'single' as const, count: 15, marks: 1 }] };
    const bench = openBench({ assignment: assignmentOf({ exams: [{ ...EXAM, blueprint }], visitorExamId: null }) });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(await refusalOf(bench.act({ kind: 'unlock' }))).toBe('bank-too-small');
    expect(bench.sitting.stage).toBe('awaiting-unlock');
  });

  it('who unlocks before the bank is here is told so', async () => {
    const bankId = BANK.id.replace(/.$/, 'z');
    const bench = openBench({ assignment: assignmentOf({ exams: [{ ...EXAM, bankId }], visitorExamId: null }) });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(await refusalOf(bench.act({ kind: 'unlock' }))).toBe('no-items');
  });
});
