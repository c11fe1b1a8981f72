import type { Gesture } from '../../../contract/words/exam.ts';
import { AMOUNTS, wayOf } from '../../../contract/words/gestures.ts';
import { AT_REST, type Pose } from './performer.ts';

/** What the screen says at a moment. */
export type Prompt = { readonly gesture?: Gesture | undefined; readonly amount?: number | undefined };

/** Somebody who does what a screen says, a moment late and as fast as people move. */
export type Actor = {
  /** @param at milliseconds; moments come in their order */
  pose(prompt: Prompt, at: number): Pose;
};

/** Until somebody who reads a new prompt begins, and at most so much later. */
const [REACTS_MS, MORE_MS] = [400, 700];
/** How fast heads turn and come, lids close and mouths open, in a second. */
const SPEED: Pose = { yaw: 50, nearer: 0.4, closed: 5, open: 3 };
/** Lids that were closed on purpose are opened after so long, and closed again after so long where the prompt stays. */
const [LIDS_MS, BLINK_EVERY_MS] = [400, 1_400];
/** How far a head goes at most. */
const MOST_YAW = 54;

/** @param random evenly drawn from 0 to below 1 */
export function openActor(random: () => number): Actor {
  let pose = AT_REST;
  let [gesture, actsFrom, before]: [Gesture | undefined, number, number] = [undefined, 0, 0];
  let aim = 0;
  return {
    pose(prompt, at) {
      if (prompt.gesture !== gesture) {
        gesture = prompt.gesture;
        actsFrom = at + REACTS_MS + random() * MORE_MS;
        aim = gesture ? firstAim(gesture, random) : 0;
      }
      const seconds = (at - before) / 1_000;
      before = at;
      if (at < actsFrom) return pose;
      aim = gesture ? corrected(aim, gesture, prompt.amount, seconds) : 0;
      const wanted = gesture ? poseOf(gesture, aim, at - actsFrom) : AT_REST;
      const towards = (key: keyof Pose): number => {
        const step = SPEED[key] * seconds;
        return pose[key] + Math.min(Math.max(wanted[key] - pose[key], -step), step);
      };
      pose = { yaw: towards('yaw'), nearer: towards('nearer'), closed: towards('closed'), open: towards('open') };
      return pose;
    },
  };
}

/** Where somebody stops who sees what is asked for: somewhere within it, rather too early than too late. */
function firstAim(gesture: Gesture, random: () => number): number {
  const [least, most] = AMOUNTS[gesture] ?? [30, 30];
  return least + (most - least) * (0.1 + random() * 0.3);
}

/** Who sees that the mark is not where it should be goes on towards it. */
function corrected(aim: number, gesture: Gesture, amount: number | undefined, seconds: number): number {
  const [least, most] = AMOUNTS[gesture] ?? [0, 0];
  if (amount === undefined || most === 0) return aim;
  const margin = (most - least) / 8;
  const [pace, limit] = gesture === 'come-closer' ? [0.2, 1.9] : [20, MOST_YAW];
  if (amount < least + margin) return Math.min(aim + pace * seconds, limit);
  return amount > most - margin ? Math.max(aim - pace * seconds, 0) : aim;
}

function poseOf(gesture: Gesture, aim: number, sinceMs: number): Pose {
  const way = wayOf(gesture);
  if (way) return { ...AT_REST, yaw: way === 'left' ? aim : -aim };
  if (gesture === 'come-closer') return { ...AT_REST, nearer: Math.max(aim, 1) };
  if (gesture === 'open-mouth') return { ...AT_REST, open: 1 };
  return { ...AT_REST, closed: sinceMs % BLINK_EVERY_MS < LIDS_MS ? 1 : 0 };
}
