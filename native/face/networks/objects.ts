import { withoutOverlaps } from '../picture/boxes.ts';
import { type Picture, type Region, resizeToBgr } from '../picture/pixels.ts';
import { type Network, planes, valuesOf } from './network.ts';
import { withScratch } from './scratch.ts';

/** Things that YOLOX was taught to see and a proctor may want to know of. */
export type Thing = {
  readonly kind: 'person' | 'cell-phone' | 'laptop' | 'book';
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const SIDE = 416;
const FIELDS = 85;
const PAD = 114;
const OVERLAP = 0.45;
/**
 * How sure the network must be. Of phones it hardly ever is: what it takes for one a little counts only where it does so again
 * (`judge/phones.ts`).
 */
const LEAST: Readonly<Record<Thing['kind'], number>> = { person: 0.4, 'cell-phone': 0.35, laptop: 0.4, book: 0.4 };
const KINDS = new Map<number, Thing['kind']>([
  [0, 'person'],
  [63, 'laptop'],
  [67, 'cell-phone'],
  [73, 'book'],
]);

/** What of the picture is looked at, all of it unless it says so, and how sure the network must be of anything. */
export type ThingsWish = { readonly region?: Region; readonly least?: number };

/** YOLOX-nano. Weak on phones: a hint for a person, never a finding. */
export async function findThings(
  network: Network,
  picture: Picture,
  { region = { x: 0, y: 0, width: picture.width, height: picture.height }, least }: ThingsWish = {},
): Promise<readonly Thing[]> {
  const scale = SIDE / Math.max(region.width, region.height);
  const [width, height] = [Math.round(region.width * scale), Math.round(region.height * scale)];
  const outputs = await withScratch(3 * SIDE * SIDE, (out) =>
    network(resizeToBgr(picture, region, width, height, SIDE, SIDE, { out, around: PAD }), planes(SIDE, SIDE)),
  );
  const found = decode(valuesOf(outputs, 'output'), scale, least);
  const things = withoutOverlaps(found, OVERLAP, (p, q) => p.kind === q.kind);
  return things.map((thing) => ({ ...thing, x: thing.x + region.x, y: thing.y + region.y }));
}

function decode(values: Float32Array, scale: number, wanted: number | undefined): Thing[] {
  const floor = wanted ?? Math.min(...Object.values(LEAST));
  const things: Thing[] = [];
  let row = 0;
  for (const stride of [8, 16, 32]) {
    const columns = SIDE / stride;
    for (let cell = 0; cell < columns * columns; cell++, row++) {
      const at = row * FIELDS;
      // Nothing is surer than that there is something at all.
      if (!((values[at + 4] as number) >= floor)) continue;
      const value = (field: number): number => values[at + field] as number;
      for (const [index, kind] of KINDS) {
        const score = value(4) * value(5 + index);
        // Written so that a NaN from the network is nothing.
        if (!(score >= (wanted ?? LEAST[kind]))) continue;
        const width = (Math.exp(value(2)) * stride) / scale;
        const height = (Math.exp(value(3)) * stride) / scale;
        const x = (((cell % columns) + value(0)) * stride) / scale - width / 2;
        const y = ((Math.floor(cell / columns) + value(1)) * stride) / scale - height / 2;
        things.push({ kind, score, x, y, width, height });
      }
    }
  }
  return things;
}
