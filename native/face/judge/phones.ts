import type { Observation } from '../engine/observation.ts';
import { overlap } from '../picture/boxes.ts';
import type { Region } from '../picture/pixels.ts';

/**
 * The network is hardly ever sure of a phone, and often takes something for one a little. What it sees at the same place in two
 * of a few looks is worth a glance of a proctor.
 */
export type PhoneLooks = readonly { readonly at: number; readonly phones: readonly Region[] }[];

/** Of so many looks, none of them older than this. */
const [AMONG, MAX_AGE_MS] = [4, 10_000];
/** Held in a hand, it moves by less than half of its size. */
const SAME_PLACE = 0.3;

/** The last looks for things, this one among them if it was one. */
export function withLook(looks: PhoneLooks, { things }: Observation, at: number): PhoneLooks {
  if (!things) return looks;
  const phones = things.filter(({ kind }) => kind === 'cell-phone');
  return [...looks.filter((look) => at - look.at < MAX_AGE_MS), { at, phones }].slice(-AMONG);
}

/** Whether the last of them shows a phone where one before it does. */
export function isSeenAgain(looks: PhoneLooks): boolean {
  const last = looks.at(-1);
  const before = looks.slice(0, -1).flatMap(({ phones }) => phones);
  return last?.phones.some((phone) => before.some((other) => overlap(phone, other) > SAME_PLACE)) ?? false;
}
