import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GESTURES, type Gesture } from '../../../contract/words/exam.ts';
import type { Observation, Signs } from '../engine/observation.ts';
import { CAMERA_LIMITS } from '../quality/limits.ts';
import { amountMade, type Challenge, gestureAsked, hindrance, startChallenge, watchGesture } from './challenge.ts';
import { type Body, bent, head, MADE, shapeOn } from './made.fixture.ts';

const AT_REST: Signs = { yaw: 2, pitch: -5, roll: 0, eyesOpen: 0.9, mouthOpen: 0.02 };
const point = { x: 0, y: 0 };
/** Two people who look nothing like each other. */
const EMBEDDINGS = { candidate: Float32Array.from([1, 0]), other: Float32Array.from([0, 1]) } as const;
const isUsable = ({ yaw, eyesOpen, mouthOpen }: Signs) => Math.abs(yaw) < 35 && eyesOpen > 0.3 && mouthOpen < 0.7;
const frame = (
  signs: Partial<Signs> = {},
  track = 1,
  who: keyof typeof EMBEDDINGS = 'candidate',
  { nearer = 1, body = head as Body } = {},
): Observation => ({
  ...{ scene: { mean: 120, contrast: 50 }, quality: [], costMs: {} },
  faces: [
    { x: 0, y: 0, width: 90 * nearer, height: 90, score: 1, landmarks: [point, point, point, point, point], track },
  ],
  signs: { ...AT_REST, ...signs },
  shape: shapeOn(body, { yaw: (signs.yaw ?? AT_REST.yaw) - AT_REST.yaw }),
  ...(isUsable({ ...AT_REST, ...signs })
    ? { person: { live: 0.9, embedding: EMBEDDINGS[who] } }
    : { reason: 'face-turned', glimpse: EMBEDDINGS[who] }),
});
/** What is seen of somebody who makes a gesture. */
const making = (gesture: Gesture): Observation => frame(MADE[gesture].signs, 1, 'candidate', MADE[gesture]);
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
  asked && since >= 1_000 ? making(asked) : frame();
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
    ['one who turns the other way', (asked?: Gesture) => (asked ? making('turn-right') : frame()), 'challenge-wrong'],
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

  it('forgives another gesture that passes by, as where somebody talks, and none that is made', () => {
    const talking = (frames: number) => (asked: Gesture | undefined, n: number, since: number) =>
      asked && since >= 300 && since < 300 + frames * FRAME_MS ? making('open-mouth') : obedient(asked, n, since);
    expect(run(['turn-left-far'], talking(2)).challenge.state).toBe('passed');
    expect(run(['turn-left-far'], talking(3)).challenge).toEqual({ state: 'failed', reason: 'challenge-wrong' });
  });

  it('forgives something beside the face that is taken for another one for a moment', () => {
    const joined = (frames: number) => (asked: Gesture | undefined, n: number, since: number) =>
      since > 150 && since <= 150 + frames * FRAME_MS ? CROWD : obedient(asked, n, since);
    expect(run(['turn-left'], joined(4)).challenge.state).toBe('passed');
    expect(run(['turn-left'], joined(5)).challenge).toEqual({ state: 'failed', reason: 'face-changed' });
  });

  it('counts nothing that comes faster than anybody reacts', () => {
    const early = (asked: Gesture | undefined, _: number, since: number) =>
      asked && since < 200 ? making(asked) : frame();
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
    const drawn = GESTURES.filter((gesture) => gesture !== 'turn-left' && gesture !== 'turn-right');
    const film = drawn.flatMap((gesture) => [
      ...Array.from({ length: 15 }, () => frame()),
      ...Array.from({ length: 8 }, () => making(gesture)),
    ]);
    const pairs = drawn.flatMap((one) => drawn.filter((other) => other !== one).map((other) => [one, other] as const));
    const passed = pairs.filter(
      (pair) => run(pair, (_, n) => film[n % film.length] as Observation).challenge.state === 'passed',
    );
    expect(passed.length).toBeLessThanOrEqual(3);
    expect(passed.every(([one, other]) => drawn.indexOf(one) < drawn.indexOf(other))).toBe(true);
  });
});

describe('whose face it is', () => {
  /** A frame of somebody who is so much like the one who rested. */
  const like = (likeness: number, seen: Observation): Observation => {
    const embedding = Float32Array.from([likeness, Math.sqrt(1 - likeness ** 2)]);
    return seen.person ? { ...seen, person: { ...seen.person, embedding } } : { ...seen, glimpse: embedding };
  };
  /** So many frames of a gesture, or of the rest after it, are less like the face than it is to itself. */
  const unlike = (gesture: Gesture, likenesses: readonly number[], when: 'made' | 'before') =>
    run([gesture], (asked, n, since) => {
      const from = when === 'made' ? 1_000 : 300;
      const nth = (since - from) / FRAME_MS;
      const seen = obedient(asked, n, since);
      return asked && nth >= 0 && nth < likenesses.length ? like(likenesses[nth] as number, seen) : seen;
    }).challenge;

  it('one frame leaves open, and two say', () => {
    expect(unlike('turn-left', [0.3], 'before')).toMatchObject({ state: 'passed' });
    expect(unlike('turn-left', [0.3, 1, 1, 1, 1, 0.3], 'before')).toMatchObject({ state: 'passed' });
    expect(unlike('turn-left', [0.3, 1, 0.3, 1, 0.3], 'before')).toEqual({ state: 'failed', reason: 'face-changed' });
    expect(unlike('turn-left', [0.45, 0.45], 'before')).toEqual({ state: 'failed', reason: 'face-changed' });
  });

  it('one frame says where it looks straight and is of somebody else without doubt', () => {
    expect(unlike('turn-left', [0.2], 'before')).toEqual({ state: 'failed', reason: 'face-changed' });
  });

  it('says less of a face that is turned: half as like is still it, and less is not', () => {
    expect(unlike('turn-left-far', [0.3, 0.3], 'made')).toMatchObject({ state: 'passed' });
    expect(unlike('turn-left-far', [0.2], 'made')).toMatchObject({ state: 'passed' });
    expect(unlike('turn-left-far', [0.2, 0.2], 'made')).toEqual({ state: 'failed', reason: 'face-changed' });
  });

  it('a gesture is counted by what its frames have in common, and by no single one of them', () => {
    const always = (likeness: number) => unlike('turn-left-far', Array(200).fill(likeness), 'made');
    expect(always(0.3)).toEqual({ state: 'failed', reason: 'challenge-late' });
    expect(always(0.51)).toMatchObject({ state: 'passed' });
  });
});

describe('an amount that is shown', () => {
  const turned = (yaw: number, body: Body = head) => frame({ yaw: AT_REST.yaw + yaw }, 1, 'candidate', { body });
  /** Shows these frames once the gesture is asked for, a moment late, and the last of them from then on. */
  const shows = (gesture: Gesture, frames: readonly Observation[], rest = frame()) =>
    run([gesture], (asked, _, since) => {
      const n = Math.floor((since - 400) / FRAME_MS);
      return asked && n >= 0 ? (frames[Math.min(n, frames.length - 1)] as Observation) : rest;
    }).challenge;
  const times = (count: number, one: Observation): readonly Observation[] => Array.from({ length: count }, () => one);

  it('must be held: who only passes through it has not made it', () => {
    const through = [5, 10, 18, 26, 34, 40].map((yaw) => turned(yaw));
    expect(shows('turn-left-little', [...through, frame()])).toEqual({ state: 'failed', reason: 'challenge-late' });
    expect(shows('turn-left-little', times(6, turned(16)))).toMatchObject({ state: 'passed' });
  });

  it('is neither more nor less: who went too far comes back to it', () => {
    expect(shows('turn-left-little', times(9, turned(36)))).toEqual({ state: 'failed', reason: 'challenge-late' });
    expect(shows('turn-left-far', times(9, turned(16)))).toEqual({ state: 'failed', reason: 'challenge-late' });
    expect(shows('turn-left-little', [...times(9, turned(36)), turned(16)])).toMatchObject({ state: 'passed' });
  });

  it('is of the side that is asked for', () => {
    expect(shows('turn-right-far', times(9, turned(33)))).toEqual({ state: 'failed', reason: 'challenge-wrong' });
    expect(shows('come-closer', times(9, turned(33)))).toEqual({ state: 'failed', reason: 'challenge-wrong' });
  });

  it('is held as long as was drawn for it', () => {
    const heldFor = (more: number): number => {
      let challenge: Challenge = startChallenge(['turn-left-far'], 0, SAME_FACE, (limit) => (limit > 100 ? more : 0));
      let [n, askedAt] = [0, Number.NaN];
      for (; challenge.state !== 'returning' && n < 60; n++) {
        const asked = gestureAsked(challenge) !== undefined;
        if (asked && Number.isNaN(askedAt)) askedAt = n;
        challenge = watchGesture(challenge, asked ? turned(33) : frame(), n * FRAME_MS);
      }
      return (n - askedAt) * FRAME_MS;
    };
    expect(heldFor(400) - heldFor(0)).toBe(400);
  });

  it('is told while it is made, and of no other gesture', () => {
    let challenge: Challenge = startChallenge(['turn-right-little', 'blink'], 0, SAME_FACE);
    for (let n = 0; n < 4; n++) challenge = watchGesture(challenge, frame(), n * FRAME_MS);
    challenge = watchGesture(challenge, turned(-9), 700);
    expect([gestureAsked(challenge), amountMade(challenge)]).toEqual(['turn-right-little', 9]);
    for (let n = 8; n < 30; n++) challenge = watchGesture(challenge, n < 14 ? turned(-17) : frame(), n * FRAME_MS);
    expect([gestureAsked(challenge), amountMade(challenge)]).toEqual(['blink', undefined]);
  });

  it.each(['turn-right-far', 'turn-left-far', 'turn-left'] as const)(
    'of %s is not made by a sheet, bent or not',
    (gesture) => {
      const yaw = MADE[gesture].signs.yaw as number;
      for (const radius of [0.55, 0.8, 2, 1e6]) {
        const [rest, moved] = [turned(0, bent(radius)), turned(yaw, bent(radius))];
        expect(shows(gesture, times(9, moved), rest)).toEqual({ state: 'failed', reason: 'challenge-flat' });
      }
    },
  );

  it('is not made by a face of which nobody knows how deep it is', () => {
    const { shape: _, ...unknown } = turned(33);
    expect(shows('turn-left-far', times(9, unknown))).toEqual({ state: 'failed', reason: 'challenge-late' });
  });

  it('of coming closer ends where the face was', () => {
    const near = frame({}, 1, 'candidate', { nearer: 1.5 });
    const stays = run(['come-closer'], (asked, _, since) => (asked && since < 400 ? frame() : near)).challenge;
    expect(stays).toEqual({ state: 'failed', reason: 'challenge-late' });
    let challenge: Challenge = startChallenge(['come-closer'], 0, SAME_FACE);
    for (let n = 0; n < 12; n++) challenge = watchGesture(challenge, n < 4 ? frame() : near, n * FRAME_MS);
    expect([challenge.state, hindrance(challenge, near)]).toEqual(['returning', 'face-too-close']);
    expect(hindrance(challenge, frame())).toBeUndefined();
  });

  it('of coming closer is asked for where there is room', () => {
    const close: Observation = {
      ...frame(),
      quality: [{ component: 'HeadSize', value: 0.7, limit: CAMERA_LIMITS.HeadSize, verdict: 'pass' }],
    };
    let challenge: Challenge = startChallenge(['come-closer'], 0, SAME_FACE);
    for (let n = 0; n < 30; n++) challenge = watchGesture(challenge, close, n * FRAME_MS);
    expect([challenge.state, hindrance(challenge, close)]).toEqual(['settling', 'face-too-close']);
    for (let n = 30; n < 40; n++) challenge = watchGesture(challenge, frame(), n * FRAME_MS);
    expect([challenge.state, hindrance(challenge, frame())]).toEqual(['asking', undefined]);
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
      challenge = watchGesture(challenge, asked ? making(asked) : frame(), n * FRAME_MS);
    }
    expect(waited).toEqual([3, 11]);
  });
});
