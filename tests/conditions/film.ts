import { personOf } from '../../native/face/clips.fixture.ts';
import { feedNames, framesOf } from '../../native/face/feeds.fixture.ts';
import type { FaceEngine, Observation, Picture } from '../../native/face/index.ts';
import { detectFaces, type FaceBox } from '../../native/face/networks/detector.ts';
import type { Network } from '../../native/face/networks/network.ts';
import type { Edit } from './edit.ts';

/** A feed as it was taken, and where the face is in each picture: edits follow it. */
export type Film = {
  readonly name: string;
  readonly pictures: readonly Picture[];
  readonly faces: readonly (FaceBox | undefined)[];
};

/** Feeds of one person at work each, of whom nothing should be told. */
export const genuineNames = feedNames.filter((name) => personOf(name) !== undefined);

/** Feeds have 15 pictures a second; a station looks three times a second. */
const EVERY = 5;
const LOOK_MS = 1_000 / 3;

export async function filmOf(detector: Network, name: string): Promise<Film> {
  const pictures = (await framesOf(name)).filter((_, n) => n % EVERY === 0);
  return placed(detector, name, pictures);
}

/** @param pictures where the face is not found in one, it is where it was */
async function placed(detector: Network, name: string, pictures: readonly Picture[]): Promise<Film> {
  const faces: (FaceBox | undefined)[] = [];
  for (const picture of pictures) faces.push((await detectFaces(detector, picture))[0] ?? faces.at(-1));
  return { name, pictures, faces };
}

/** What the networks see of each picture of a film once it is edited. */
export async function seenThrough(
  engine: FaceEngine,
  { pictures, faces }: Film,
  edit: Edit,
  depth: 'watch' | 'identify' = 'watch',
): Promise<readonly Observation[]> {
  const seen: Observation[] = [];
  for (const [n, picture] of pictures.entries()) {
    const { width, height, pixels } = edit(picture, faces[n], n);
    // The engine takes the memory along.
    const own = pixels === picture.pixels ? pixels.slice() : pixels;
    // Phones are measured apart (`phones.ts`).
    seen.push(await engine.observe({ width, height, pixels: own }, { depth }));
  }
  return seen;
}

export type Look = { readonly seen: Observation; readonly atMs: number };

/** A film again and again for so long, as a station would look at it. @param filmAt which film is on at that time */
export function* looped(minutes: number, filmAt: (atMs: number) => readonly Observation[]): Generator<Look> {
  for (let n = 1; n * LOOK_MS <= minutes * 60_000; n++) {
    const film = filmAt(n * LOOK_MS);
    const seen = film[n % film.length];
    if (seen) yield { seen, atMs: n * LOOK_MS };
  }
}
