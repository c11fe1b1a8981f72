import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { Exam, GESTURES, type Gesture } from '../../contract/words/exam.ts';
import type { Observation } from '../../native/face/index.ts';
import { aPerson, making } from '../run/eyes.fixture.ts';
import { openBench, STRANGER, unusable, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const { liveness: _, ...formal } = EXAM;
/** Whoever sits here does half a second late what the screen asks for, with these faces. */
function openWithGestures(
  answer: (asked: Gesture | undefined) => Observation = (asked) => aPerson(WANGS_FACE, making(asked)),
) {
  const bench = openBench({ assignment: assignmentOf({ exams: [Exam.parse(formal), MOCK] }) });
  const asked: (Gesture | undefined)[] = [];
  let since = 0;
  bench.show(() => {
    const stage = bench.stage;
    const gesture = 'challenge' in stage ? stage.challenge?.gesture : undefined;
    if (asked.length === 0 || gesture !== asked.at(-1)) {
      asked.push(gesture);
      since = performance.now();
    }
    return answer(performance.now() - since > 500 ? gesture : undefined);
  });
  return { bench, asked };
}
const captures = (bench: ReturnType<typeof openBench>) =>
  bench.station.ledger
    .ofSitting(bench.sitting.id)
    .flatMap(({ event }) => (event.type === 'captured' ? [event.capture] : []));

describe('a formal exam', () => {
  it('asks for two or three gestures, and verifies who makes them', async () => {
    const { bench, asked } = openWithGestures();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    const gestures = asked.filter((gesture) => gesture !== undefined);
    expect([2, 3]).toContain(gestures.length);
    expect(gestures.some((gesture) => gesture.startsWith('turn'))).toBe(true);
    expect(gestures.some((gesture) => gesture === 'blink' || gesture === 'open-mouth')).toBe(true);
    expect(captures(bench)).toEqual([
      expect.objectContaining({ outcome: 'match', challenge: { gestures, passed: true } }),
    ]);
  });

  it('tells the page of a gesture when its turn comes, and of no other before', async () => {
    const { bench, asked } = openWithGestures((gesture) => {
      const said = bench.said.filter((message) => typeof message === 'string').join('');
      const told = new Set(GESTURES.filter((one) => said.includes(`"${one}"`)));
      expect([...told].toSorted()).toEqual([...new Set(asked.filter((one) => one !== undefined))].toSorted());
      return aPerson(WANGS_FACE, making(gesture));
    });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(new Set(asked.filter((one) => one !== undefined)).size).toBeGreaterThanOrEqual(2);
  });

  it('says what to mend while nobody can be seen', async () => {
    const { bench } = openWithGestures(() => unusable('no-face'));
    await bench.checkIn();
    await bench.pass(2_000);
    expect(bench.stage).toMatchObject({ stage: 'capturing', advice: 'no-face' });
  });

  it('waits for a proctor where a recording answers, and whoever comes next is judged by their own pictures', async () => {
    const { bench } = openWithGestures();
    await bench.pass(10);
    bench.screen.loop = 5;
    await bench.checkIn();
    expect(await bench.reaches('refused', 60_000)).toMatchObject({ reason: 'feed-looped' });
    expect(captures(bench)).toEqual([]);
    await bench.act({ kind: 'send-away' });
    await bench.reaches('idle');
    bench.screen.loop = 0;
    await bench.checkIn();
    await bench.reaches('awaiting-unlock', 60_000);
  });

  it('lets nobody in who only looks: three times too late, then a proctor', async () => {
    const { bench } = openWithGestures(() => aPerson(WANGS_FACE));
    await bench.checkIn();
    expect(await bench.reaches('refused', 120_000)).toMatchObject({ reason: 'not-live' });
    expect(captures(bench).map(({ outcome, reason }) => [outcome, reason])).toEqual(
      Array(3).fill(['not-live', 'challenge-late']),
    );
  });

  it('lets nobody in for whom somebody else makes the gestures', async () => {
    const { bench } = openWithGestures((asked) =>
      aPerson(asked ? STRANGER : WANGS_FACE, {
        ...making(asked),
        track: asked ? 2 : 1,
      }),
    );
    await bench.checkIn();
    expect(await bench.reaches('refused', 120_000)).toMatchObject({ reason: 'not-live' });
    expect(captures(bench)[0]).toMatchObject({ reason: 'face-changed', challenge: { passed: false } });
  });

  it('lets nobody in for whom somebody else makes the gestures in the very same place', async () => {
    const { bench } = openWithGestures((asked) => aPerson(asked ? STRANGER : WANGS_FACE, making(asked)));
    await bench.checkIn();
    expect(await bench.reaches('refused', 120_000)).toMatchObject({ reason: 'not-live' });
    expect(captures(bench)[0]).toMatchObject({ reason: 'face-changed', challenge: { passed: false } });
  });

  it('lets nobody in whose face comes only after somebody else made the gestures', async () => {
    const { bench, asked } = openWithGestures((gesture) => {
      const made = asked.filter((one) => one !== undefined).length === 2 && !gesture;
      return aPerson(made ? WANGS_FACE : STRANGER, {
        ...making(gesture),
        track: made ? 99 : 1,
      });
    });
    await bench.checkIn();
    expect(await bench.reaches('refused', 120_000)).toMatchObject({
      reason: expect.stringMatching(/not-live|mismatch/),
    });
  });

  it('lets nobody in whose face changes between gestures, though it stays in its place', async () => {
    let frames = 0;
    const { bench } = openWithGestures((asked) => aPerson(frames++ % 2 ? STRANGER : WANGS_FACE, making(asked)));
    await bench.checkIn();
    expect(await bench.reaches('refused', 120_000)).toMatchObject({ reason: 'not-live' });
    expect(captures(bench)[0]).toMatchObject({ reason: 'face-changed' });
  });

  it('still compares: a stranger who makes every gesture is no match', async () => {
    const { bench } = openWithGestures((asked) => aPerson(STRANGER, making(asked)));
    await bench.checkIn();
    expect(await bench.reaches('refused', 120_000)).toMatchObject({ reason: 'mismatch' });
  });
});

describe('a formal exam that was paused', () => {
  const gone = unusable('no-face');
  async function pausedWith(answer: (asked: Gesture | undefined) => Observation) {
    let away = false;
    let back = (asked: Gesture | undefined): Observation => aPerson(WANGS_FACE, making(asked));
    const { bench, asked } = openWithGestures((gesture) => (away ? gone : back(gesture)));
    await bench.begin();
    away = true;
    await bench.reaches('paused');
    asked.length = 0;
    away = false;
    back = answer;
    return { bench, asked };
  }

  it('goes on once the face that is back has made two gestures, one of them of eyes or mouth', async () => {
    const { bench, asked } = await pausedWith((gesture) => aPerson(WANGS_FACE, making(gesture)));
    await bench.reaches('in-progress');
    const gestures = asked.filter((gesture) => gesture !== undefined);
    expect(gestures).toHaveLength(2);
    expect(gestures).toContainEqual(expect.stringMatching(/^(blink|open-mouth)$/));
    expect(captures(bench).at(-1)).toMatchObject({ outcome: 'match', challenge: { passed: true } });
  });

  it('stays paused before a picture of the candidate, and the ledger says so', async () => {
    const { bench } = await pausedWith(() => aPerson(WANGS_FACE));
    await bench.pass(40_000);
    expect(bench.stage.stage).toBe('paused');
    expect(captures(bench).at(-1)).toMatchObject({ outcome: 'not-live', challenge: { passed: false } });
  });

  it('asks nothing of whom a proctor let in by hand', async () => {
    const { bench } = openWithGestures(() => aPerson(WANGS_FACE));
    await bench.checkIn();
    await bench.reaches('refused', 120_000);
    await bench.act({ kind: 'override', note: 'stiff neck', compared: ['photo', 'number'] });
    await bench.act({ kind: 'unlock' });
    await bench.pass(5_000);
    bench.show(gone);
    await bench.reaches('paused');
    bench.show(aPerson(WANGS_FACE));
    await bench.reaches('in-progress');
    expect(captures(bench).at(-1)).toMatchObject({ outcome: 'match' });
    expect(captures(bench).at(-1)).not.toHaveProperty('challenge');
  });
});
