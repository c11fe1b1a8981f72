import type { Gesture } from './exam.ts';

type Range = readonly [least: number, most: number];

/** How far from rest a head is turned, in degrees, where it is shown how far; and how many times as large a face becomes. */
const LITTLE: Range = [12, 20];
const FAR: Range = [22, 42];
const NEARER: Range = [1.25, 1.8];

/** How much of it is made: what is measured must stay within this for a moment. Of other gestures any amount will do. */
export const AMOUNTS: Readonly<Partial<Record<Gesture, Range>>> = {
  'turn-left-little': LITTLE,
  'turn-left-far': FAR,
  'turn-right-little': LITTLE,
  'turn-right-far': FAR,
  'come-closer': NEARER,
};

/** Of a turn: which way, by the person's own left and right. */
export const wayOf = (gesture: Gesture): 'left' | 'right' | undefined =>
  gesture.startsWith('turn-left') ? 'left' : gesture.startsWith('turn-right') ? 'right' : undefined;
