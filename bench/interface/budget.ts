import type { Bundle } from './bundle.ts';

/** How heavy the page may become before somebody has to say here that it is worth it. */
export const BUDGET: Bundle = {
  first: { files: 3, bytes: 600_000, gzipBytes: 180_000 },
  all: { files: 6, bytes: 650_000, gzipBytes: 195_000 },
};
