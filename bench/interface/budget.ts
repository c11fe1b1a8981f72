import type { Bundle } from './bundle.ts';

/**
 * How heavy the page may become before somebody has to say here that it is worth it. Of all, most is letters in slices, of which a
 * screen reads some, what reads documents, which only a course asks for, and what draws formulas, with letters for them. What a proctor
 * sees of a face and its score is worth one kilobyte of it.
 */
export const BUDGET: Bundle = {
  first: { files: 3, bytes: 875_000, gzipBytes: 277_000 },
  all: { files: 115, bytes: 7_900_000, gzipBytes: 5_750_000 },
};
