import { closeSync, openSync, readSync } from 'node:fs';
import { type Reason, Refusal } from '../contract/words/reasons.ts';

const STEP = 1 << 20;

/**
 * A file, whole, if it has no more than so many bytes: also one that says nothing of its size, or grows while it is read.
 * @throws Refusal of this reason where it has more; Error where there is none
 */
export function readUpTo(path: string, most: number, reason: Reason): Buffer {
  const file = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let length = 0; ; ) {
      const piece = Buffer.allocUnsafe(STEP);
      const read = readSync(file, piece, 0, STEP, null);
      if (read === 0) return Buffer.concat(pieces);
      length += read;
      if (length > most) throw new Refusal(reason, `${path} has more than ${most} bytes`);
      pieces.push(piece.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/** Of files that commands read whole. */
export const FILE_MOST = {
  /** A bank with its pictures. */
  bank: 500_000_000,
  /** What somebody wrote by hand: lists, policies, courses, terminals. */
  text: 4_000_000,
  /** A proof of ten thousand results, an audit log of years: their text has to fit into one. */
  signed: 400_000_000,
  /** As the inbox of a station takes it. */
  package: 400_000_000,
} as const;
