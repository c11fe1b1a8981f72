import type { Locale } from '../../../contract/words/localized.ts';
import type { FoundPicture, Mark } from '../passage.ts';

/** The picture at an address, where the source has it. */
export type Find = (src: string) => Uint8Array | undefined;

/** What is noted while a piece of markup is read, besides its words. */
export type Notes = {
  readonly find: Find;
  /** Of what is there in several languages, the one that is read. */
  readonly locale: Locale;
  readonly pictures: FoundPicture[];
  readonly leftOut: Set<string>;
  readonly marks: Set<Mark>;
  /** How many parts are there in each language. */
  readonly parts: Record<Locale, number>;
  tableUnreadable: boolean;
};

export const newNotes = (find: Find, locale: Locale): Notes => ({
  ...{ find, locale, pictures: [], leftOut: new Set(), marks: new Set() },
  ...{ parts: { zh: 0, en: 0 }, tableUnreadable: false },
});

/** What holds for an element from those that it is in. */
export type Around = {
  /** Who wants blanks and line ends as they stand, or line ends alone. */
  readonly kept: 'all' | 'lines' | undefined;
  readonly quotes: number;
  readonly lists: number;
  /** It has a ground of a colour, on which white can be read. */
  readonly onGround: boolean;
};

export const PAGE: Around = { kept: undefined, quotes: 0, lists: 0, onGround: false };
