import { type Damage, damaged, READING_BYTES } from './damage.ts';

/** What a cheap cable and a slow reader do to a reply, reproducibly. */
export type LineHabits = {
  /** What happens to the next reading, and to no other. */
  damage?: Damage | undefined;
  /** Random bytes before and behind each reply, some of which look like the beginning of a frame. */
  noise: boolean;
  /** Replies come in pieces. */
  readonly split: boolean;
  /** Pause before each reply, milliseconds. */
  readonly slowMs: number;
};

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @returns the pieces in which a reply goes out, to be written with a short pause after each */
export function spoil(reply: Uint8Array, habits: LineHabits, random: () => number): readonly Uint8Array[] {
  const sent = damageOnce(reply, habits);
  const bytes = habits.noise ? Buffer.concat([noise(random), sent, noise(random)]) : sent;
  if (!habits.split) return [bytes];
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + Math.floor(random() * 200);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** Up to 40 bytes; one time in two with four fifths of a preamble, never with a whole one. */
function noise(random: () => number): Uint8Array {
  const bytes = Array.from({ length: Math.floor(random() * 36) }, () => Math.floor(random() * 256));
  if (random() < 0.5) bytes.push(0xaa, 0xaa, 0xaa, 0x96);
  return Uint8Array.from(bytes.map((byte) => (byte === 0x69 ? 0x68 : byte)));
}

function damageOnce(reply: Uint8Array, habits: LineHabits): Uint8Array {
  const { damage } = habits;
  if (!damage || reply.length < READING_BYTES) return reply;
  habits.damage = undefined;
  return damaged(reply, damage);
}
