import { hash } from 'node:crypto';

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
  let [block, at] = [0, 32];
  let digest: Buffer = Buffer.alloc(0);
  const nextWord = (): number => {
    if (at === 32) {
      digest = hash('sha256', `${seed}:${block++}`, 'buffer');
      at = 0;
    }
    at += 4;
    return digest.readUInt32BE(at - 4);
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
