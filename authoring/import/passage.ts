import type { Sha256 } from '../../contract/words/ids.ts';
import type { Picture } from '../../contract/words/pictures.ts';
import { sha256 } from '../../proof/index.ts';
import { tidy } from './cells.ts';

/** A picture in a source; no bytes where the source only speaks of it. */
export type FoundPicture = { readonly bytes: Uint8Array | undefined; readonly alt: string };

/** Ways in which words stand out from others; what is shown has none of them. */
export type Mark = 'underline' | 'dots' | 'bold' | 'italic' | 'colour' | 'highlight';

/** What a piece of a question says: words, and the pictures that belong to them. */
export type Passage = {
  /** A line end is one that the source has: what was only wrapped is joined. */
  readonly text: string;
  /** The same in English, where the source has both. */
  readonly en?: string;
  readonly pictures: readonly FoundPicture[];
  /** It has a table of which it cannot be told what stands under what. */
  readonly tableUnreadable?: boolean;
  /** Parts that nobody sees, or needs, by the name that the format has for them. */
  readonly leftOut?: readonly string[];
  readonly marks?: ReadonlySet<Mark>;
};

/** The bytes of pictures, by what they hash to. */
export type PictureBytes = ReadonlyMap<Sha256, Uint8Array>;
export const NO_PICTURES: PictureBytes = new Map();

export const plain = (text: string): Passage => ({ text, pictures: [] });

/** Stands in a text where a picture stood, until it is known how many there are: a character that no file has. */
export const HERE = '\uE100';

/**
 * A text with a {@link HERE} for each of its pictures. They are shown under it: one that stood inside a sentence leaves a
 * mark there, and so do several, which are numbered.
 */
export function illustrated(text: string, pictures: readonly FoundPicture[]): Passage {
  const [before = '', ...behind] = text.split(HERE);
  const atEdge = tidy(before) === '' || tidy(behind.join('')) === '';
  const mark = (at: number): string => (pictures.length > 1 ? `（图${at + 1}）` : atEdge ? '' : '（见图）');
  return { text: before + behind.map((part, at) => mark(at) + part).join(''), pictures };
}

/** Whether a picture is only spoken of. */
export const lacksPicture = ({ pictures }: Passage): boolean => pictures.some(({ bytes }) => bytes === undefined);

const hashes = new WeakMap<Uint8Array, Sha256>();

function hashOf(bytes: Uint8Array): Sha256 {
  const hash = hashes.get(bytes) ?? sha256(bytes);
  hashes.set(bytes, hash);
  return hash;
}

/** What an item has of the pictures of a passage. */
export function shown({ pictures }: Pick<Passage, 'pictures'>): { readonly pictures?: readonly Picture[] } {
  const named = pictures.flatMap(({ bytes, alt }): Picture[] => {
    const words = tidy(alt);
    return bytes ? [{ hash: hashOf(bytes), ...(words === '' ? {} : { alt: { zh: words } }) }] : [];
  });
  return named.length > 0 ? { pictures: named } : {};
}

/** The bytes behind some passages. */
export const bytesOf = (passages: readonly Pick<Passage, 'pictures'>[]): PictureBytes => {
  const all = passages.flatMap(({ pictures }) => pictures);
  return all.length === 0
    ? NO_PICTURES
    : new Map(all.flatMap(({ bytes }) => (bytes ? [[hashOf(bytes), bytes] as const] : [])));
};

const DATA = /^data:image\/[\w.+-]+;base64,/i;

/** A picture that is written out in its own address. */
export const pictureInAddress = (src: string): Uint8Array | undefined =>
  DATA.test(src) ? Buffer.from(src.replace(DATA, ''), 'base64') : undefined;

/** A path or name as an address writes it; as it stands where it is no address. */
export function unescapeAddress(src: string): string {
  try {
    return decodeURIComponent(src);
  } catch {
    return src;
  }
}
