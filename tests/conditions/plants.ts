import type { Picture } from '../../native/face/index.ts';
import type { Network } from '../../native/face/networks/network.ts';
import type { Edit } from './edit.ts';
import { lids } from './edits/lids.ts';
import { mask, SURGICAL } from './edits/mask.ts';
import { type Film, filmOf } from './film.ts';
import type { Told } from './told.ts';

/** Something that must be told of. */
export type Plant = {
  readonly name: string;
  readonly films: readonly Film[];
  readonly edit: Edit;
  readonly told: readonly Told[];
  readonly patienceMs: number;
};

const asItIs: Edit = (picture) => picture;

/** A lens that something lies on: of one colour, with a little grain. */
function coveredWith([red, green, blue]: readonly [number, number, number]): Picture {
  const [width, height] = [640, 480];
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const grain = (at * 2_654_435_761) % 5;
    pixels.set([red + grain, green + grain, blue + grain, 255], at);
  }
  return { width, height, pixels };
}
const COVERS = { black: [2, 2, 2], thumb: [90, 30, 25], cloth: [150, 150, 155] } as const;

export async function plantsWith(detector: Network): Promise<readonly Plant[]> {
  const film = (name: string): Promise<Film> => filmOf(detector, `${name}.mjpeg`);
  const people = await Promise.all(['A_again', 'D_eat', 'G_frontal'].map(film));
  const turning = await film('F_turns');
  const turned = { ...turning, pictures: turning.pictures.slice(0, 1), faces: turning.faces.slice(0, 1) };
  const covered = Object.entries(COVERS).map(
    ([name, colour]): Film => ({ name, pictures: [coveredWith(colour)], faces: [undefined] }),
  );
  return [
    { name: 'empty seat', films: [await film('empty_room')], edit: asItIs, told: ['no-face'], patienceMs: 4_000 },
    { name: 'back turned', films: [await film('back_turned')], edit: asItIs, told: ['no-face'], patienceMs: 4_000 },
    {
      name: 'two people',
      films: [await film('FG_two_people')],
      edit: asItIs,
      told: ['several-faces'],
      patienceMs: 2_500,
    },
    { name: 'covered lens', films: covered, edit: asItIs, told: ['camera-covered', 'no-face'], patienceMs: 4_000 },
    { name: 'looking away', films: [turned], edit: asItIs, told: ['looking-away', 'no-face'], patienceMs: 10_000 },
    { name: 'eyes shut', films: people, edit: lids, told: ['eyes-closed'], patienceMs: 12_000 },
    { name: 'mask put on', films: people, edit: mask(SURGICAL), told: ['face-covered', 'no-face'], patienceMs: 10_000 },
  ];
}
