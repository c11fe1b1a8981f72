/** Whoever walks away leaves no name on the screen, and the seat to the next. How long each screen waits, in milliseconds. */
export const IDLE_LIMITS = {
  consenting: 300_000,
  enrolling: 300_000,
  /** Long enough for a proctor to come. */
  refused: 600_000,
  recorded: 180_000,
} as const;
