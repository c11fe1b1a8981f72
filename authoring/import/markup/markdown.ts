import { Marked } from 'marked';
import { tokensOf } from '../../../contract/content/tokens.ts';
import { Unreadable } from './unread.ts';

/** With the tables of GitHub, as Moodle's Markdown has them. */
const marked = new Marked({ gfm: true, breaks: false, async: false });

/** What a question says is shorter by far; how long a reading takes may grow faster than a text. */
const LONGEST = 100_000;
/** Runs of stars and underlines, each of which is held against all others. */
const MOST_RUNS = 1_000;

/** Stands for a formula while Markdown is read, which would take its underlines and backslashes for its own. */
const FORMULA = '\uE104';

/** A text in Markdown as HTML, its formulas as they were written. @throws Unreadable where it is too long to be a question */
export function htmlOfMarkdown(text: string): string {
  if (text.length > LONGEST || (text.match(/[*_]+/g)?.length ?? 0) > MOST_RUNS) throw new Unreadable('markdown');
  if (text.includes(FORMULA)) throw new Unreadable('U+E104');
  const formulas: string[] = [];
  let done = 0;
  let marks = '';
  for (const token of tokensOf(text)) {
    if (token.is !== 'formula') continue;
    marks += `${text.slice(done, token.from)}${FORMULA}${formulas.length}${FORMULA}`;
    formulas.push(text.slice(token.from, token.to));
    done = token.to;
  }
  const html = parsed(marks + text.slice(done));
  return html.replace(new RegExp(`${FORMULA}(\\d+)${FORMULA}`, 'g'), (_, at: string) =>
    escaped(formulas[Number(at)] ?? ''),
  );
}

function parsed(markdown: string): string {
  try {
    return marked.parse(markdown) as string;
  } catch (error) {
    // Quotes in quotes, or lists in lists, thousands deep.
    if (error instanceof RangeError) throw new Unreadable('markdown');
    throw error;
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
