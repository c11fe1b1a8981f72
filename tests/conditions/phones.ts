import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stillFolder } from '../../native/face/feeds.fixture.ts';
import { decodeStill, type Picture } from '../../native/face/index.ts';
import type { Network } from '../../native/face/networks/network.ts';
import { findThings, type Thing } from '../../native/face/networks/objects.ts';
import { overlap } from '../../native/face/picture/boxes.ts';
import type { Region } from '../../native/face/picture/pixels.ts';
import type { Condition } from './conditions.ts';
import type { Edit } from './edit.ts';
import { type CutOut, phone } from './edits/phone.ts';
import type { Film } from './film.ts';

/** Phones on photos of COCO whose licences allow it, and where they are there. */
const CUT_OUTS: readonly (readonly [file: string, region: Region, phoneLength: number])[] = [
  ['000000168974.jpg', { x: 85, y: 265, width: 170, height: 100 }, 66],
  ['000000229358.jpg', { x: 334, y: 140, width: 50, height: 60 }, 18],
  ['000000547336.jpg', { x: 170, y: 420, width: 45, height: 45 }, 30],
  ['000000234748.jpg', { x: 285, y: 122, width: 75, height: 75 }, 16],
];
/** A phone is as long as a face is wide, nearly; nearer to the camera it is longer. */
const LENGTHS = [70, 100, 130];
const LOOKS_IN_5_S = 15;

const cutOuts = (): Promise<CutOut[]> =>
  Promise.all(
    CUT_OUTS.map(async ([file, region, phoneLength]) => {
      const picture = await decodeStill(readFileSync(join(stillFolder, 'proctoring/phone', file)));
      return { picture, region, phoneLength };
    }),
  );

/** How the network is shown a picture: at the size it was trained for, and that of two overlapping parts of it as well. */
const WAYS = {
  whole: () => [undefined],
  'whole and two parts': ({ width, height }: Picture) => {
    const side = Math.min(416, width, height);
    return [undefined, { x: 0, y: height - side }, { x: width - side, y: height - side }].map(
      (corner) => corner && { ...corner, width: side, height: side },
    );
  },
} as const;
type Way = keyof typeof WAYS;

/** Everything that could be a phone, however unsure. */
const LEAST = 0.1;
async function phonesIn(network: Network, picture: Picture, way: Way): Promise<readonly Thing[]> {
  const found: Thing[] = [];
  for (const region of WAYS[way](picture))
    found.push(...(await findThings(network, picture, { least: LEAST, ...(region ? { region } : {}) })));
  return found.filter(({ kind }) => kind === 'cell-phone');
}

/** A phone is told of where two of so many looks for things show one at the same place. */
const AMONG = 4;
const SAME_PLACE = 0.3;
function isTold(looks: readonly (readonly Thing[])[], score: number): boolean {
  const sure = looks.map((things) => things.filter((thing) => thing.score >= score));
  return sure.some((things, n) => {
    const before = sure.slice(Math.max(0, n - AMONG + 1), n).flat();
    return things.some((thing) => before.some((other) => overlap(thing, other) > SAME_PLACE));
  });
}

export type PhoneRow = {
  readonly way: Way;
  /** One look in so many looks for things. */
  readonly every: number;
  readonly score: number;
  /** Planted clips of which it is told within five seconds. */
  readonly found: number;
  readonly clips: number;
  /** Films of people without one, each as it was taken and edited, of which it is told. */
  readonly false: number;
  readonly films: number;
};

type Looks = readonly (readonly Thing[])[];

/** Each cut-out, longer and shorter, at each side of three people. */
async function plantedClips(films: readonly Film[]) {
  const edits = (await cutOuts()).flatMap((cutOut) =>
    LENGTHS.flatMap((length) => ([-1, 1] as const).map((side) => phone(cutOut, length, side))),
  );
  const filmAt = (n: number): Film => films[n % films.length] as Film;
  return edits.flatMap((edit, n) => [0, 1, 2].map((m) => ({ film: filmAt(n * 7 + m * 5), edit })));
}

/**
 * For each way of looking, how often, and each score: how many planted clips and how many films of people without a phone it
 * tells of.
 */
export async function phoneRows(
  network: Network,
  films: readonly Film[],
  conditions: readonly Condition[],
): Promise<readonly PhoneRow[]> {
  const clips = await plantedClips(films);
  const genuine = films.flatMap((film) => conditions.map(({ edit }) => ({ film, edit })));
  const rows: PhoneRow[] = [];
  for (const way of Object.keys(WAYS) as Way[]) {
    const withPhone = await inTurn(clips, ({ film, edit }) => looksAt(network, film, edit, way));
    const without = await inTurn(genuine, ({ film, edit }) => looksAt(network, film, edit, way));
    for (const every of [1, 2, 3])
      for (const score of [0.4, 0.35, 0.3, 0.2, 0.15]) {
        const told = (all: readonly Looks[]): number =>
          all.filter((looks) => isTold(inFiveSeconds(looks, every), score)).length;
        const counts = { found: told(withPhone), clips: clips.length, false: told(without), films: genuine.length };
        rows.push({ way, every, score, ...counts });
      }
  }
  return rows;
}

async function looksAt(network: Network, film: Film, edit: Edit, way: Way): Promise<Looks> {
  const looks: (readonly Thing[])[] = [];
  for (const [n, picture] of film.pictures.slice(0, LOOKS_IN_5_S).entries())
    looks.push(await phonesIn(network, edit(picture, film.faces[n], n), way));
  return looks;
}

/** A film that is shorter is played again. */
const inFiveSeconds = (looks: Looks, every: number): Looks =>
  Array.from({ length: LOOKS_IN_5_S }, (_, n) => looks[n % looks.length] ?? []).filter((_, n) => n % every === 0);

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const one of all) results.push(await work(one));
  return results;
}

export const phonesInWords = (rows: readonly PhoneRow[]): string =>
  rows
    .map(
      ({ way, every, score, found, clips, false: wrong, films }) =>
        `| ${way} | ${every} | ${score} | ${found} of ${clips} | ${wrong} of ${films} |`,
    )
    .join('\n');
