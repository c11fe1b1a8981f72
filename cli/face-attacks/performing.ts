import type { FaceEngine, FaceModels, Picture } from '../../native/face/index.ts';
import {
  calmPictures,
  openActor,
  type Performer,
  ROOM,
  readPerformer,
  relighting,
  zonesOf,
} from '../../native/face/performer/index.ts';
import { type Film, type Moment, randomFrom, sensed, toAndFro } from '../../native/presentation-attacks/index.ts';
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
  const performer = await readPerformer(models, stretch.length < LEAST_TO_MOVE ? stretch.slice(0, 1) : stretch);
  return (seed) => {
    const actor = openActor(randomFrom(seed));
    const lit = inTheLight(performer, seed);
    return (moment) => {
      const pose = actor.pose({ gesture: moment.asked, amount: moment.amount }, moment.at);
      const at = (turn: number) => lit(turn, performer.shows(turn, pose), moment);
      const clip = { length: performer.pictures, at };
      // One picture without the noise of a camera is no camera's.
      return clip.length === 1 ? sensed(at(0), seed, moment.at) : toAndFro(clip, moment);
    };
  };
}

/** Fewer pictures, forwards and backwards, would be a head that shakes faster than any does: then one stands for all. */
const LEAST_TO_MOVE = 8;

/** As the screen shines on them. */
function inTheLight(performer: Performer, seed: number) {
  const see = relighting({ ...ROOM, noise: 0 }, randomFrom(seed));
  return (turn: number, picture: Picture, { shone }: Moment): Picture =>
    shone ? see(picture, zonesOf(picture, performer.faceIn(turn)), shone) : picture;
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
