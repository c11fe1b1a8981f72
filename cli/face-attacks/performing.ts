import type { FaceEngine, FaceModels, Picture } from '../../native/face/index.ts';
import { calmPictures, openActor, readPerformer } from '../../native/face/performer/index.ts';
import { type Film, randomFrom, toAndFro } from '../../native/presentation-attacks/index.ts';
import type { Genuine } from './subjects.ts';

/** A person of the clips who does what the screen asks, each time as another seed has it. */
export type Performing = (seed: number) => Film;

/**
 * The pictures of a calm moment, forwards and backwards as no clip is as long as a check-in, each bent into the pose that they take: a
 * simulation, as nobody in a clip is asked for anything. Nothing where they are never calm.
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
    return (moment) => {
      const pose = actor.pose({ gesture: moment.asked, amount: moment.amount }, moment.at);
      return toAndFro({ length: performer.pictures, at: (turn) => performer.shows(turn, pose) }, moment);
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
