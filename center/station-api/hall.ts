import { Busy } from '../../contract/words/reasons.ts';
import { MEBIBYTE } from '../http/index.ts';

/** Where batches wait for their turn. */
export type Hall = {
  /**
   * Lets one in, with so many bytes.
   * @returns told when it leaves
   * @throws Busy where it is full, or whoever is in there has waited so long that one more would wait in vain
   */
  enter(bytes: number): () => void;
};

/** A station gives up after 15 s. */
const HALL = { most: 512, mostBytes: 256 * MEBIBYTE, longestMs: 8_000 };
/** Not all at one moment. */
const AGAIN_S = { least: 5, more: 10 };

export function openHall({ most, mostBytes, longestMs }: typeof HALL = HALL, now = () => performance.now()): Hall {
  const inside = new Map<symbol, { readonly since: number; readonly bytes: number }>();
  let held = 0;
  const isFull = (bytes: number): boolean => {
    const [first] = inside.values();
    if (!first) return false;
    return inside.size >= most || held + bytes > mostBytes || now() - first.since > longestMs;
  };
  return {
    enter(bytes) {
      if (isFull(bytes)) throw new Busy(AGAIN_S.least + Math.floor(Math.random() * AGAIN_S.more));
      const ticket = Symbol('ticket');
      inside.set(ticket, { since: now(), bytes });
      held += bytes;
      return () => {
        if (inside.delete(ticket)) held -= bytes;
      };
    },
  };
}
