import type { Picture } from '../../face/index.ts';
import { type Light, ROOM, relighting, zonesAll } from '../../face/performer/index.ts';
import { randomFrom } from '../random.ts';

/** As the light of a screen falls on all of a picture alike; the same picture where it shines nothing in particular. */
export type ShoneOn = (picture: Picture, shone: Light | undefined) => Picture;

/** @param part of the light that falls on a face before the screen of a lit room */
export function shoneOn(part: number): ShoneOn {
  const see = relighting({ ...ROOM, noise: 0, reach: { ...ROOM.reach, head: part } }, randomFrom(0));
  return (picture, shone) => (shone ? see(picture, zonesAll(picture, 'head'), shone) : picture);
}
