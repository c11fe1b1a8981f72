import { z } from 'zod';
import { Sha256 } from './ids.ts';
import { Localized } from './localized.ts';

/**
 * A picture of an item, named by what its bytes hash to: whoever signs or hashes the item has the picture in it. The bytes
 * travel apart from the text.
 */
export const Picture = z
  .object({
    hash: Sha256,
    /** What it shows, for whoever cannot see it; none where saying it would answer the question. */
    alt: Localized.optional(),
  })
  .readonly();
export type Picture = z.infer<typeof Picture>;

/** In the order in which they are seen. */
export const Pictures = z.array(Picture).min(1).max(6).readonly();

/** A text with the pictures that belong to it. */
type Illustrated = { readonly pictures?: readonly Picture[] | undefined };

/** More than a screen can show of one picture. */
export const PICTURE_MAX_BYTES = 4_000_000;

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/** How files of a kind begin, in hexadecimal. */
const STARTS: readonly (readonly [PictureType, RegExp])[] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^47494638(37|39)61/],
  ['image/webp', /^52494646.{8}57454250/],
];

/** What every browser shows and what runs nothing: a drawing in SVG, which may, is none of these. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const start = Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return STARTS.find(([, pattern]) => pattern.test(start))?.[0];
}

/** Every picture that items show, once. */
export const picturesOf = (
  items: Iterable<
    Illustrated & {
      readonly passage?: Illustrated | undefined;
      readonly premises?: readonly Illustrated[] | undefined;
      readonly options: readonly Illustrated[];
    }
  >,
): ReadonlySet<Sha256> =>
  new Set(
    [...items]
      .flatMap((item) => [item.passage ?? {}, item, ...(item.premises ?? []), ...item.options])
      .flatMap(({ pictures = [] }) => pictures.map(({ hash }) => hash)),
  );
