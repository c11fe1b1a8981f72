import { describe, expect, it } from 'vitest';
import { GESTURES, type Gesture } from '../../contract/words/exam.ts';
import { type Observation, type Picture, templateOf } from '../../native/face/index.ts';
import { type Film, randomFrom } from '../../native/presentation-attacks/index.ts';
import { aPerson, eyesThat, making } from '../../station/run/eyes.fixture.ts';
import { EMBEDDER } from '../../station/station.fixture.ts';
import { type CheckedIn, checkIn, type Visit } from './check-in.ts';
import { openMadeUpTime } from './made-up-time.ts';
import { counted } from './rates.ts';

const FACE = new Float32Array(256).fill(1 / 16);

/** A picture that says in its first byte what its face does. */
function pictureOf(gesture: Gesture | undefined, moment: number): Picture {
  const random = randomFrom(moment + 1);
  const pixels = Uint8Array.from({ length: 16 * 16 * 4 }, () => random() * 255);
  pixels[0] = gesture ? GESTURES.indexOf(gesture) : 255;
  return { width: 16, height: 16, pixels };
}
const seen = (live: number) =>
  eyesThat(async ({ pixels }): Promise<Observation> => {
    const gesture = GESTURES[pixels[0] as number];
    return aPerson(FACE, { live, ...making(gesture) });
  });
/** Does what is asked, after as long as people take. */
const performer: Film = ({ at, asked, askedFor }) => pictureOf(askedFor > 500 ? asked : undefined, at);
const nobodyMoves: Film = ({ at }) => pictureOf(undefined, at);

async function come(film: Film, options: Partial<Visit> & { readonly live?: number } = {}): Promise<CheckedIn> {
  const time = openMadeUpTime();
  const { live = 0.99, ...visit } = options;
  const thresholds = { embedder: EMBEDDER, accept: 0.58, refuseBelow: 0.55, sameFace: 0.35, live: 0.933 };
  const template = templateOf(EMBEDDER, [FACE]);
  const asIs = { engine: seen(live), thresholds, template, film, lookMs: 80, tries: 3 };
  try {
    return await time.until(checkIn(time, { ...asIs, ...visit }));
  } finally {
    time[Symbol.dispose]();
  }
}

describe('a whole check-in', () => {
  it('lets in whoever does what the screen asks', async () => {
    expect(await come(performer)).toMatchObject({ outcome: 'let in', live: [0.99] });
  });

  it('shines at whoever made the gestures, and says how that was answered', async () => {
    const shone: NonNullable<Parameters<Film>[0]['shone']>[] = [];
    const lit: Film = (moment) => {
      if (moment.shone) shone.push(moment.shone);
      return performer(moment);
    };
    expect(await come(lit)).toMatchObject({ outcome: 'let in', light: 'cannot-tell' });
    expect(shone.length).toBeGreaterThan(24);
    expect(new Set(shone.map(([red]) => red.toFixed(2))).size).toBeGreaterThan(2);
    expect((await come(nobodyMoves, { tries: 1 })).light).toBeUndefined();
  });

  it('stops who does not, after as many tries as were allowed', async () => {
    expect(await come(nobodyMoves)).toMatchObject({
      outcome: 'stopped',
      reason: 'challenge-late',
      live: [0.99, 0.99, 0.99],
    });
    expect((await come(nobodyMoves, { tries: 1 })).live).toHaveLength(1);
  });

  it('stops what makes gestures and is not live', async () => {
    expect(await come(performer, { live: 0.9 })).toMatchObject({ outcome: 'stopped', reason: 'not-live' });
  });

  it('stops one picture that is shown on and on, and says what it is', async () => {
    expect(await come(() => pictureOf(undefined, 1))).toMatchObject({
      outcome: 'stopped',
      reason: 'camera-frozen',
      live: [],
    });
  });

  it('stops a file that repeats, though it makes the gestures', async () => {
    const looped: Film = ({ at, ...asked }) => performer({ ...asked, at: Math.floor(at / 110) % 6 });
    expect(await come(looped)).toMatchObject({ outcome: 'stopped', reason: 'feed-looped' });
  });

  it('asks those for no gestures of whom that is registered, and looks at them for longer', async () => {
    const came = await come(nobodyMoves, { noGestures: true });
    expect(came).toMatchObject({ outcome: 'let in', pictures: 15 });
  });

  it('judges nobody by a film that is over', async () => {
    const short: Film = (moment) => (moment.at < 600 ? nobodyMoves(moment) : undefined);
    expect(await come(short, { noGestures: true })).toMatchObject({ outcome: 'film over' });
  });
});

describe('rates', () => {
  const came = (outcome: CheckedIn['outcome'], reason?: string, live = 0.5): CheckedIn => ({
    ...{ outcome, live: [live], pictures: 10 },
    ...(reason ? { reason } : {}),
  });
  it('count what came out wrong, of what could be judged', () => {
    const all = [came('let in', undefined, 0.95), came('stopped', 'challenge-late'), came('film over')];
    expect(counted(all, 0.933, 'let in')).toMatchObject({
      ...{ checkIns: 3, unjudged: 1, errors: 1, rate: 0.5, stoppedBy: { 'challenge-late': 1 } },
      ...{ passive: { looks: 3, live: 1 }, pictures: 30 },
    });
    expect(counted(all, 0.933, 'stopped').errors).toBe(1);
    const lit = [{ ...came('let in'), light: 'answered' as const }, came('stopped')];
    expect(counted(lit, 0.933, 'let in').light).toEqual({ answered: 1 });
  });
  it('say nothing where nothing could be judged', () => {
    expect(counted([came('film over')], 0.933, 'let in')).toMatchObject({ rate: null, interval: [0, 1] });
  });
  it('are at most 1.3 % where none of 300 came through, by their interval', () => {
    const [, to] = counted(Array(300).fill(came('stopped')), 0.933, 'let in').interval;
    expect(to).toBeCloseTo(0.0126, 3);
  });
});
