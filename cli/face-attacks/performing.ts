import type { FaceEngine, FaceModels, Picture } from '../../native/face/index.ts';
import { calmPictures, openActor, readPerformer } from '../../native/face/performer/index.ts';
import { type Film, randomFrom } from '../../native/presentation-attacks/index.ts';
import type { Genuine } from './subjects.ts';

/** A person of the clips who does what the screen asks, each time as another seed has it. */
export type Performing = (seed: number) => Film;

/** Each picture lasts so long, forwards and backwards, as no clip is as long as a check-in. */
const PICTURE_MS = 1_000 / 15;

/**
 * The pictures of a calm moment one after the other, each bent into the pose that they take: a simulation, as nobody in a clip is
 * asked for anything. Nothing where they are never calm.
 * @throws Refusal `models-missing`, `models-altered`
 */
export async function openPerforming(
  engine: FaceEngine,
  models: FaceModels,
  { clip }: Genuine,
): Promise<Performing | undefined> {
  const pictures: Picture[] = [];
  for (let turn = 0; turn < clip.length; turn++) pictures.push(await clip.at(turn));
  const stretch = longestStretch(pictures, new Set(await calmPictures(engine, pictures, pictures.length)));
  if (stretch.length === 0) return undefined;
  const performer = await readPerformer(models, stretch);
  return (seed) => {
    const actor = openActor(randomFrom(seed));
    return ({ at, asked, amount }) => {
      const turn = Math.floor(at / PICTURE_MS);
      const pose = actor.pose({ gesture: asked, amount }, at);
      return performer.shows(toAndFro(turn, performer.pictures), pose);
    };
  };
}

/** Without a gap: between two moments of a clip somebody may have moved as nobody does from one picture to the next. */
function longestStretch(pictures: readonly Picture[], calm: ReadonlySet<Picture>): readonly Picture[] {
  let [longest, stretch]: [readonly Picture[], readonly Picture[]] = [[], []];
  for (const picture of pictures) {
    stretch = calm.has(picture) ? [...stretch, picture] : [];
    if (stretch.length > longest.length) longest = stretch;
  }
  return longest;
}

const toAndFro = (turn: number, length: number): number => {
  const at = turn % (2 * length);
  return at < length ? at : 2 * length - 1 - at;
};
