/** A tile of c2sp.org/tlog-tiles: 256 neighbouring hashes, or the first `width` of them where there are no more yet. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** As many hashes as one tile has, and how many levels of the tree it spans. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

const PATH = /^(0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** What follows `/tile/`: `1/x001/x234/067`, `0/273.p/112`. Nothing where it is written otherwise than the one way. */
export function readTilePath(path: string): Tile | undefined {
  const [, level = '', elements = '', partial] = PATH.exec(path) ?? [];
  const index = Number(elements.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const tile = { level: Number(level), index, width };
  const fits = level !== '' && tile.level < 64 && Number.isSafeInteger(index);
  const inRange = partial === undefined || width < TILE_WIDTH;
  return fits && inRange && tilePath(tile) === path ? tile : undefined;
}

export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const elements = (padded.match(/\d{3}/g) ?? []).map((three, at, all) => (at < all.length - 1 ? `x${three}` : three));
  return `${level}/${elements.join('/')}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}
