import { parseContent } from '../../contract/content/parse.ts';
import { fold, isBlank } from './cells.ts';
import { tidyContent } from './content.ts';
import { type Reading, read, refuse } from './problems.ts';
import { asksForPicture } from './spoken-pictures.ts';

/** A number a stem begins with, before it is known whether it numbers the question or belongs to the text. */
type Lead = {
  readonly number: number;
  /** Typed as digits; a scanner reads 172 as i72. */
  readonly clean: boolean;
  /** What separates it from the text: marks, blanks, or nothing. */
  readonly mark: string;
  readonly rest: string;
};

const LEAD = /^\s*([il|]?\d{1,4})([\s.、,:。・·;)﹑]*)/;
/** Words that make the number before them a quantity: 36伏, 24小时, 2009年. */
const MEASURE = /^[年月日号时分秒周天小个人名次台套倍度米吨级层种类项条款相线伏安瓦兆千毫公厘克升%℃°]/;
const WORD = /^[a-z0-9%℃°Ω]/i;

function readLead(stem: string | undefined): Lead | undefined {
  const found = stem === undefined ? null : LEAD.exec(fold(stem));
  if (!found || stem === undefined) return undefined;
  const [whole, digits = '', mark = ''] = found;
  const clean = /^\d/.test(digits);
  return { number: Number(digits.replace(/[il|]/, '1')), clean, mark, rest: stem.slice(whole.length) };
}

const isMarked = ({ mark }: Lead): boolean => /\S/.test(mark);

/** A mark that stands between a number and a text, and not inside a decimal or a list of numbers. */
function isPlain(lead: Lead): boolean {
  if (!lead.clean || !isMarked(lead)) return false;
  const rest = fold(lead.rest);
  return !/^\d/.test(rest) || /\S\s+$/.test(lead.mark) || /^\d{4}年/.test(rest);
}

/** Whether the numbers of the stems before and behind show that this one counts questions. */
function isInSequence(lead: Lead, stems: readonly string[], at: number): boolean {
  const before = readLead(stems[at - 1]);
  const behind = readLead(stems[at + 1]);
  const neighbours = [
    ...(before?.number === lead.number - 1 ? [before] : []),
    ...(behind?.number === lead.number + 1 ? [behind] : []),
  ];
  if (isMarked(lead)) return neighbours.length > 0;
  const rest = fold(lead.rest);
  // Without a mark 35KV stays 35KV, wherever it stands.
  if (lead.mark === '' && WORD.test(rest)) return false;
  return (
    neighbours.length === 2 || neighbours.some(({ mark }) => mark !== '' && !MEASURE.test(rest) && !WORD.test(rest))
  );
}

/** Excel's sign for "this is text", typed behind the number where it no longer is one. */
const withoutTextSign = (rest: string): string => (/^'[^']*$/.test(rest) ? rest.slice(1) : rest);

type Unnumbered = { readonly text: string; readonly repaired: boolean };

/** The stem without its number, and whether the number was written in an odd way. */
function withoutNumber(stems: readonly string[], at: number): Unnumbered {
  const stem = stems[at] ?? '';
  // What a table begins with is a cell.
  const lead = parseContent(stem)[0]?.kind === 'table' ? undefined : readLead(stem);
  if (!lead || (!isPlain(lead) && !isInSequence(lead, stems, at))) return { text: stem, repaired: false };
  // Numbered twice: 54.54、 or 132.326.
  const again = readLead(lead.rest);
  if (again && isPlain(again) && /^[.、]/.test(again.mark)) return { text: again.rest, repaired: true };
  const text = withoutTextSign(lead.rest);
  return { text, repaired: lead.mark === '' || !lead.clean || text !== lead.rest };
}

/** A page break in the source leaves one question in two rows: 7、… / (rest) / 8、… */
function isTornAfter(stems: readonly string[], at: number): boolean {
  const stem = stems[at];
  const number = readLead(stem)?.number;
  const rest = stems[at + 1];
  if (stem === undefined || number === undefined || rest === undefined || readLead(rest)) return false;
  const next = stems[at + 2];
  if (readLead(next)?.number !== number + 1 || isBlank(rest)) return false;
  return !/[。．.？?！!）)：:”"》…]\s*$/.test(stem);
}

/** A row whose options slipped into the stem's column. */
function isOptionsOnly(stem: string): boolean {
  const text = fold(stem);
  const second = text.search(/B\s*[.、:]/);
  return second > 0 && /^\s*A\s*[.、:]/.test(text) && /C\s*[.、:]/.test(text.slice(second));
}

/**
 * The stem at a place among the stems of its sheet.
 * @param illustrated whether the picture it may speak of is there
 */
export function readStem(stems: readonly string[], at: number, illustrated = false): Reading<string> {
  const { text, repaired } = withoutNumber(stems, at);
  // The script that put ** in front of option letters also hit letters of stems: MP**A.
  const clean = text.replace(/\*\*(?=[A-L])/g, '');
  const stem = tidyContent(clean);
  if (stem === '' || isOptionsOnly(stem)) return refuse('stem-missing');
  if (isTornAfter(stems, at) || isTornAfter(stems, at - 1)) return refuse('stem-torn');
  if (!illustrated && asksForPicture(stem)) return refuse('picture-needed');
  return read(stem, repaired || clean !== text);
}

const ENDS_IN_ANSWER = /[(（[【]\s*([A-La-l√✓×✗TF对错是否正确误]{1,12})\s*[)）\]】](\s*[。．.？?！!]?\s*)$/u;

/**
 * A stem without the answer that somebody left in its last bracket: （B）。 where B is the key. Another letter there is text.
 * @param isKey whether these marks say what the key says
 */
export function withoutAnswer(stem: string, isKey: (marks: string) => boolean): string {
  const found = ENDS_IN_ANSWER.exec(stem);
  if (!found || !isKey(found[1] ?? '')) return stem;
  return `${stem.slice(0, found.index).trimEnd()}（ ）${(found[2] ?? '').trim()}`;
}
