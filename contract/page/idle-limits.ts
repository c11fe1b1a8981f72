/** Whoever walks away leaves no name on the screen, and the seat to the next. How long each screen waits, in milliseconds. */
export const IDLE_LIMITS = {
  choosing: 120_000,
  consenting: 300_000,
  enrolling: 300_000,
  waiting: 300_000,
  refused: 900_000,
  recorded: 180_000,
  /** A course whose learner is gone is handed in: no proctor may be near who would do it. */
  'course-paused': 600_000,
} as const;

/** Whoever still reads a result keeps it by touching the screen, and no longer than this: the next one waits. */
export const RESULT_AT_MOST_MS = 600_000;
