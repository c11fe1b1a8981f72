/** A row of a CSV file: its cells, and which of them cannot be told apart. */
export type CsvRow = {
  readonly cells: readonly string[];
  /** From this cell on quotes are set so that it cannot be told where one ends. */
  readonly brokenFrom: number | undefined;
};

/**
 * The rows of a CSV file (RFC 4180), with lines that end in any way. A quote inside a cell stands for itself, as it does in Excel. Of one
 * that begins a cell and does not end it, only its own line is broken.
 */
export function* csvRows(text: string, delimiter: string): Generator<CsvRow> {
  let at = 0;
  while (at < text.length) {
    const row = rowAt(text, at, delimiter);
    yield row;
    at = row.end;
  }
}

type Ended<T> = T & { /** Where the next one begins. */ readonly end: number };

function rowAt(text: string, start: number, delimiter: string): Ended<CsvRow> {
  const cells: string[] = [];
  for (let at = start; ; ) {
    const quoted = text[at] === '"' ? quotedAt(text, at, delimiter) : undefined;
    if (text[at] === '"' && !quoted) return brokenRow(text, at, delimiter, cells);
    const end = quoted?.end ?? cellEnd(text, at, delimiter);
    cells.push(quoted?.cell ?? text.slice(at, end));
    if (text[end] !== delimiter) return { cells, brokenFrom: undefined, end: behindBreak(text, end) };
    at = end + 1;
  }
}

/** A cell in quotes; nothing where something else stands behind them, or nothing closes them. */
function quotedAt(text: string, start: number, delimiter: string): { cell: string; end: number } | undefined {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    const next = text[at + 1];
    const isEnd = next === undefined || next === delimiter || next === '\n' || next === '\r';
    return isEnd ? { cell: text.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 } : undefined;
  }
  return undefined;
}

function brokenRow(text: string, at: number, delimiter: string, before: readonly string[]): Ended<CsvRow> {
  const end = lineEnd(text, at);
  const cells = [...before, ...text.slice(at, end).split(delimiter)];
  return { cells, brokenFrom: before.length, end: behindBreak(text, end) };
}

function cellEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

const behindBreak = (text: string, at: number): number => at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1);
