import type { Gesture } from '../../contract/exam.ts';
import type { Reason } from '../../contract/reasons.ts';
import {
  type Challenge,
  type FaceEngine,
  gestureAsked,
  type Observation,
  sameThroughout,
  startChallenge,
  watchGesture,
} from '../../native/face/index.ts';
import type { Camera } from './camera.ts';
import { type Look, rest, type Seen, unlessAborted } from './look.ts';

export type ChallengeStep = {
  readonly gesture?: Gesture;
  /** The gesture it is at, from 1. */
  readonly at: number;
  readonly of: number;
};
/**
 * Asks for gestures and looks meanwhile at who makes them: between gestures, when the face is at rest, it is identified, so
 * that whoever turns the head is whoever is compared.
 */
export async function lookWhileAsking(
  camera: Camera,
  engine: FaceEngine,
  gestures: readonly Gesture[],
  wanted: Look & { readonly onStep: (step: ChallengeStep, advice?: Reason) => void },
): Promise<Seen> {
  const observations: Observation[] = [];
  const usable = (): number => observations.filter(({ person }) => person).length;
  let challenge = startChallenge(gestures, performance.now());
  while (!wanted.signal.aborted && !isOver(challenge, usable() >= wanted.usable)) {
    wanted.onStep(stepOf(challenge, gestures.length), observations.at(-1)?.reason);
    const frame = await unlessAborted(camera.nextFrame(), wanted.signal);
    if (frame === undefined) break;
    if (typeof frame === 'string') return { observations, trouble: frame };
    const depth = gestureAsked(challenge) ? 'watch' : 'identify';
    const seen = await unlessAborted(engine.observe(frame, { depth }), wanted.signal);
    if (!seen) break;
    if (depth === 'identify') observations.push(seen);
    challenge = watchGesture(challenge, seen, performance.now());
    if (observations.length >= wanted.frames) break;
    await rest(wanted.pauseMs, wanted.signal);
  }
  const failure = failureOf(challenge, observations);
  return { observations, challenge: { gestures, ...(failure ? { failure } : {}) } };
}

const isOver = (challenge: Challenge, seenEnough: boolean): boolean =>
  challenge.state === 'failed' || (challenge.state === 'passed' && seenEnough);

function failureOf(challenge: Challenge, observations: readonly Observation[]): Reason | undefined {
  if (challenge.state === 'failed') return challenge.reason;
  if (challenge.state !== 'passed') return 'challenge-late';
  return sameThroughout(observations) ? undefined : 'face-changed';
}

function stepOf(challenge: Challenge, of: number): ChallengeStep {
  const gesture = gestureAsked(challenge);
  const index = 'index' in challenge ? challenge.index : of - 1;
  return { at: Math.min(index + 1, of), of, ...(gesture ? { gesture } : {}) };
}
