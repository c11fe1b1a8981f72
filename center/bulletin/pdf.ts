import PDFDocument from 'pdfkit';
import type { Bulletin, BulletinRow } from '../../contract/platform/bulletin.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { PlatformKey, PlatformTranslate } from '../../messages/platform/index.ts';
import { fontsFor, type Page, QUIET, writeText } from '../certificates/index.ts';
import { formulaLines, madeText, nameOf, titleOf, whyOf } from './words.ts';

/** More than that nobody prints; a workbook has all of them. */
export const MOST_PDF_ROWS = 1_000;

/** A4 on its side, in points. */
const [WIDTH, HEIGHT, MARGIN] = [841.89, 595.28, 36];
const INSIDE = WIDTH - 2 * MARGIN;
const FOOT = HEIGHT - MARGIN - 14;
const [LINE, PAD] = ['#b8c0cc', 3];

type Column = { readonly title: PlatformKey; readonly part: number };
type Table = { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

const MAIN: readonly Column[] = [
  ...[{ title: 'bulletin.rank', part: 4 } as const, { title: 'bulletin.name', part: 17 } as const],
  ...[{ title: 'bulletin.within', part: 12 } as const, { title: 'bulletin.firms', part: 6 } as const],
  ...[{ title: 'bulletin.to-learn', part: 6.5 } as const, { title: 'bulletin.learned', part: 6.5 } as const],
  ...[{ title: 'bulletin.learning', part: 7.5 } as const, { title: 'bulletin.to-sit', part: 6.5 } as const],
  ...[{ title: 'bulletin.sat', part: 6.5 } as const, { title: 'bulletin.sitting', part: 7.5 } as const],
  ...[{ title: 'bulletin.passed', part: 6.5 } as const, { title: 'bulletin.passing', part: 7.5 } as const],
  ...[{ title: 'bulletin.score', part: 6 } as const, { title: 'bulletin.score-before', part: 7 } as const],
  { title: 'bulletin.deductions', part: 7 },
];
const DEDUCTED: readonly Column[] = [
  ...[{ title: 'bulletin.name', part: 30 } as const, { title: 'bulletin.within', part: 24 } as const],
  ...[{ title: 'bulletin.to-learn', part: 8 } as const, { title: 'bulletin.to-sit', part: 8 } as const],
  { title: 'bulletin.why', part: 20 },
];

/**
 * A bulletin as a PDF to be sent or hung up, with the characters of its texts alone.
 * @throws Refusal `bad-message` where it has more rows than {@link MOST_PDF_ROWS}
 */
export async function bulletinPdf(t: PlatformTranslate, bulletin: Bulletin): Promise<Buffer> {
  const { rows, deductions, at } = bulletin;
  if (rows.length + deductions.length > MOST_PDF_ROWS)
    throw new Refusal('bad-message', `format: a PDF has ${MOST_PDF_ROWS} rows at most`);
  const title = titleOf(t, bulletin);
  const lines = [...formulaLines(t, bulletin), madeText(t, bulletin)];
  const main: Table = { columns: MAIN, rows: mainRows(t, bulletin) };
  const deducted: Table = {
    columns: DEDUCTED,
    rows: deductions.map((one) => [one.name, one.within ?? '', `${one.toLearn}`, `${one.toSit}`, whyOf(t, one)]),
  };
  const second = [t('bulletin.deductions-title', { count: deductions.length }), t('bulletin.deductions-mean')];
  const heads = [main, deducted].flatMap(({ columns }) => columns.map(({ title: key }) => t(key)));
  const texts = [...lines, ...second, ...main.rows.flat(), ...deducted.rows.flat(), ' 0123456789/'];
  const info = { Title: title, CreationDate: new Date(at) };
  const doc = new PDFDocument({ size: 'A4', layout: 'landscape', margin: 0, lang: 'zh-CN', displayTitle: true, info });
  const fonts = await fontsFor({ 400: texts, 700: [title, ...heads, ...second] });
  for (const [name, file] of fonts.files) doc.registerFont(name, file);
  const page: Page = { doc, fonts };
  const whole = (y: number) => ({ x: MARGIN, y, width: INSIDE });
  let y = writeText(page, title, whole(MARGIN), { size: 18, weight: 700, centred: true }) + 6;
  y = table(page, t, main, y) + 10;
  if (deductions.length > 0) {
    y = writeText(page, second[0] as string, whole(room(page, y, 60)), { size: 12, weight: 700 });
    y = table(page, t, deducted, writeText(page, second[1] as string, whole(y), { size: 8, colour: QUIET }) + 4) + 10;
  }
  for (const line of lines) y = writeText(page, line, whole(room(page, y, 26)), { size: 8, colour: QUIET });
  doc.end();
  const parts: Uint8Array[] = [];
  for await (const part of doc as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}

const percent = (rate: number | null): string => (rate === null ? '' : `${(rate * 100).toFixed(2)}%`);
const said = (value: number | null): string => (value === null ? '' : String(value));
const points = (score: number | null): string => (score === null ? '' : score.toFixed(2));

function mainRows(t: PlatformTranslate, bulletin: Bulletin): readonly (readonly string[])[] {
  const cells = (name: string, row: BulletinRow): readonly string[] => [
    ...[said(row.rank), name, row.within ?? '', said(row.firms), said(row.toLearn), said(row.learned)],
    ...[percent(row.learning), said(row.toSit), said(row.sat), percent(row.sitting), said(row.passed)],
    ...[percent(row.passing), points(row.score), points(row.before.score), said(row.deductions)],
  ];
  return [
    ...bulletin.rows.map((row) => cells(nameOf(t, row, bulletin), row)),
    cells(t('bulletin.sum'), bulletin.total),
  ];
}

/** Where the next thing of some height stands: on another page where this one has no room. */
function room({ doc }: Page, y: number, height: number): number {
  if (y + height <= FOOT) return y;
  doc.addPage();
  return MARGIN;
}

/** Its heads again on each page. @returns where the next thing may stand */
function table(page: Page, t: PlatformTranslate, { columns, rows }: Table, top: number): number {
  const all = columns.reduce((sum, { part }) => sum + part, 0);
  const widths = columns.map(({ part }) => (INSIDE * part) / all);
  const line = (cells: readonly string[], y: number, weight: 400 | 700): number => {
    let [x, end] = [MARGIN, y];
    for (const [at, cell] of cells.entries()) {
      const width = widths[at] as number;
      end = Math.max(
        end,
        writeText(page, cell, { x: x + PAD, y: y + PAD, width: width - 2 * PAD }, { size: 8.5, weight }),
      );
      x += width;
    }
    page.doc
      .moveTo(MARGIN, end + PAD)
      .lineTo(MARGIN + INSIDE, end + PAD)
      .lineWidth(0.5)
      .stroke(LINE);
    return end + PAD;
  };
  const head = columns.map(({ title }) => t(title));
  let y = line(head, room(page, top, 48), 700);
  for (const row of rows) {
    const next = room(page, y, 30);
    y = line(row, next < y ? line(head, next, 700) : next, 400);
  }
  return y;
}
