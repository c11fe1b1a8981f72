import type { Gesture } from '../../contract/words/exam.ts';
import type { Picture } from '../face/index.ts';
import type { Light } from '../face/performer/index.ts';
import type { Head } from './effects/cut.ts';
import { RATE } from './picture.ts';

/** A moment before a camera, and what the screen asks for then. */
export type Moment = {
  /** Milliseconds since it began. */
  readonly at: number;
  readonly asked?: Gesture;
  /** Milliseconds since this was asked for. */
  readonly askedFor: number;
  /** How much of it the screen says is made. */
  readonly amount?: number | undefined;
  /** What the screen shines on whoever is before it, while it asks for an answer to its light. */
  readonly shone?: Light | undefined;
};

/**
 * What is before a camera, picture by picture; nothing where it is over. Whoever makes gestures looks at what is asked: a person
 * who does it is a film like any other.
 */
export type Film = (moment: Moment) => Picture | Promise<Picture> | undefined;

/** Pictures that were filmed one after the other, each decoded when it is asked for. */
export type Clip = { readonly length: number; at(turn: number): Picture | Promise<Picture> };

/** A clip of one person, and the picture of it that somebody would print. */
export type Subject = { readonly name: string; readonly clip: Clip; readonly photo: Picture; readonly head: Head };

/** Who is imitated, who wears the mask, and a number that all that varies hangs on. */
export type Scene = {
  readonly victim: Subject;
  /** Everything that was filmed of the same person, one after the other. */
  readonly recordings: Clip;
  readonly wearer: Subject;
  readonly seed: number;
};

export const turnOf = ({ at }: Moment): number => Math.floor((at * RATE) / 1_000);

/** Begins anew where it ends. */
export const onAndOn = (clip: Clip, moment: Moment) => clip.at(turnOf(moment) % clip.length);
/** Forwards and backwards. */
export function toAndFro(clip: Clip, moment: Moment) {
  const turn = turnOf(moment) % (2 * clip.length);
  return clip.at(turn < clip.length ? turn : 2 * clip.length - 1 - turn);
}
/** Once, from one of its pictures on. */
export const playedOnce =
  (clip: Clip, from: number): Film =>
  (moment) =>
    from + turnOf(moment) < clip.length ? clip.at(from + turnOf(moment)) : undefined;

/** One after the other. */
export function inARow(clips: readonly Clip[]): Clip {
  const length = clips.reduce((sum, clip) => sum + clip.length, 0);
  return {
    length,
    at(turn) {
      let rest = turn;
      for (const clip of clips) {
        if (rest < clip.length) return clip.at(rest);
        rest -= clip.length;
      }
      throw new RangeError(`${turn} of ${length} pictures`);
    },
  };
}
