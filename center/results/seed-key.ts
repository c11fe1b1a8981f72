import { sha256 } from '../../proof/index.ts';

const LONGEST = 500;

/**
 * A seed as the database has it. Stations wrote it: no database keeps a NUL, and no index a text of any length. Every seed of a
 * form that was really drawn is its own key.
 */
export const seedKey = (seed: string): string =>
  seed.length <= LONGEST && !seed.includes('\u0000') ? seed : `hash ${sha256(seed)}`;
