import type { Gesture } from '../../../contract/words/exam.ts';
import { AMOUNTS, wayOf } from '../../../contract/words/gestures.ts';
import type { Observation, Signs } from '../engine/observation.ts';
import type { Shape } from '../networks/shape.ts';
import { reliefOf } from './relief.ts';

/** A face at one moment, as far as gestures are measured by it. */
export type Moment = { readonly signs: Signs; readonly width: number; readonly shape?: Shape };

/** Nothing where there is no face that was looked at closely. */
export function momentOf({ faces: [face], signs, shape }: Observation): Moment | undefined {
  return face && signs ? { signs, width: face.width, ...(shape ? { shape } : {}) } : undefined;
}

/** How far from rest a gesture must go where no amount is shown: degrees of yaw, parts of open. */
const ENOUGH = { turn: 20, eyes: 0.25, mouth: 0.2 } as const;
const CALM = { yaw: 15, eyesOpen: 0.4, mouthOpen: 0.3, nearer: 1.12 } as const;
/** The least relief of a turned head (`reliefOf`); `npm run -s measure:gestures` counts who has less. */
const LEAST_RELIEF = 0.8;

/** How much of a gesture is made: degrees towards the side that is asked for, times as large; nothing where none is shown. */
export function amountOf(gesture: Gesture, now: Moment, rest: Moment): number | undefined {
  if (gesture === 'come-closer') return now.width / rest.width;
  const way = wayOf(gesture);
  return way && (way === 'left' ? 1 : -1) * turnOf(now, rest);
}

/** Left and right are the person's: a head turned left points its nose to the right of the picture. */
const turnOf = (now: Moment, rest: Moment): number =>
  now.shape && rest.shape ? now.shape.yaw - rest.shape.yaw : Number.NaN;

/** Whether the gesture is being made at this moment. */
export function isMade(gesture: Gesture, now: Moment, rest: Moment): boolean {
  const amount = amountOf(gesture, now, rest);
  const turned = !(Math.abs(turnOf(now, rest)) < ENOUGH.turn);
  if (amount !== undefined) {
    const [least, most] = AMOUNTS[gesture] ?? [ENOUGH.turn, Number.POSITIVE_INFINITY];
    return amount >= least && amount <= most && (wayOf(gesture) !== undefined || !turned);
  }
  // A turned head hides an eye and stretches the mouth: neither counts then.
  if (turned) return false;
  return gesture === 'blink'
    ? rest.signs.eyesOpen - now.signs.eyesOpen >= ENOUGH.eyes
    : now.signs.mouthOpen - rest.signs.mouthOpen >= ENOUGH.mouth;
}

/** Eyes blink by themselves, and people lean forward to read; a turn or an open mouth that nobody asked for is another gesture. */
export function isAnotherThan(gesture: Gesture, now: Moment, rest: Moment): boolean {
  const way = wayOf(gesture);
  const others = (['turn-left', 'turn-right', 'open-mouth'] as const).filter(
    (other) => other !== gesture && wayOf(other) !== (way ?? 'none'),
  );
  return others.some((other) => isMade(other, now, rest));
}

/**
 * Whether a turn went as that of a sheet does: its relief is too little in half of the moments or more. A little turn says too
 * little of it: there one of seven genuine clips was taken for a sheet.
 */
export function isFlat(gesture: Gesture, held: readonly Moment[], rest: Moment): boolean {
  const [least] = AMOUNTS[gesture] ?? [ENOUGH.turn];
  if (!wayOf(gesture) || least < ENOUGH.turn) return false;
  const reliefs = held.map((now) =>
    now.shape && rest.shape ? reliefOf(rest.shape, now.shape, turnOf(now, rest)) : Number.NaN,
  );
  return reliefs.filter((relief) => relief >= LEAST_RELIEF).length * 2 <= reliefs.length;
}

export const isCalm = ({ signs: { yaw, eyesOpen, mouthOpen } }: Moment): boolean =>
  Math.abs(yaw) <= CALM.yaw && eyesOpen >= CALM.eyesOpen && mouthOpen <= CALM.mouthOpen;

/** Whether somebody who came closer has not gone back. */
export const isStillNear = (now: Moment, rest: Moment | undefined, made: Gesture | undefined): boolean =>
  made === 'come-closer' && rest !== undefined && now.width / rest.width > CALM.nearer;
