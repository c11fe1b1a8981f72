import type { Mark } from '../passage.ts';

/** What a style makes of the element that has it, besides how it looks. */
export type Style = {
  /** Nobody sees it. */
  readonly hidden: boolean;
  /** It is written in white, which nobody sees where the page is white too. */
  readonly white: boolean;
  readonly struck: boolean;
  readonly block: boolean;
  /** Blanks and line ends as they stand, or the line ends alone. */
  readonly kept: 'all' | 'lines' | undefined;
  readonly raised: 'higher' | 'lower' | undefined;
  /** Of a list: how it is numbered. */
  readonly numbering: string | undefined;
  /** Ways in which it stands out, of which a question may speak. */
  readonly marks: readonly Mark[];
  /** A line under it, as under a gap to fill, and over it. */
  readonly lineUnder: boolean;
  readonly lineOver: boolean;
  /** The first declaration that may change what is said, as it was written. */
  readonly unread: string | undefined;
};
