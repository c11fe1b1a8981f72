import type { Instant } from '../../contract/words/ids.ts';
import { instant } from '../../contract/words/ids.ts';

/**
 * Where a list goes on: behind a record (`older`) or before it (`newer`), wherever that has got to by then. Found by an index, so
 * that the last page costs what the first does. `page` is what the page is called: records that come in meanwhile move nothing.
 */
export type Cursor = {
  readonly toward: 'older' | 'newer';
  readonly page: number;
  readonly at: Instant;
  readonly logIndex: number;
};

/** The first page, which has the newest, or where a cursor says. */
export type Place = 1 | Cursor;

const WRITTEN = /^([on])(\d{1,9})\.(-?\d{1,15})\.(\d{1,15})$/;

/** For an address. Nobody needs to know what is in it. */
export const writeCursor = ({ toward, page, at, logIndex }: Cursor): string =>
  Buffer.from(`${toward[0]}${page}.${Date.parse(at)}.${logIndex}`).toString('base64url');

/** The first page, where it is no cursor. */
export function readPlace(text: string): Place {
  const [, toward, page, at, logIndex] = Buffer.from(text, 'base64url').toString('latin1').match(WRITTEN) ?? [];
  const time = new Date(Number(at));
  const year = time.getUTCFullYear();
  if (!toward || !(year >= 1 && year <= 9999) || Number(page) < 1) return 1;
  return {
    toward: toward === 'o' ? 'older' : 'newer',
    ...{ page: Number(page), at: instant(time), logIndex: Number(logIndex) },
  };
}
