import { randomInt } from 'node:crypto';
import type { ChallengeStep } from '../../../contract/page/view.ts';
import type { Gesture } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import {
  amountMade,
  type Challenge,
  type FaceEngine,
  gestureAsked,
  hindrance,
  isNobodyElse,
  type Observation,
  startChallenge,
  watchGesture,
} from '../../../native/face/index.ts';
import type { Camera } from './camera.ts';
import { type Look, rest, type Seen, unlessAborted } from './look.ts';

/** Milliseconds, and how to let some of them pass. */
export type LookClock = {
  now(): number;
  rest(ms: number, signal: AbortSignal): Promise<void>;
};
const realClock: LookClock = { now: () => performance.now(), rest };

/**
 * Asks for gestures and looks meanwhile at who makes them: every frame is identified, so that whoever turns the head is
 * whoever is compared.
 */
export async function lookWhileAsking(
  camera: Pick<Camera, 'nextFrame'>,
  engine: Pick<FaceEngine, 'observe'>,
  gestures: readonly Gesture[],
  wanted: Pick<Look, 'usable' | 'pauseMs' | 'signal'> & {
    readonly sameFace: number;
    readonly onStep: (step: ChallengeStep, advice?: Reason) => void;
    /** Each frame, as what it counted: at rest, or the gesture that was made in it, or in which it failed. */
    readonly onFrame?: (counted: Counted, seen: Observation) => void;
  },
  clock = realClock,
): Promise<Seen> {
  const observations: Observation[] = [];
  const usable = (): number => observations.filter(({ person }) => person).length;
  let challenge = startChallenge(gestures, clock.now(), wanted.sameFace, randomInt);
  let passedAt = Number.POSITIVE_INFINITY;
  let advice: Reason | undefined;
  while (!wanted.signal.aborted && !isOver(challenge, usable() >= wanted.usable)) {
    wanted.onStep(stepOf(challenge, gestures.length), advice);
    const frame = await unlessAborted(camera.nextFrame(), wanted.signal);
    if (frame === undefined) break;
    if (typeof frame === 'string') return { observations, trouble: frame };
    const seen = await unlessAborted(engine.observe(frame, { depth: 'identify', gestures: true }), wanted.signal);
    if (!seen) break;
    const before = challenge;
    advice = seen.reason ?? hindrance(before, seen);
    challenge = watchGesture(before, seen, clock.now());
    const counted = countedAs(before, challenge);
    if (counted) wanted.onFrame?.(counted, seen);
    if (challenge.state === 'passed' && before.state !== 'passed') passedAt = clock.now();
    // Who was in view before the face that began has nothing to do with it.
    if (challenge.state === 'settling' && challenge.track === undefined) observations.length = 0;
    else if (isOfWhoPassed(challenge, seen)) observations.push(seen);
    if (clock.now() - passedAt > AFTERWARDS_MS) break;
    await clock.rest(wanted.pauseMs, wanted.signal);
  }
  const failure = failureOf(challenge, observations, usable() >= wanted.usable, wanted.sameFace);
  return { observations, challenge: { gestures, ...(failure ? { failure } : {}) } };
}

/** What a frame counted for whoever looks at it later; nothing where it was on the way from one to the other. */
export type Counted = { readonly of: 'rest' | Gesture; readonly failed: boolean };

function countedAs(before: Challenge, after: Challenge): Counted | undefined {
  const gesture = gestureAsked(before);
  const failed = after.state === 'failed';
  if (!gesture) return { of: 'rest', failed };
  return failed || after.state === 'returning' ? { of: gesture, failed } : undefined;
}

/** Enough time to look straight for a moment after the last gesture. */
const AFTERWARDS_MS = 8_000;

/** After the last gesture only the one who made them is looked at. */
const isOfWhoPassed = (challenge: Challenge, seen: Observation): boolean =>
  challenge.state !== 'passed' || seen.faces[0]?.track === challenge.track;

const isOver = (challenge: Challenge, seenEnough: boolean): boolean =>
  challenge.state === 'failed' || (challenge.state === 'passed' && seenEnough);

function failureOf(
  challenge: Challenge,
  observations: readonly Observation[],
  enough: boolean,
  sameFace: number,
): Reason | undefined {
  if (challenge.state === 'failed') return challenge.reason;
  if (challenge.state !== 'passed' || !enough) return 'challenge-late';
  return isNobodyElse(challenge.face, observations, sameFace) ? undefined : 'face-changed';
}

function stepOf(challenge: Challenge, of: number): ChallengeStep {
  const gesture = gestureAsked(challenge);
  const index = 'index' in challenge ? challenge.index : of - 1;
  const amount = amountMade(challenge);
  return {
    ...{ at: Math.min(index + 1, of), of, ...(gesture ? { gesture } : {}) },
    ...(amount !== undefined && Number.isFinite(amount) ? { amount: Math.round(amount * 20) / 20 } : {}),
  };
}
