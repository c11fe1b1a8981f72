import type { Gesture } from '../../../contract/words/exam.ts';
import { AMOUNTS } from '../../../contract/words/gestures.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { Observation } from '../engine/observation.ts';
import { cosine, meanDirection } from '../networks/embedder.ts';
import type { Draw } from './draw.ts';
import { amountOf, isAnotherThan, isCalm, isFlat, isMade, isStillNear, type Moment, momentOf } from './gestures.ts';

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
  /** How long each is held, in milliseconds, where an amount is shown. */
  readonly holdMs: readonly number[];
  /** Of the gesture that is asked for. */
  readonly index: number;
  /** When this state began, in milliseconds on the caller's clock. */
  readonly since: number;
  /** The newest frames in a row that showed the face at rest, and whose it was. */
  readonly calm: readonly Float32Array[];
  /** The newest moments in a row in which the gesture was made, the face in each, and since when. */
  readonly held: readonly Held[];
  readonly heldSince: number;
  /** The face at rest, against which gestures are measured, and as it was last. */
  readonly rest?: Moment;
  readonly newest?: Moment;
  /** Whose face it is that began; nobody else may go on. */
  readonly face?: Float32Array;
  /** The same, as the engine follows it. */
  readonly track?: number;
  /** Frames in a row without exactly that face; */
  readonly missed: number;
  /** how much the newest frames say that it is another one, */
  readonly strange: number;
  /** and frames in a row in which another gesture is made than is asked for. */
  readonly astray: number;
};

type Held = { readonly moment: Moment; readonly face: Float32Array };

/** Time to read and do it, and to look straight again; some read slowly. */
const TIME_MS = { settling: 15_000, asking: 10_000, returning: 8_000 } as const;
/** Nobody reacts faster: what is seen earlier was there by chance, or was known before. */
const REACTION_MS = 250;
/** Frames at rest before a gesture is asked for, and at most so many more: nobody knows beforehand when. */
const [CALM_FRAMES, MORE_CALM] = [3, 8];
/** Frames in a row in which a hand or a turned head may hide the face, or something beside it be taken for another one. */
const MAX_MISSED = 4;
/** One frame may show a face that is hardly like itself, turned or half covered: two are somebody else, unless four of it lie between. */
const [STRANGE, FORGOTTEN] = [2, 0.25];
/** Where an amount is shown, it is held for so many frames and so long, and at most so much longer. Another gesture, for so many frames: people talk. */
const HOLD = { frames: 3, ms: 250, moreMs: 400 } as const;
/** A face may be so high, as a part of the picture, before it is asked to come closer. */
const ROOM = 0.6;

/**
 * @param sameFace how near a frame must be to the face at rest, by the calibration
 * @param randomBelow draws how long each gesture is waited with and held; as short as may be where this is missing
 */
export const startChallenge = (
  gestures: readonly Gesture[],
  at: number,
  sameFace: number,
  randomBelow: Draw = () => 0,
): Challenge => ({
  ...{ state: 'settling', gestures, index: 0, since: at, calm: [], held: [], heldSince: at, sameFace },
  ...{ missed: 0, strange: 0, astray: 0 },
  calmBefore: gestures.map(() => CALM_FRAMES + randomBelow(MORE_CALM + 1)),
  holdMs: gestures.map(() => HOLD.ms + randomBelow(HOLD.moreMs + 1)),
});

/** @param at milliseconds on the clock that started the challenge */
export function watchGesture(challenge: Challenge, seen: Observation, at: number): Challenge {
  if (challenge.state === 'passed' || challenge.state === 'failed') return challenge;
  if (at - challenge.since > TIME_MS[challenge.state]) return { state: 'failed', reason: 'challenge-late' };
  const [face] = seen.faces;
  const followed = face && (challenge.track ?? face.track) === face.track;
  const now = seen.reason === 'several-faces' ? undefined : momentOf(seen);
  if (!followed || !now) return withoutFace(challenge, face !== undefined && !followed);
  const strange = strangeIn(challenge, seen);
  if (strange >= STRANGE) return { state: 'failed', reason: 'face-changed' };
  const present = { ...challenge, track: face.track, missed: 0, strange, newest: now };
  // What is not known to be this face counts for nothing.
  if (strange > 0) return { ...present, calm: [], held: [] };
  return challenge.state === 'asking' ? ask(present, seen, now, at) : rest(present, seen, now, at);
}

/** What the candidate is asked to do now; nothing while the face comes to rest. */
export const gestureAsked = (challenge: Challenge): Gesture | undefined =>
  challenge.state === 'asking' ? challenge.gestures[challenge.index] : undefined;

/** How much of it was made in the newest frame; nothing where no amount is shown. */
export function amountMade(challenge: Challenge): number | undefined {
  const gesture = gestureAsked(challenge);
  if (!gesture || !AMOUNTS[gesture] || challenge.state !== 'asking') return undefined;
  const { newest, rest } = challenge;
  return newest && rest ? amountOf(gesture, newest, rest) : undefined;
}

/** What keeps the next gesture from being asked for, beside what keeps the face from being compared. */
export function hindrance(challenge: Challenge, seen: Observation): Reason | undefined {
  if (!('gestures' in challenge) || challenge.state === 'asking') return undefined;
  const now = momentOf(seen);
  const stayed = now !== undefined && isStillNear(now, challenge.rest, gestureMade(challenge));
  return stayed || !hasRoom(challenge, seen) ? 'face-too-close' : undefined;
}

/** From which the face comes back to rest. */
const gestureMade = ({ state, gestures, index }: Going): Gesture | undefined =>
  state === 'returning' ? gestures[index] : undefined;

function hasRoom(challenge: Going, { quality }: Observation): boolean {
  const height = quality.find(({ component }) => component === 'HeadSize')?.value ?? 0;
  return challenge.gestures[nextIndex(challenge)] !== 'come-closer' || height <= ROOM;
}

const nextIndex = ({ state, index }: Going): number => index + (state === 'returning' ? 1 : 0);

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
  return missed > MAX_MISSED
    ? { state: 'failed', reason: 'face-changed' }
    : { ...challenge, missed, calm: [], held: [] };
}

/** Waits for the face to be at rest, before the first gesture and after each. */
function rest(challenge: Going, seen: Observation, now: Moment, at: number): Challenge {
  const near = isStillNear(now, challenge.rest, gestureMade(challenge));
  const atRest = isCalm(now) && !near && hasRoom(challenge, seen);
  const calm = seen.person && atRest ? [...challenge.calm, seen.person.embedding] : [];
  const index = nextIndex(challenge);
  if (calm.length < CALM_FRAMES) return { ...challenge, calm };
  // Whose face it is the first frames say; in all later ones, at rest too, it must be that one.
  const face = challenge.face ?? meanDirection(calm);
  if (calm.length < (challenge.calmBefore[index] ?? CALM_FRAMES)) return { ...challenge, calm, face };
  if (index >= challenge.gestures.length) return { state: 'passed', track: challenge.track ?? 0, face };
  return { ...challenge, state: 'asking', index, since: at, calm: [], held: [], astray: 0, face, rest: now };
}

function ask(challenge: Going, seen: Observation, now: Moment, at: number): Challenge {
  const { rest = now, gestures, index } = challenge;
  const wanted = gestures[index] as Gesture;
  if (at - challenge.since < REACTION_MS) return challenge;
  const astray = isAnotherThan(wanted, now, rest) ? challenge.astray + 1 : 0;
  if (astray >= HOLD.frames) return { state: 'failed', reason: 'challenge-wrong' };
  const face = faceIn(seen);
  if (astray > 0 || !face || !isMade(wanted, now, rest)) return { ...challenge, astray, held: [] };
  const held = [...challenge.held, { moment: now, face }];
  const making = { ...challenge, astray, held, heldSince: challenge.held.length === 0 ? at : challenge.heldSince };
  const shown = AMOUNTS[wanted] !== undefined;
  const tooShort = held.length < HOLD.frames || at - making.heldSince < (challenge.holdMs[index] ?? HOLD.ms);
  if ((shown && tooShort) || !isMadeByWhoRested(making)) return making;
  const moments = held.map(({ moment }) => moment);
  if (isFlat(wanted, moments, rest)) return { state: 'failed', reason: 'challenge-flat' };
  return { ...challenge, state: 'returning', since: at, calm: [], held: [] };
}

/** A gesture of nobody in particular does not count. A turned face is less like itself: what its frames have in common is held against it. */
const isMadeByWhoRested = ({ face, held, sameFace }: Going): boolean =>
  face !== undefined && cosine(face, meanDirection(held.map((one) => one.face))) >= sameFace;

/** How much this frame and those before it say that it is somebody else; one that cannot be compared says neither. */
function strangeIn({ face, sameFace, strange }: Going, seen: Observation): number {
  if (!face || !faceIn(seen)) return strange;
  return after(strange, strangeness(face, seen, sameFace));
}

const after = (strange: number, here: number): number => (here > 0 ? strange + here : Math.max(strange - FORGOTTEN, 0));

/** A face that looks straight is at least half as like itself as it ever is; one that looks to the side, or opens its mouth, may be less. */
function strangeness(face: Float32Array, seen: Observation, sameFace: number): number {
  const [now, moment] = [faceIn(seen), momentOf(seen)];
  if (!now) return 0;
  const likeness = cosine(face, now);
  const straight = seen.person !== undefined && (moment === undefined || isCalm(moment));
  if (likeness < sameFace / 2) return straight ? STRANGE : 1;
  return straight && likeness < sameFace ? 1 : 0;
}

const faceIn = ({ person, glimpse }: Observation): Float32Array | undefined => person?.embedding ?? glimpse;

/** Whether every face that was identified is this one. */
export const areAll = (face: Float32Array, observations: readonly Observation[], sameFace: number): boolean =>
  observations.every(({ person }) => !person || cosine(face, person.embedding) >= sameFace);

/** Whether nobody else was identified, by the same measure. */
export function isNobodyElse(face: Float32Array, observations: readonly Observation[], sameFace: number): boolean {
  let strange = 0;
  for (const seen of observations) {
    if (seen.person) strange = after(strange, strangeness(face, seen, sameFace));
    if (strange >= STRANGE) return false;
  }
  return true;
}
