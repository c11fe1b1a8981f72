import { createHash } from 'node:crypto';

/** Even draws from a recorded seed. */
export type Draws = {
  /** A whole number from 0 to `limit` - 1, each as likely. `limit` is at most 2^32. */
  below(limit: number): number;
  /** A new list in random order. */
  shuffled<T>(list: readonly T[]): T[];
};

/**
 * Random numbers that an inspector can redraw years later in any language: the n-th 32-byte block is SHA-256 of
 * `seed ":" n`, read as eight big-endian uint32. Rejection keeps every value equally likely.
 */
export function drawsFrom(seed: string): Draws {
  let block = 0;
  let words: number[] = [];
  const nextWord = (): number => {
    if (words.length === 0) {
      const digest = createHash('sha256').update(`${seed}:${block++}`).digest();
      words = Array.from({ length: 8 }, (_, i) => digest.readUInt32BE(i * 4));
    }
    return words.shift() as number;
  };
  const below = (limit: number): number => {
    const fair = 2 ** 32 - (2 ** 32 % limit);
    for (;;) {
      const word = nextWord();
      if (word < fair) return word % limit;
    }
  };
  return {
    below,
    shuffled(list) {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j] as (typeof out)[number], out[i] as (typeof out)[number]];
      }
      return out;
    },
  };
}
