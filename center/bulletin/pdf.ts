import { type Bulletin, type BulletinRow, MOST_PDF_ROWS } from '../../contract/platform/bulletin.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { PlatformKey, PlatformTranslate } from '../../messages/platform/index.ts';
import {
  A4_LONG,
  A4_SHORT,
  type Area,
  drawTable,
  openSheet,
  type PaperTable,
  QUIET,
  roomOn,
  writeText,
} from '../paper/index.ts';
import { formulaLines, madeText, nameOf, titleOf, whyOf } from './words.ts';

/** A4 on its side, in points. */
const MARGIN = 36;
const AREA: Area = { left: MARGIN, width: A4_LONG - 2 * MARGIN, top: MARGIN, bottom: A4_SHORT - MARGIN - 14 };

type Column = { readonly title: PlatformKey; readonly part: number };

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
  const titled = (columns: readonly Column[]) => columns.map(({ title: key, part }) => ({ title: t(key), part }));
  const main: PaperTable = { columns: titled(MAIN), rows: mainRows(t, bulletin) };
  const deducted: PaperTable = {
    columns: titled(DEDUCTED),
    rows: deductions.map((one) => [one.name, one.within ?? '', `${one.toLearn}`, `${one.toSit}`, whyOf(t, one)]),
  };
  const second = [t('bulletin.deductions-title', { count: deductions.length }), t('bulletin.deductions-mean')];
  const heads = [main, deducted].flatMap(({ columns }) => columns.map((column) => column.title));
  const texts = [...lines, ...second, ...main.rows.flat(), ...deducted.rows.flat(), ' 0123456789/'];
  const sheet = await openSheet({
    ...{ title, at: new Date(at), layout: 'landscape', texts: { 400: texts, 700: [title, ...heads, ...second] } },
  });
  const { page } = sheet;
  const whole = (y: number) => ({ x: MARGIN, y, width: AREA.width });
  let y = writeText(page, title, whole(MARGIN), { size: 18, weight: 700, centred: true }) + 6;
  y = drawTable(page, AREA, main, y) + 10;
  if (deductions.length > 0) {
    y = writeText(page, second[0] as string, whole(roomOn(page, AREA, y, 60)), { size: 12, weight: 700 });
    y =
      drawTable(page, AREA, deducted, writeText(page, second[1] as string, whole(y), { size: 8, colour: QUIET }) + 4) +
      10;
  }
  for (const line of lines) y = writeText(page, line, whole(roomOn(page, AREA, y, 26)), { size: 8, colour: QUIET });
  return sheet.end();
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
