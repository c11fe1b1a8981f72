import type { Gesture } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { Observation, Signs } from '../engine/observation.ts';
import { cosine, meanDirection } from '../networks/embedder.ts';

/**
 * Active liveness: the station asks for gestures in a random order and watches for each in its time. A person does what is
 * asked; a photo, a cut-out or a mask cannot; a recording would have to hold the right gestures at the right moments.
 * Whoever makes a gesture must be whoever rested before it: the face is compared at rest and in the gesture itself.
 * Pure: what has been seen so far, and one more frame, give what is to be shown now.
 */
export type Challenge =
  | (Doing & { readonly state: 'settling' | 'asking' | 'returning' })
  | { readonly state: 'passed'; readonly track: number; readonly face: Float32Array }
  | { readonly state: 'failed'; readonly reason: Reason };

type Doing = {
  readonly gestures: readonly Gesture[];
  /** Frames at rest before each gesture. */
  readonly calmBefore: readonly number[];
  /** Likeness of a frame to the face at rest, at or above: that face. */
  readonly sameFace: number;
  /** Of the gesture that is asked for. */
  readonly index: number;
  /** When this state began, in milliseconds on the caller's clock. */
  readonly since: number;
  /** The newest frames in a row that showed the face at rest, and whose it was. */
  readonly calm: readonly Float32Array[];
  /** The face at rest, against which gestures are measured. */
  readonly rest?: Signs;
  /** Whose face it is that began; nobody else may go on. */
  readonly face?: Float32Array;
  /** The same, as the engine follows it. */
  readonly track?: number;
  /** Frames in a row without exactly that face. */
  readonly missed: number;
};

/** Time to read and do it, and to look straight again; some read slowly. */
const TIME_MS = { settling: 15_000, asking: 8_000, returning: 8_000 } as const;
/** Nobody reacts faster: what is seen earlier was there by chance, or was known before. */
const REACTION_MS = 250;
/** Frames at rest before a gesture is asked for, and at most so many more: nobody knows beforehand when. */
const [CALM_FRAMES, MORE_CALM] = [3, 8];
/** Frames in a row in which a hand or a turned head may hide the face. */
const MAX_MISSED = 4;
/** How far from rest a gesture must go: degrees of yaw, parts of open. */
const ENOUGH = { turn: 20, eyes: 0.25, mouth: 0.25 } as const;
const CALM = { yaw: 15, eyesOpen: 0.4, mouthOpen: 0.3 } as const;

/**
 * @param sameFace how near a frame must be to the face at rest, by the calibration
 * @param randomBelow draws how long each gesture is waited with; as soon as may be where this is missing
 */
export const startChallenge = (
  gestures: readonly Gesture[],
  at: number,
  sameFace: number,
  randomBelow: (limit: number) => number = () => 0,
): Challenge => ({
  ...{ state: 'settling', gestures, index: 0, since: at, calm: [], missed: 0, sameFace },
  calmBefore: gestures.map(() => CALM_FRAMES + randomBelow(MORE_CALM + 1)),
});

/** A turn of the head, which no flat thing can do: asked for where a face was believed before and only comes back. */
export const drawTurn = (randomBelow: (limit: number) => number): Gesture =>
  randomBelow(2) === 0 ? 'turn-left' : 'turn-right';

/** One turn of the head and one other gesture, in a random order. */
export function drawGestures(randomBelow: (limit: number) => number): readonly Gesture[] {
  const turn = drawTurn(randomBelow);
  const others = (['turn-left', 'turn-right', 'blink', 'open-mouth'] as const).filter((gesture) => gesture !== turn);
  const other = others[randomBelow(others.length)] as Gesture;
  return randomBelow(2) === 0 ? [turn, other] : [other, turn];
}

/** @param at milliseconds on the clock that started the challenge */
export function watchGesture(challenge: Challenge, seen: Observation, at: number): Challenge {
  if (challenge.state === 'passed' || challenge.state === 'failed') return challenge;
  if (at - challenge.since > TIME_MS[challenge.state]) return { state: 'failed', reason: 'challenge-late' };
  const [face] = seen.faces;
  const same = seen.reason !== 'several-faces' && face && (challenge.track ?? face.track) === face.track;
  if (!same || !seen.signs) return withoutFace(challenge, face !== undefined && !same);
  const present = { ...challenge, track: face.track, missed: 0 };
  if (isAnother(challenge, seen)) return { state: 'failed', reason: 'face-changed' };
  return challenge.state === 'asking' ? ask(present, seen, seen.signs, at) : rest(present, seen, seen.signs, at);
}

/** What the candidate is asked to do now; nothing while the face comes to rest. */
export const gestureAsked = (challenge: Challenge): Gesture | undefined =>
  challenge.state === 'asking' ? challenge.gestures[challenge.index] : undefined;

type Going = Extract<Challenge, Doing>;

/** A moment without the face is nothing before the first gesture; later somebody else could come in with it. */
function withoutFace(challenge: Going, another: boolean): Challenge {
  const begun = challenge.state !== 'settling' || challenge.index > 0;
  if (!begun) {
    const { track: _, face: __, ...fresh } = challenge;
    return { ...fresh, calm: [] };
  }
  if (another) return { state: 'failed', reason: 'face-changed' };
  const missed = challenge.missed + 1;
  return missed > MAX_MISSED ? { state: 'failed', reason: 'face-changed' } : { ...challenge, missed, calm: [] };
}

/** Waits for the face to be at rest, before the first gesture and after each. */
function rest(challenge: Going, { person }: Observation, signs: Signs, at: number): Challenge {
  const calm = person && isCalm(signs) ? [...challenge.calm, person.embedding] : [];
  const index = challenge.index + (challenge.state === 'returning' ? 1 : 0);
  if (calm.length < CALM_FRAMES) return { ...challenge, calm };
  // Whose face it is the first frames say; in all later ones, at rest too, it must be that one.
  const face = challenge.face ?? meanDirection(calm);
  if (calm.length < (challenge.calmBefore[index] ?? CALM_FRAMES)) return { ...challenge, calm, face };
  if (index >= challenge.gestures.length) return { state: 'passed', track: challenge.track ?? 0, face };
  return { ...challenge, state: 'asking', index, since: at, calm: [], face, rest: signs };
}

function ask(challenge: Going, seen: Observation, signs: Signs, at: number): Challenge {
  const done = gesturesIn(signs, challenge.rest ?? signs);
  const wanted = challenge.gestures[challenge.index] as Gesture;
  if (at - challenge.since < REACTION_MS) return challenge;
  // A blink comes by itself; a turn or an open mouth that nobody asked for is a recording, or a mistake: begin anew.
  if (done.some((gesture) => gesture !== wanted && gesture !== 'blink'))
    return { state: 'failed', reason: 'challenge-wrong' };
  // A gesture of nobody in particular does not count.
  const made = done.includes(wanted) && likeness(challenge.face, seen) >= challenge.sameFace;
  return made ? { ...challenge, state: 'returning', since: at, calm: [] } : challenge;
}

/** Surely somebody else: a face that could be compared, and is not the one that rested here. */
const isAnother = ({ face, sameFace }: Going, seen: Observation): boolean =>
  face !== undefined && likeness(face, seen) < (seen.person ? sameFace : sameFace / 2);

/** Cosine of this frame's face to the one at rest; not a number where there is none to compare. */
function likeness(face: Float32Array | undefined, { person, glimpse }: Observation): number {
  const embedding = person?.embedding ?? glimpse;
  return face && embedding ? cosine(face, embedding) : Number.NaN;
}

const isCalm = ({ yaw, eyesOpen, mouthOpen }: Signs): boolean =>
  Math.abs(yaw) <= CALM.yaw && eyesOpen >= CALM.eyesOpen && mouthOpen <= CALM.mouthOpen;

/** Left and right are the person's: a head turned left points its nose to the right of the picture. */
function gesturesIn(signs: Signs, rest: Signs): readonly Gesture[] {
  const turn = signs.yaw - rest.yaw;
  const shown: Readonly<Record<Gesture, boolean>> = {
    'turn-left': turn >= ENOUGH.turn,
    'turn-right': turn <= -ENOUGH.turn,
    // A turned head hides an eye and stretches the mouth: neither counts then.
    blink: Math.abs(turn) < ENOUGH.turn && rest.eyesOpen - signs.eyesOpen >= ENOUGH.eyes,
    'open-mouth': Math.abs(turn) < ENOUGH.turn && signs.mouthOpen - rest.mouthOpen >= ENOUGH.mouth,
  };
  return (Object.keys(shown) as Gesture[]).filter((gesture) => shown[gesture]);
}

/** Whether every face that was identified is this one. */
export const areAll = (face: Float32Array, observations: readonly Observation[], sameFace: number): boolean =>
  observations.every(({ person }) => !person || cosine(face, person.embedding) >= sameFace);
