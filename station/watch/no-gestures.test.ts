import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { Exam } from '../../contract/words/exam.ts';
import { judgeCapture, type Observation, templateOf } from '../../native/face/index.ts';
import { LONG_LOOK } from '../core/sitting/index.ts';
import { openBench, person, STRANGER, unusable, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf, EMBEDDER, WANG } from '../station.fixture.ts';
import { judgeLongLook } from './long-look.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const { liveness: _, ...formal } = EXAM;
const ARRANGED = { noGestures: true, print: 'large' } as const;

/** A formal exam of somebody for whom it is registered that they make no gestures. */
function openArranged() {
  const candidates = [{ ...WANG, extraMinutes: 20, arrangements: ARRANGED }];
  const bench = openBench({ assignment: assignmentOf({ exams: [Exam.parse(formal), MOCK], candidates }) });
  const asked: string[] = [];
  const watching = (scene: () => Observation) => () => {
    const { stage } = bench;
    if ('challenge' in stage && stage.challenge) asked.push(stage.stage);
    return scene();
  };
  const show = (scene: Observation | (() => Observation)) =>
    bench.show(watching(typeof scene === 'function' ? scene : () => scene));
  show(person(WANGS_FACE));
  return { bench, asked, show };
}
const captures = (bench: ReturnType<typeof openBench>) =>
  bench.station.ledger
    .ofSitting(bench.sitting.id)
    .flatMap(({ event }) => (event.type === 'captured' ? [event.capture] : []));

describe('a formal exam of somebody who makes no gestures', () => {
  it('asks for none, looks for longer, and says in the ledger why', async () => {
    const { bench, asked } = openArranged();
    await bench.checkIn();
    const { who } = await bench.reaches('awaiting-unlock');
    expect(asked).toEqual([]);
    const [seen, ...more] = captures(bench);
    expect(seen).toMatchObject({ outcome: 'match', usable: LONG_LOOK });
    expect(seen).not.toHaveProperty('challenge');
    expect(more).toEqual([]);
    const [opened] = bench.station.ledger.ofSitting(bench.sitting.id);
    expect(opened?.event).toMatchObject({ type: 'opened', arrangements: { ...ARRANGED, extraMinutes: 20 } });
    expect(who.arrangements).toEqual({ ...ARRANGED, extraMinutes: 20 });
  });

  it('tells the page from the first screen on, with the time that is theirs', async () => {
    const { bench } = openArranged();
    bench.station.terminal.cardRead(WANG.number);
    const { who, exam } = await bench.reaches('consenting');
    expect(who.arrangements).toMatchObject({ print: 'large' });
    expect(exam.durationSeconds).toBe(EXAM.durationSeconds + 20 * 60);
  });

  it('lets in no picture of them, also not one that passes for alive now and then', async () => {
    const { bench, show } = openArranged();
    let frames = 0;
    // Two looks in three are alive: enough for the whole, and not for the part where it is none.
    show(() => person(WANGS_FACE, Math.floor(frames++ / (LONG_LOOK / 3)) % 3 === 1 ? 0.1 : 0.9));
    await bench.checkIn();
    expect(await bench.reaches('refused', 60_000)).toMatchObject({ reason: 'not-live' });
    expect(captures(bench).map(({ outcome }) => outcome)).toEqual(Array(3).fill('not-live'));
  });

  it('still compares: a stranger is no match, nor one who takes their place while it looks', async () => {
    const { bench, show } = openArranged();
    show(person(STRANGER));
    await bench.checkIn();
    expect(await bench.reaches('refused', 60_000)).toMatchObject({ reason: 'mismatch' });
    const other = openArranged();
    let frames = 0;
    other.show(() => person(frames++ % LONG_LOOK < LONG_LOOK - 5 ? WANGS_FACE : STRANGER));
    await other.bench.checkIn();
    await other.bench.pass(6_000);
    expect(captures(other.bench)[0]).toMatchObject({ outcome: 'mismatch' });
  });

  it('believes nobody through a camera that is a program', async () => {
    const { bench } = openArranged();
    await bench.call('camera.report', { state: 'live', label: 'OBS Virtual Camera' });
    await bench.checkIn();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'camera-virtual' });
  });

  it('that was paused goes on without gestures once the face is back, after a power cut too', async () => {
    const { bench, asked, show } = openArranged();
    await bench.begin();
    show(unusable('no-face'));
    await bench.reaches('paused');
    show(person(WANGS_FACE, 0.1));
    await bench.pass(10_000);
    expect(bench.stage.stage).toBe('paused');
    show(person(WANGS_FACE));
    await bench.reaches('in-progress');
    expect(captures(bench).at(-1)).toMatchObject({ outcome: 'match', usable: LONG_LOOK });
    await bench.restart();
    await bench.reaches('paused');
    const { who, clock } = await bench.reaches('in-progress');
    expect(who.arrangements).toMatchObject({ noGestures: true });
    expect(clock.remainingMs).toBeGreaterThan((EXAM.durationSeconds + 19 * 60) * 1000);
    expect(asked).toEqual([]);
  });

  it('keeps what was registered when they sat down, whatever the center says meanwhile; more time counts at once', async () => {
    const { bench, asked } = openArranged();
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    const apply = (extraMinutes: number) =>
      bench.station.roster.apply(
        assignmentOf({
          ...{ issuedAt: '2026-03-04T05:06:08.000Z', exams: [Exam.parse(formal), MOCK] },
          candidates: [{ ...WANG, extraMinutes }],
        }),
      );
    apply(30);
    await bench.call('consent', { given: true, locale: 'zh' });
    expect((await bench.reaches('awaiting-unlock')).exam.durationSeconds).toBe(EXAM.durationSeconds + 30 * 60);
    apply(5);
    await bench.act({ kind: 'unlock' });
    const { clock } = await bench.reaches('in-progress');
    expect(clock.remainingMs).toBeGreaterThan((EXAM.durationSeconds + 19 * 60) * 1000);
    expect(asked).toEqual([]);
  });
});

describe('a long look', () => {
  const thresholds = { embedder: EMBEDDER, accept: 0.58, refuseBelow: 0.4, sameFace: 0.5, live: 0.5 };
  const template = templateOf(EMBEDDER, [WANGS_FACE]);
  const at = (cosine: number): Float32Array => {
    const embedding = new Float32Array(256);
    embedding[0] = cosine;
    embedding[1] = Math.sqrt(1 - cosine ** 2);
    return embedding;
  };
  const judge = (observations: readonly Observation[]) => ({
    ...judgeCapture(observations, template, thresholds),
    ...{ calibration: 'test-1', models: 'pack-test' },
  });
  const part = (min: number) => fc.integer({ min, max: 100 }).map((hundredths) => hundredths / 100);
  const frame = fc.oneof(
    { weight: 9, arbitrary: fc.tuple(part(45), part(45)) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

  it('matches nothing that a look of the same pictures would not, nor less than is enough', () => {
    let matched = 0;
    fc.assert(
      fc.property(fc.array(frame, { minLength: LONG_LOOK - 5, maxLength: 2 * LONG_LOOK }), (frames) => {
        const seen = frames.map((one) => (one ? person(at(one[0]), one[1]) : unusable('face-blurred')));
        const long = judgeLongLook(seen, judge);
        if (long.outcome !== 'match') return;
        matched += 1;
        expect(judge(seen).outcome).toBe('match');
        expect(long.usable).toBeGreaterThanOrEqual(LONG_LOOK);
      }),
      { numRuns: 500 },
    );
    expect(matched).toBeGreaterThan(10);
  });

  it('of too few pictures is for a proctor, whoever is in them', () => {
    const seen = Array(LONG_LOOK - 1).fill(person(WANGS_FACE));
    expect(judge(seen).outcome).toBe('match');
    expect(judgeLongLook(seen, judge).outcome).toBe('uncertain');
    expect(judgeLongLook([...seen, person(WANGS_FACE)], judge).outcome).toBe('match');
  });
});
