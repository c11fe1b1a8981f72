import type { Gesture } from '../../../contract/exam.ts';
import type { Reason } from '../../../contract/reasons.ts';
import type { Observation, Signs } from '../engine/observation.ts';

/**
 * Active liveness: the station asks for gestures in a random order and watches for each in its time. A person does what is
 * asked; a photo, a cut-out or a mask cannot; a recording would have to hold the right gestures at the right moments.
 * Pure: what has been seen so far, and one more frame, give what is to be shown now.
 */
export type Challenge =
  | (Doing & { readonly state: 'settling' | 'asking' | 'returning' })
  | { readonly state: 'passed' }
  | { readonly state: 'failed'; readonly reason: Reason };

type Doing = {
  readonly gestures: readonly Gesture[];
  /** Of the gesture that is asked for. */
  readonly index: number;
  /** When this state began, in milliseconds on the caller's clock. */
  readonly since: number;
  /** Frames in a row that showed the face at rest. */
  readonly calm: number;
  /** The face at rest, against which gestures are measured. */
  readonly rest?: Signs;
  /** The one who began; nobody else may go on. */
  readonly track?: number;
  /** Frames in a row without exactly that face. */
  readonly missed: number;
};

/** Time to read and do it, and to look straight again; some read slowly. */
const TIME_MS = { settling: 15_000, asking: 8_000, returning: 8_000 } as const;
/** Nobody reacts faster: what is seen earlier was there by chance, or was known before. */
const REACTION_MS = 250;
/** Frames at rest before a gesture is asked for. */
const CALM_FRAMES = 3;
/** Frames in a row in which a hand or a turned head may hide the face. */
const MAX_MISSED = 4;
/** How far from rest a gesture must go: degrees of yaw, parts of open. */
const ENOUGH = { turn: 20, eyes: 0.25, mouth: 0.25 } as const;
const CALM = { yaw: 15, eyesOpen: 0.4, mouthOpen: 0.3 } as const;

export const startChallenge = (gestures: readonly Gesture[], at: number): Challenge => ({
  ...{ state: 'settling', gestures, index: 0, since: at, calm: 0, missed: 0 },
});

/** One turn of the head, which no flat thing can do, and one other gesture, in a random order. */
export function drawGestures(randomBelow: (limit: number) => number): readonly Gesture[] {
  const turn: Gesture = randomBelow(2) === 0 ? 'turn-left' : 'turn-right';
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
  switch (challenge.state) {
    case 'settling':
      return settle(present, seen.signs, at);
    case 'asking':
      return ask(present, seen.signs, at);
    case 'returning':
      return comeBack(present, seen.signs, at);
  }
}

/** What the candidate is asked to do now; nothing while the face comes to rest. */
export const gestureAsked = (challenge: Challenge): Gesture | undefined =>
  challenge.state === 'asking' ? challenge.gestures[challenge.index] : undefined;

type Going = Extract<Challenge, Doing>;

/** A moment without the face is nothing before the first gesture; later somebody else could come in with it. */
function withoutFace(challenge: Going, another: boolean): Challenge {
  const begun = challenge.state !== 'settling' || challenge.index > 0;
  if (!begun) {
    const { track: _, rest: __, ...fresh } = challenge;
    return { ...fresh, calm: 0 };
  }
  if (another) return { state: 'failed', reason: 'face-changed' };
  const missed = challenge.missed + 1;
  return missed > MAX_MISSED ? { state: 'failed', reason: 'face-changed' } : { ...challenge, missed, calm: 0 };
}

function settle(challenge: Going, signs: Signs, at: number): Challenge {
  const calm = isCalm(signs) ? challenge.calm + 1 : 0;
  if (calm < CALM_FRAMES) return { ...challenge, calm };
  return { ...challenge, state: 'asking', calm: 0, since: at, rest: signs };
}

function ask(challenge: Going, signs: Signs, at: number): Challenge {
  const rest = challenge.rest ?? signs;
  const done = gesturesIn(signs, rest);
  const wanted = challenge.gestures[challenge.index] as Gesture;
  if (at - challenge.since < REACTION_MS) return challenge;
  // A blink comes by itself; a turn or an open mouth that nobody asked for is a recording, or a mistake: begin anew.
  if (done.some((gesture) => gesture !== wanted && gesture !== 'blink'))
    return { state: 'failed', reason: 'challenge-wrong' };
  return done.includes(wanted) ? { ...challenge, state: 'returning', since: at, calm: 0 } : challenge;
}

function comeBack(challenge: Going, signs: Signs, at: number): Challenge {
  const calm = isCalm(signs) ? challenge.calm + 1 : 0;
  if (calm < CALM_FRAMES) return { ...challenge, calm };
  const index = challenge.index + 1;
  if (index >= challenge.gestures.length) return { state: 'passed' };
  return { ...challenge, state: 'asking', index, since: at, calm: 0, rest: signs };
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
