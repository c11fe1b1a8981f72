import { randomInt } from 'node:crypto';
import type { LightStep } from '../../../contract/page/view.ts';
import type { LightAnswer, ScreenColour } from '../../../contract/words/light.ts';
import {
  drawLight,
  type FaceEngine,
  isNobodyElse,
  judgeLight,
  LIGHT_MS,
  type LightSample,
  type LightVerdict,
  meanDirection,
  type Observation,
  STEP_MS,
} from '../../../native/face/index.ts';
import type { Camera, LentFrame } from './camera.ts';
import { rest, type Seen, unlessAborted } from './look.ts';

export type LightLook = {
  /** Likeness of a frame to whoever is compared, at or above: that face. */
  readonly sameFace: number;
  readonly signal: AbortSignal;
  /** Shows a colour on the whole screen. */
  readonly onStep: (step: LightStep) => void;
};

/** So many pictures apart one is identified: whoever is lit is whoever was compared. */
const IDENTIFY_EVERY = 8;
/** Between two pictures, for the page to paint. */
const PAUSE_MS = 20;

type Taken = { readonly frame: Pick<LentFrame, 'capturedAt'>; readonly cameAt: number; readonly seen: Observation };

/**
 * Lets the screen shine and looks how the face before it gives that back.
 * @param before what was seen of whoever is compared
 */
export async function lookByLight(
  camera: Camera,
  engine: FaceEngine,
  before: readonly Observation[],
  { sameFace, signal, onStep }: LightLook,
): Promise<LightAnswer> {
  const drawn = drawLight(randomInt);
  const started = performance.now();
  const over = new AbortController();
  const showing = show(drawn, AbortSignal.any([signal, over.signal]), onStep);
  try {
    const taken = await takePictures(camera, engine, started, signal);
    if (typeof taken === 'string') return { outcome: 'cannot-tell', why: taken };
    if (!isOfWhoWasSeen(before, taken, sameFace)) return { outcome: 'unanswered', why: 'face-changed', shown: drawn };
    return asWritten(judgeLight(drawn, samplesOf(taken, started), randomInt), drawn);
  } finally {
    over.abort();
    await showing;
  }
}

function asWritten({ outcome, why, score, lagMs, seen }: LightVerdict, shown: readonly ScreenColour[]): LightAnswer {
  return {
    outcome,
    ...(why ? { why } : {}),
    ...(score === undefined ? {} : { score: Math.round(score * 100) / 100 }),
    ...(lagMs === undefined ? {} : { lagMs }),
    shown,
    ...(seen ? { seen } : {}),
  };
}

/** One colour after the other; nobody knows the next before its time. */
async function show(drawn: readonly ScreenColour[], signal: AbortSignal, onStep: LightLook['onStep']): Promise<void> {
  const started = performance.now();
  for (const [index, colour] of drawn.entries()) {
    if (signal.aborted) return;
    onStep({ colour, at: index + 1, of: drawn.length });
    await rest(started + (index + 1) * STEP_MS - performance.now(), signal);
  }
}

async function takePictures(
  camera: Camera,
  engine: FaceEngine,
  started: number,
  signal: AbortSignal,
): Promise<readonly Taken[] | NonNullable<Seen['trouble']>> {
  const taken: Taken[] = [];
  while (performance.now() - started < LIGHT_MS && !signal.aborted) {
    const frame = await unlessAborted(camera.nextFrame(), signal);
    if (frame === undefined) break;
    if (typeof frame === 'string') return frame;
    const [cameAt, { capturedAt }] = [performance.now(), frame];
    const depth = taken.length % IDENTIFY_EVERY === 0 ? 'identify' : 'watch';
    const seen = await unlessAborted(engine.observe(frame, { depth, light: true }), signal);
    if (!seen) break;
    taken.push({ frame: { capturedAt }, cameAt, seen });
    await rest(PAUSE_MS, signal);
  }
  return taken;
}

/** Pictures wait for different times until they are here: the quickest says how far the page's clock is from this one. */
function samplesOf(taken: readonly Taken[], started: number): readonly LightSample[] {
  const apart = Math.min(...taken.map(({ cameAt, frame }) => cameAt - frame.capturedAt));
  return taken.flatMap(({ frame, seen }) =>
    seen.light ? [{ ...seen.light, at: frame.capturedAt + apart - started }] : [],
  );
}

function isOfWhoWasSeen(before: readonly Observation[], taken: readonly Taken[], sameFace: number): boolean {
  const looks = before.flatMap(({ person }) => (person ? [person.embedding] : []));
  return (
    looks.length === 0 ||
    isNobodyElse(
      meanDirection(looks),
      taken.map(({ seen }) => seen),
      sameFace,
    )
  );
}
