import { brokenText, heightOfLines, type Line, type Look, type Page, writeLines } from './write.ts';

/** Where on each page things stand, in points. */
export type Area = { readonly left: number; readonly width: number; readonly top: number; readonly bottom: number };
export type PaperTable = {
  readonly columns: readonly {
    readonly title: string /** Of the width, beside those of the others. */;
    readonly part: number;
  }[];
  readonly rows: readonly (readonly string[])[];
};

const [LINE, PAD] = ['#b8c0cc', 3];
/** So much is free for the heads with a row. */
const HEADED = 48;

/** Where the next thing of some height stands: on another page where this one has no room. */
export function roomOn({ doc }: Page, area: Area, y: number, height: number): number {
  if (y + height <= area.bottom) return y;
  doc.addPage();
  return area.top;
}

/** A row as it is written: of each cell, its lines. */
type Row = readonly (readonly Line[])[];
const HEAD: Look = { size: 8.5, weight: 700 };
const BODY: Look = { size: 8.5, weight: 400 };

/** Its heads again on each page; a row stands whole where a page has room for it. @returns where the next thing may stand */
export function drawTable(page: Page, area: Area, { columns, rows }: PaperTable, top: number): number {
  const all = columns.reduce((sum, { part }) => sum + part, 0);
  const widths = columns.map(({ part }) => (area.width * part) / all);
  const broken = (cells: readonly string[], look: Look): Row =>
    cells.map((cell, at) => brokenText(page, cell, (widths[at] as number) - 2 * PAD, look));
  const line = (cells: Row, y: number, look: Look): number => {
    let [x, end] = [area.left, y];
    for (const [at, lines] of cells.entries()) {
      const width = widths[at] as number;
      end = Math.max(end, writeLines(page, lines, { x: x + PAD, y: y + PAD, width: width - 2 * PAD }, look));
      x += width;
    }
    page.doc
      .moveTo(area.left, end + PAD)
      .lineTo(area.left + area.width, end + PAD)
      .lineWidth(0.5)
      .stroke(LINE);
    return end + PAD;
  };
  const head = broken(
    columns.map(({ title }) => title),
    HEAD,
  );
  let y = line(head, roomOn(page, area, top, HEADED), HEAD);
  const most = linesIn(area.bottom - area.top - heightOf(head, HEAD));
  for (const row of rows)
    for (const part of inParts(broken(row, BODY), most)) {
      const next = roomOn(page, area, y, heightOf(part, BODY));
      y = line(part, next < y ? line(head, next, HEAD) : next, BODY);
    }
  return y;
}

const linesOf = (row: Row): number => Math.max(1, ...row.map((lines) => lines.length));
const heightOf = (row: Row, look: Look): number => heightOfLines(linesOf(row), look) + 2 * PAD;
/** How many lines of a row there is room for. */
const linesIn = (height: number): number => Math.max(1, Math.floor((height - 2 * PAD) / heightOfLines(1, BODY)));

/** What is higher than a page goes on on the next ones. */
const inParts = (row: Row, most: number): readonly Row[] =>
  Array.from({ length: Math.ceil(linesOf(row) / most) }, (_, nth) =>
    row.map((lines) => lines.slice(nth * most, (nth + 1) * most)),
  );
