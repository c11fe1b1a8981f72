/** How guessing is made slow: a delay that doubles, and then one that is long. It always ends by itself. The station and the shell alike. */
const FREE_TRIES = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;
/** Four digits take half a year of nights and days at that. */
const LOCKED_MS = 1_800_000;

/** From so many wrong tries on, each costs half an hour. */
export const LOCKED_AFTER = 10;

/** How long the next try has to wait after so many wrong ones. */
export function delayAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  if (failures >= LOCKED_AFTER) return LOCKED_MS;
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS);
}
