/** What in a text is no plain character, from `from` to before `to`. */
export type Token = FormulaToken | EscapeToken | PlainToken;
type At = { readonly from: number; readonly to: number };
type FormulaToken = At & { readonly is: 'formula'; readonly tex: string; readonly display: boolean };
/** `\\(` and its like: what is shown of it is its `text`. */
type EscapeToken = At & { readonly is: 'escape'; readonly text: string };
type PlainToken = At & { readonly is: 'bar' | 'line-end' };

/** A formula that is longer is none: somebody forgot to close it. */
export const LONGEST_FORMULA = 2_000;

/** A backslash takes the character behind it with it, so that `\\)` ends nothing. */
const MARK = /\\[^\r\n]|\$\$|\||\r\n?|\n/g;

const CLOSING: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' };

type Mark = At & { readonly mark: string };

/** The tokens of a text in order, in time that grows with its length. What is opened and not closed is plain. */
export function tokensOf(text: string): readonly Token[] {
  const marks = [...text.matchAll(MARK)].map(({ 0: mark, index }) => ({ mark, from: index, to: index + mark.length }));
  const closedAt = closings(text, marks);
  const tokens: Token[] = [];
  for (let at = 0; at < marks.length; at++) {
    const open = marks[at] as Mark;
    const end = marks[closedAt[at] ?? -1];
    const tex = end ? text.slice(open.to, Math.min(end.from, open.to + LONGEST_FORMULA + 1)) : '';
    if (end && tex.length <= LONGEST_FORMULA && tex.trim() !== '') {
      tokens.push({ is: 'formula', from: open.from, to: end.to, tex, display: open.mark !== '\\(' });
      at = closedAt[at] as number;
      continue;
    }
    const token = plainToken(text, open);
    if (token) tokens.push(token);
  }
  return tokens;
}

/** What a mark is that opens no formula. */
function plainToken(text: string, { mark, from, to }: Mark): Token | undefined {
  if (mark === '|') return { is: 'bar', from, to };
  if (/^[\r\n]/.test(mark)) return { is: 'line-end', from, to };
  const next = text[to] ?? '';
  if ((mark === '\\\\' && (next === '(' || next === '[')) || (mark === '\\$' && next === '$'))
    return { is: 'escape', from, to: to + 1, text: mark.slice(1) + next };
  return mark === '\\|' ? { is: 'escape', from, to, text: '|' } : undefined;
}

/** Of each mark that opens a formula the mark that closes it. A blank line ends what was not closed before it. */
function closings(text: string, marks: readonly Mark[]): readonly (number | undefined)[] {
  const closedAt: (number | undefined)[] = new Array(marks.length);
  let next: Readonly<Record<string, number | undefined>> = {};
  for (let at = marks.length - 1; at >= 0; at--) {
    const { mark, to } = marks[at] as Mark;
    const after = marks[at + 1];
    const isLineEnd = /^[\r\n]/.test(mark);
    if (isLineEnd && after && /^[\r\n]/.test(after.mark) && text.slice(to, after.from).trim() === '') next = {};
    const closing = CLOSING[mark];
    if (closing !== undefined) closedAt[at] = next[closing];
    if (mark === '\\)' || mark === '\\]' || mark === '$$') next = { ...next, [mark]: at };
  }
  return closedAt;
}
