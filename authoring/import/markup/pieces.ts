import { tidy } from '../cells.ts';

/** What is read of markup, in order, until it is known where lines end. */
export type Piece =
  /** In the line, blanks as they were written. */
  | { readonly is: 'words'; readonly text: string }
  /** A line ends here. */
  | { readonly is: 'break' }
  /** A block begins or ends: what follows has a line of its own. */
  | { readonly is: 'edge' }
  /** What stands before an entry of a list. */
  | { readonly is: 'entry'; readonly mark: string }
  /** The end of an entry, also of one with nothing in it but its mark. */
  | { readonly is: 'end' }
  /** A table, in lines of its own. */
  | { readonly is: 'table'; readonly text: string };

export const words = (text: string): Piece => ({ is: 'words', text });
export const BREAK: Piece = { is: 'break' };
export const EDGE: Piece = { is: 'edge' };
export const END: Piece = { is: 'end' };

/** Stands for a blank that counts, until all others are tidy: a character that no file has. */
const BLANK = '\uE103';
/** A line in which blanks count, such as one of a program; where a single one parts two words the line may still be wrapped. */
export const keptBlanks = (line: string): string =>
  line.replace(/^[ \u00A0]+|[ \u00A0]{2,}/g, (blanks) => BLANK.repeat(blanks.length));
/** What was kept is shown as it is, for a no-break space is never closed up. */
const shown = (text: string): string => text.replaceAll(BLANK, '\u00A0');

const isBlank = (line: string): boolean => tidy(line) === '';

/** The lines of what was read, each tidy, none without words; those of a table are one. */
function linesOf(pieces: readonly Piece[]): readonly string[] {
  const lines: string[] = [];
  let open = '';
  /** Nothing stands in the line yet but marks of entries. */
  let onlyMarks = false;
  const end = (): void => {
    if (!isBlank(open)) lines.push(tidy(open));
    [open, onlyMarks] = ['', false];
  };
  for (const piece of pieces) {
    if (piece.is === 'words') {
      open += piece.text;
      onlyMarks &&= isBlank(piece.text);
    } else if (piece.is === 'entry') {
      if (!onlyMarks) end();
      open += piece.mark;
      onlyMarks = true;
    } else if (piece.is === 'table') {
      end();
      lines.push(piece.text.split('\n').map(tidy).join('\n'));
    } else if (piece.is === 'end' || !onlyMarks) end();
  }
  end();
  return lines;
}

const isTable = (line: string | undefined): boolean => line?.includes('\n') ?? false;

/** As a text of several lines. What has bars would be one more row of a table above it, so that a blank line parts them. */
export const textOfPieces = (pieces: readonly Piece[]): string =>
  shown(
    linesOf(pieces)
      .map((line, at, lines) => (at === 0 ? '' : isTable(lines[at - 1]) && line.includes('|') ? '\n\n' : '\n') + line)
      .join(''),
  );

/** In one line, as a cell or what is raised has it. */
export const lineOfPieces = (pieces: readonly Piece[]): string => linesOf(pieces).join(' ');
