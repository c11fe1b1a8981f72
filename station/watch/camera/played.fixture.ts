import type { Picture } from '../../../native/face/index.ts';
import { EDITS, type Edit, noisy } from '../../../native/presentation-attacks/index.ts';
import { followFeed } from './feed.ts';

/** Pictures of a second of the clips. */
const CLIP_RATE = 15;

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
