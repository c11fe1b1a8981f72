import sharp from 'sharp';
import type { Picture } from '../../../native/face/index.ts';
import { followFeed } from './feed.ts';

/** Pictures of a second of the clips. */
const CLIP_RATE = 15;

/** What somebody may do to each picture of a recording, another time each time, so that no two are alike byte by byte. */
export const EDITS = {
  none: (picture) => picture,
  'one bit': ({ pixels, ...size }, turn) => {
    const changed = pixels.slice();
    const at = (turn * 7_919 * 4) % changed.length;
    changed[at] = (changed[at] as number) ^ 1;
    return { ...size, pixels: changed };
  },
  light: ({ pixels, ...size }, turn) => ({ ...size, pixels: brighter(pixels, ((turn * 37) % 13) - 6) }),
  'shift by a pixel': (picture, turn) => shifted(picture, (turn % 3) - 1, (Math.floor(turn / 3) % 3) - 1),
  recompressed: (picture, turn) => recompressed(picture, 60 + ((turn * 11) % 35)),
  noise: ({ pixels, ...size }, turn) => ({ ...size, pixels: noisy(pixels, turn) }),
  'all of these': async (picture, turn) => {
    const moved = shifted(picture, (turn % 3) - 1, (Math.floor(turn / 3) % 3) - 1);
    const lit = { ...moved, pixels: brighter(moved.pixels, ((turn * 37) % 13) - 6) };
    return recompressed(lit, 60 + ((turn * 11) % 35));
  },
} as const satisfies Readonly<Record<string, (picture: Picture, turn: number) => Picture | Promise<Picture>>>;
export type Edit = keyof typeof EDITS;

const brighter = (pixels: Uint8Array, by: number): Uint8Array =>
  pixels.map((value) => Math.min(Math.max(value + by, 0), 255));

/** Noise, another each time. @param deviation its standard deviation, in grey values */
export function noisy(pixels: Uint8Array, turn: number, deviation = 4): Uint8Array {
  const random = randomFrom(turn);
  const widest = deviation * 2.5;
  return pixels.map((value) => Math.min(Math.max(value + (random() + random() - 1) * widest, 0), 255));
}

/** `mulberry32`. */
function randomFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A drawn film, for where no real one is: somebody pale before a wall, who sways, and a sensor's noise over it. */
export function drawnFilm(seed: number, seconds: number): readonly Picture[] {
  const [width, height] = [320, 240];
  return Array.from({ length: Math.round(seconds * CLIP_RATE) }, (_, n) => {
    const [x, y] = [160 + 30 * Math.sin(seed + n / 7), 120 + 9 * Math.sin(seed * 3 + n / 4)];
    const pixels = new Uint8Array(width * height * 4).map((_, at) => {
      const [u, v] = [(at >> 2) % width, Math.floor((at >> 2) / width)];
      const wall = 90 + 30 * Math.sin((u + seed * 50) / 23) * Math.cos(v / 31);
      return Math.hypot((u - x) / 50, (v - y) / 65) < 1 ? 190 - 40 * Math.sin((v - y) / 9) : wall;
    });
    return { width, height, pixels: noisy(pixels, seed * 10_000 + n + 1) };
  });
}

export function shifted({ width, height, pixels }: Picture, across: number, down: number): Picture {
  const words = new Uint32Array(pixels.slice().buffer);
  const inside = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);
  const moved = words.map((_, at) => {
    const [u, v] = [inside((at % width) + across, width), inside(Math.floor(at / width) + down, height)];
    return words[v * width + u] as number;
  });
  return { width, height, pixels: new Uint8Array(moved.buffer) };
}

async function recompressed({ width, height, pixels }: Picture, quality: number): Promise<Picture> {
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .jpeg({ quality })
    .toBuffer();
  const again = await sharp(jpeg).ensureAlpha().raw().toBuffer();
  return { width, height, pixels: new Uint8Array(again) };
}

/**
 * Plays a clip to a feed as a station takes pictures of a camera: one every `everyMs`, not quite in time.
 * @returns what each was taken for, and how many seconds passed until a loop was found, or that nothing moves
 */
export async function played(
  clip: readonly Picture[],
  { seconds, everyMs, edit = 'none', feed = followFeed() }: Playing,
): Promise<{ readonly states: readonly string[]; readonly loopedAfter?: number; readonly stillAfter?: number }> {
  const states: string[] = [];
  let at = 0;
  for (let turn = 1; at < seconds; turn++) {
    const picture = clip[Math.floor(at * CLIP_RATE) % clip.length] as Picture;
    states.push(feed.judge(await EDITS[edit](picture, turn)));
    if (states.at(-1) === 'looped') return { states, loopedAfter: at };
    if (feed.still) return { states, stillAfter: at };
    at += (everyMs * (0.85 + 0.3 * ((turn * 0.618) % 1))) / 1_000;
  }
  return { states };
}
type Playing = {
  readonly seconds: number;
  readonly everyMs: number;
  readonly edit?: Edit;
  readonly feed?: ReturnType<typeof followFeed>;
};

export const secondsOf = (clip: readonly Picture[]): number => clip.length / CLIP_RATE;
/** How often a station takes a picture at check-in, and how often during an exam. */
export const [AT_CHECK_IN_MS, DURING_EXAM_MS] = [110, 330];
