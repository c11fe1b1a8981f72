/** How guessing is made slow, then pointless: a delay that doubles, then a lock. The station and the shell alike. */
const FREE_TRIES = 3;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;

/** From so many wrong tries on, the right answer alone is not enough. */
export const LOCKED_AFTER = 10;

/** How long the next try has to wait after so many wrong ones. */
export const delayAfter = (failures: number): number =>
  failures < FREE_TRIES ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS);
