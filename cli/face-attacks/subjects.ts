import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import {
  decodeStill,
  type FaceEngine,
  meanDirection,
  picturesIn,
  type Template,
  templateOf,
} from '../../native/face/index.ts';
import { type Clip, inARow, type Subject } from '../../native/presentation-attacks/index.ts';

/** A genuine clip, and what a station would have of the person in it. */
export type Genuine = Subject & {
  /** Clips are named `person_anything`: the first part says who it is. */
  readonly person: string;
  /** Everything of the same person. */
  readonly recordings: Clip;
  /** Of the clip itself: nobody is more like somebody than a picture of that very moment. */
  readonly template: Template;
};

const LOOKS = 6;

/**
 * The clips of a folder (MJPEG) in which one person is seen most of the time; of the others nothing can be made.
 * @throws Refusal `photos-missing` where there is none
 */
export async function readGenuine(engine: FaceEngine, folder: string): Promise<readonly Genuine[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjpeg'));
  const found: Omit<Genuine, 'recordings'>[] = [];
  for (const file of files.toSorted()) found.push(...(await readOne(engine, join(folder, file))));
  if (found.length === 0) throw new Refusal('photos-missing', `${folder} has no clip of one person`);
  return found.map((one) => {
    const others = found.filter(({ person, name }) => person === one.person && name !== one.name);
    return { ...one, recordings: inARow([one, ...others].map(({ clip }) => clip)) };
  });
}

async function readOne(engine: FaceEngine, path: string): Promise<readonly Omit<Genuine, 'recordings'>[]> {
  const name = basename(path, '.mjpeg');
  const files = picturesIn(readFileSync(path));
  const clip: Clip = { length: files.length, at: (turn) => decodeStill(files[turn] as Buffer) };
  const seen = [];
  for (let n = 0; n < Math.min(LOOKS, files.length); n++) {
    const photo = await clip.at(Math.floor(((n + 0.5) * files.length) / LOOKS));
    const { person, faces } = await engine.observe({ ...photo, pixels: photo.pixels.slice() });
    if (person && faces[0]) seen.push({ photo, head: faces[0], embedding: person.embedding });
  }
  const [first] = seen;
  if (!first || seen.length * 2 < LOOKS) return [];
  const template = templateOf(engine.embedder, [meanDirection(seen.map(({ embedding }) => embedding))]);
  return [{ name, person: name.split('_')[0] ?? name, clip, photo: first.photo, head: first.head, template }];
}
