import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GESTURES, type Gesture } from '../../../contract/words/exam.ts';
import type { Observation, Signs } from '../engine/observation.ts';
import { type Challenge, drawGestures, gestureAsked, startChallenge, watchGesture } from './challenge.ts';

const AT_REST: Signs = { yaw: 2, pitch: -5, roll: 0, eyesOpen: 0.9, mouthOpen: 0.02 };
const DONE: Readonly<Record<Gesture, Partial<Signs>>> = {
  'turn-left': { yaw: 30 },
  'turn-right': { yaw: -28 },
  blink: { eyesOpen: 0.2 },
  'open-mouth': { mouthOpen: 0.6 },
};
const point = { x: 0, y: 0 };
/** Two people who look nothing like each other. */
const EMBEDDINGS = { candidate: Float32Array.from([1, 0]), other: Float32Array.from([0, 1]) } as const;
const isUsable = ({ yaw, eyesOpen, mouthOpen }: Signs) => Math.abs(yaw) < 35 && eyesOpen > 0.3 && mouthOpen < 0.7;
const frame = (signs: Partial<Signs> = {}, track = 1, who: keyof typeof EMBEDDINGS = 'candidate'): Observation => ({
  ...{ scene: { mean: 120, contrast: 50 }, quality: [], costMs: {} },
  faces: [{ x: 0, y: 0, width: 9, height: 9, score: 1, landmarks: [point, point, point, point, point], track }],
  signs: { ...AT_REST, ...signs },
  ...(isUsable({ ...AT_REST, ...signs })
    ? { person: { live: 0.9, embedding: EMBEDDINGS[who] } }
    : { reason: 'face-turned', glimpse: EMBEDDINGS[who] }),
});
const NOBODY: Observation = {
  scene: { mean: 120, contrast: 50 },
  quality: [],
  costMs: {},
  faces: [],
  reason: 'no-face',
};
const CROWD: Observation = { ...frame(), reason: 'several-faces' };
const FRAME_MS = 100;
const SAME_FACE = 0.5;

/** Somebody who sees what is asked and answers each frame with what the camera then sees. */
function run(
  gestures: readonly Gesture[],
  person: (asked: Gesture | undefined, frame: number, sinceMs: number) => Observation,
) {
  let challenge: Challenge = startChallenge(gestures, 0, SAME_FACE);
  const asked: (Gesture | undefined)[] = [];
  let askedAt = 0;
  for (let n = 0; n < 400 && challenge.state !== 'passed' && challenge.state !== 'failed'; n++) {
    const now = gestureAsked(challenge);
    if (now !== asked.at(-1)) askedAt = n * FRAME_MS;
    asked.push(now);
    challenge = watchGesture(challenge, person(now, n, n * FRAME_MS - askedAt), n * FRAME_MS);
  }
  return { challenge, asked: [...new Set(asked.filter((one) => one !== undefined))] };
}
/** Does it a second after being asked, for half a second. */
const obedient = (asked: Gesture | undefined, _: number, since: number): Observation =>
  frame(asked && since >= 1_000 ? DONE[asked] : {});
const anyGestures = fc.tuple(fc.constantFrom(...GESTURES), fc.constantFrom(...GESTURES));

describe('a challenge', () => {
  it.each(GESTURES)('of %s is passed by who does it', (gesture) => {
    expect(run([gesture], obedient).challenge.state).toBe('passed');
  });

  it('asks for one gesture after the other, each from rest', () => {
    const { challenge, asked } = run(['blink', 'turn-left'], obedient);
    expect([challenge.state, asked]).toEqual(['passed', ['blink', 'turn-left']]);
  });

  it.each([
    ['a photo', () => frame(), 'challenge-late'],
    ['nobody', () => NOBODY, 'challenge-late'],
    ['a face that never comes to rest', () => frame({ yaw: 40 }), 'challenge-late'],
    ['a crowd', () => CROWD, 'challenge-late'],
    ['one who turns the other way', (asked?: Gesture) => frame(asked ? DONE['turn-right'] : {}), 'challenge-wrong'],
    ['one who hands over', (asked?: Gesture) => frame({}, asked ? 2 : 1), 'face-changed'],
    [
      'one for whom another makes the gesture, in the same place',
      (asked?: Gesture) => (asked ? frame({ yaw: 30 }, 1, 'other') : frame()),
      'face-changed',
    ],
    [
      'one for whom another makes it with the face turned far',
      (asked?: Gesture) => (asked ? frame({ yaw: 60 }, 1, 'other') : frame()),
      'face-changed',
    ],
    [
      'a face that cannot be compared',
      () => {
        const { person: _, ...seen } = frame();
        return seen;
      },
      'challenge-late',
    ],
    ['one who leaves', (asked?: Gesture) => (asked ? NOBODY : frame()), 'face-changed'],
    ['one who is joined', (asked?: Gesture) => (asked ? CROWD : frame()), 'face-changed'],
    ['a picture of no numbers', () => frame({ yaw: Number.NaN, eyesOpen: Number.NaN }), 'challenge-late'],
  ] as const)('is not passed by %s', (_, person, reason) => {
    expect(run(['turn-left'], person).challenge).toEqual({ state: 'failed', reason });
  });

  it('forgives a blink by chance, and a hand before the face for a moment', () => {
    const blinking = (asked: Gesture | undefined, n: number, since: number) =>
      n % 7 === 0 ? frame({ eyesOpen: 0.1 }) : obedient(asked, n, since);
    expect(run(['turn-left'], blinking).challenge.state).toBe('passed');
    const hidden = (asked: Gesture | undefined, n: number, since: number) =>
      since > 200 && since < 600 ? NOBODY : obedient(asked, n, since);
    expect(run(['open-mouth'], hidden).challenge.state).toBe('passed');
  });

  it('counts nothing that comes faster than anybody reacts', () => {
    const early = (asked: Gesture | undefined, _: number, since: number) =>
      frame(asked && since < 200 ? DONE[asked] : {});
    expect(run(['open-mouth'], early).challenge).toEqual({ state: 'failed', reason: 'challenge-late' });
  });

  it('is never passed by what does not heed it, whatever it shows', () => {
    const shown = fc.constantFrom<Partial<Signs>>({}, {}, {}, { eyesOpen: 0.2 }, { mouthOpen: 0.05 }, { yaw: 12 });
    fc.assert(
      fc.property(anyGestures, fc.array(shown, { minLength: 1, maxLength: 60 }), (gestures, film) => {
        fc.pre(!gestures.every((gesture) => gesture === 'blink'));
        expect(run(gestures, (_, n) => frame(film[n % film.length])).challenge.state).toBe('failed');
      }),
    );
  });

  it('is passed by a film of all gestures only where they come as they are asked', () => {
    const film = [...GESTURES].flatMap((gesture) => [
      ...Array.from({ length: 15 }, () => frame()),
      ...Array.from({ length: 8 }, () => frame(DONE[gesture])),
    ]);
    const pairs = GESTURES.flatMap((one) =>
      GESTURES.filter((other) => other !== one).map((other) => [one, other] as const),
    );
    const passed = pairs.filter(
      (pair) => run(pair, (_, n) => film[n % film.length] as Observation).challenge.state === 'passed',
    );
    expect(passed.length).toBeLessThanOrEqual(3);
    expect(
      passed.every(([one, other]) => GESTURES.indexOf(other) - GESTURES.indexOf(one) === 1 || one === 'open-mouth'),
    ).toBe(true);
  });
});

describe('drawn gestures', () => {
  it('are two, one of them a turn of the head, and every such order can come', () => {
    const drawn = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const script = [seed % 2, Math.floor(seed / 2) % 3, Math.floor(seed / 6) % 2];
      const gestures = drawGestures((limit) => (script.shift() ?? 0) % limit);
      expect(new Set(gestures).size).toBe(2);
      expect(gestures.some((gesture) => gesture.startsWith('turn'))).toBe(true);
      drawn.add(gestures.join());
    }
    expect(drawn.size).toBe(10);
  });
});

describe('the moment of a gesture', () => {
  it('is another each time: so many frames at rest as were drawn for it', () => {
    const drawn = [0, 8];
    let challenge: Challenge = startChallenge(['blink', 'turn-left'], 0, SAME_FACE, () => drawn.shift() ?? 0);
    const waited: number[] = [];
    let calm = 0;
    for (let n = 0; challenge.state !== 'passed' && n < 100; n++) {
      const asked = gestureAsked(challenge);
      if (asked && calm > 0) waited.push(calm);
      calm = asked ? 0 : calm + 1;
      challenge = watchGesture(challenge, frame(asked ? DONE[asked] : {}), n * FRAME_MS);
    }
    expect(waited).toEqual([3, 11]);
  });
});
