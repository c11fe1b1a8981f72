import { Refusal } from '../../contract/words/reasons.ts';
import type { Sink } from './xlsx-parts.ts';

/** So much says no honest sheet behind its rows. */
const MOST_TAIL = 40_000_000;

/**
 * What is said of a sheet behind its rows, and needed with the first of them: this looks for it in the text of the part, without reading
 * the rows. ECMA-376 part 1, 18.3.1.
 */
export function startTail(): { readonly sink: Sink; readonly tail: () => string } {
  let [last, tail, isBehind] = ['', '', false];
  const sink: Sink = {
    write(text) {
      const both = last + text;
      const at = isBehind ? -1 : both.search(BEHIND_ROWS);
      if (isBehind) tail += text;
      else if (at >= 0) [isBehind, tail] = [true, both.slice(at)];
      else last = both.slice(-BEHIND_LENGTH);
      if (tail.length > MOST_TAIL) throw new Refusal('not-a-workbook', 'too much behind the rows of a sheet');
    },
    close: () => undefined,
  };
  return { sink, tail: () => tail };
}

const BEHIND_ROWS = /<\/(?:[\w.-]+:)?sheetData\s*>|<(?:[\w.-]+:)?(?:mergeCells|conditionalFormatting)\b/;
/** As much as may be cut between two pieces of text. */
const BEHIND_LENGTH = 200;
