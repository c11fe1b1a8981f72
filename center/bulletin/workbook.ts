import { columnName, type Sheet, type SheetCell, writeWorkbook } from '../../authoring/export/index.ts';
import { type Bulletin, type BulletinRow, FULL_SCORE } from '../../contract/platform/bulletin.ts';
import type { PlatformKey, PlatformTranslate } from '../../messages/platform/index.ts';
import { formulaLines, madeText, nameOf, periodText, titleOf, whyOf } from './words.ts';

type Look = SheetCell['look'];
const cell = (value: string | number | null, look: Look): SheetCell => ({ value, look });

/** What a column says of a row: a figure, or what is worked out of the row's own figures. */
type Column = {
  readonly title: PlatformKey;
  readonly width: number;
  readonly look: 'text' | 'count' | 'percent' | 'score';
  readonly value: (row: BulletinRow) => string | number | null;
  readonly formula?: (row: number, first: number, last: number) => string;
};

/** The row of the weights, which scores are worked out with: whoever changes one there sees what would come of it. */
const WEIGHTS = 6;
const FIRST = 9;

const SCORE_FORMULA = (r: number): string => {
  const rates = ['G', 'J', 'L'];
  const sum = rates.map((at) => `N(${at}${r})*${at}$${WEIGHTS}`).join('+');
  const all = rates.map((at) => `ISNUMBER(${at}${r})*${at}$${WEIGHTS}`).join('+');
  return `IFERROR(ROUND(${FULL_SCORE}*(${sum})/(${all}),2),"")`;
};

const COLUMNS: readonly Column[] = [
  {
    ...{ title: 'bulletin.rank', width: 7, look: 'count', value: ({ rank }) => rank },
    formula: (r, first, last) => `IF(ISNUMBER(M${r}),RANK(M${r},M$${first}:M$${last}),"")`,
  },
  { title: 'bulletin.name', width: 28, look: 'text', value: ({ name }) => name },
  { title: 'bulletin.within', width: 20, look: 'text', value: ({ within }) => within },
  { title: 'bulletin.firms', width: 9, look: 'count', value: ({ firms }) => firms },
  { title: 'bulletin.to-learn', width: 10, look: 'count', value: ({ toLearn }) => toLearn },
  { title: 'bulletin.learned', width: 10, look: 'count', value: ({ learned }) => learned },
  {
    ...{ title: 'bulletin.learning', width: 10, look: 'percent', value: ({ learning }) => learning },
    formula: (r) => `IF(E${r}>0,MIN(1,F${r}/E${r}),"")`,
  },
  { title: 'bulletin.to-sit', width: 10, look: 'count', value: ({ toSit }) => toSit },
  { title: 'bulletin.sat', width: 10, look: 'count', value: ({ sat }) => sat },
  {
    ...{ title: 'bulletin.sitting', width: 10, look: 'percent', value: ({ sitting }) => sitting },
    formula: (r) => `IF(H${r}>0,MIN(1,I${r}/H${r}),"")`,
  },
  { title: 'bulletin.passed', width: 10, look: 'count', value: ({ passed }) => passed },
  {
    ...{ title: 'bulletin.passing', width: 10, look: 'percent', value: ({ passing }) => passing },
    formula: (r) => `IF(I${r}>0,MIN(1,K${r}/I${r}),IF(H${r}>0,0,""))`,
  },
  {
    ...{ title: 'bulletin.score', width: 9, look: 'score', value: ({ score }) => score },
    formula: SCORE_FORMULA,
  },
  { title: 'bulletin.score-before', width: 10, look: 'score', value: ({ before }) => before.score },
  {
    ...{ title: 'bulletin.trend', width: 9, look: 'score' },
    value: ({ score, before }) =>
      score === null || before.score === null ? null : Math.round((score - before.score) * 100) / 100,
    formula: (r) => `IF(AND(ISNUMBER(M${r}),ISNUMBER(N${r})),M${r}-N${r},"")`,
  },
  { title: 'bulletin.deductions', width: 10, look: 'count', value: ({ deductions }) => deductions },
];
const END = columnName(COLUMNS.length - 1);

/** A bulletin as a workbook: rates, scores, ranks and sums are formulas over what was counted. */
export function bulletinWorkbook(t: PlatformTranslate, bulletin: Bulletin): Uint8Array {
  return writeWorkbook(
    [mainSheet(t, bulletin), deductionSheet(t, bulletin)],
    titleOf(t, bulletin),
    new Date(bulletin.at),
  );
}

function mainSheet(t: PlatformTranslate, bulletin: Bulletin): Sheet {
  const { rows, total, weights, period } = bulletin;
  const last = FIRST + Math.max(1, rows.length) - 1;
  const above = [titleOf(t, bulletin), ...formulaLines(t, bulletin)];
  const made = madeText(t, bulletin);
  const weighed: Readonly<Record<string, number>> = { G: weights.learning, J: weights.sitting, L: weights.passing };
  const data = rows.map((row, n) =>
    COLUMNS.map(({ value, formula, look }, at) => {
      const shown = at === 1 ? nameOf(t, row, bulletin) : value(row);
      return { value: shown, look, ...(formula ? { formula: formula(FIRST + n, FIRST, last) } : {}) };
    }),
  );
  return {
    name: t('bulletin.title'),
    widths: COLUMNS.map(({ width }) => width),
    rows: [
      ...above.map((text, n) => [
        cell(
          n === 0 ? text : `${n === 1 ? `${periodText(t, period)} · ${made} · ` : ''}${text}`,
          n === 0 ? 'title' : 'note',
        ),
      ]),
      COLUMNS.map((_, at) => cell(at === 0 ? t('bulletin.weight') : (weighed[columnName(at)] ?? null), 'count')),
      GROUPS.map((title) => cell(title && t(title), 'head')),
      COLUMNS.map(({ title }) => cell(t(title), 'head')),
      ...(data.length > 0 ? data : [COLUMNS.map(({ look }) => cell(null, look))]),
      sumRow(t, total, last),
    ],
    merged: [
      ...above.map((_, n) => `A${n + 1}:${END}${n + 1}`),
      ...[`A${WEIGHTS}:F${WEIGHTS}`, 'E7:G7', 'H7:J7', 'K7:L7', 'M7:O7'],
      ...['A', 'B', 'C', 'D', 'P'].map((at) => `${at}7:${at}8`),
    ],
    frozen: FIRST - 1,
    repeated: '7:8',
  };
}

/** What stands above the heads of several columns; of one column its own head, which takes both lines. */
const GROUPS: readonly (PlatformKey | null)[] = COLUMNS.map(({ title }, at) => {
  const over: Readonly<Record<string, PlatformKey | null>> = {
    ...{ E: 'bulletin.group-learning', F: null, G: null, H: 'bulletin.group-sitting', I: null, J: null },
    ...{ K: 'bulletin.group-passing', L: null, M: 'bulletin.group-score', N: null, O: null },
  };
  const name = columnName(at);
  return name in over ? (over[name] as PlatformKey | null) : title;
});

function sumRow(t: PlatformTranslate, total: BulletinRow, last: number): readonly SheetCell[] {
  const row = last + 1;
  return COLUMNS.map(({ value, formula, look }, at): SheetCell => {
    if (at === 0) return cell(null, 'sum-text');
    if (at === 1) return cell(t('bulletin.sum'), 'sum-text');
    const of = { value: value(total), look: `sum-${look}` as const };
    if (look === 'count') return { ...of, formula: `SUM(${columnName(at)}${FIRST}:${columnName(at)}${last})` };
    return formula ? { ...of, formula: formula(row, FIRST, last) } : of;
  });
}

function deductionSheet(t: PlatformTranslate, { deductions }: Bulletin): Sheet {
  const heads: readonly PlatformKey[] = [
    ...(['bulletin.name', 'bulletin.within', 'bulletin.to-learn', 'bulletin.learned'] as const),
    ...(['bulletin.to-sit', 'bulletin.sat', 'bulletin.why'] as const),
  ];
  return {
    name: t('bulletin.deductions'),
    widths: [30, 24, 10, 10, 10, 10, 24],
    rows: [
      [cell(t('bulletin.deductions-title', { count: deductions.length }), 'title')],
      [cell(t('bulletin.deductions-mean'), 'note')],
      heads.map((key) => cell(t(key), 'head')),
      ...deductions.map((one) => [
        ...[cell(one.name, 'text'), cell(one.within, 'text'), cell(one.toLearn, 'count'), cell(one.learned, 'count')],
        ...[cell(one.toSit, 'count'), cell(one.sat, 'count'), cell(whyOf(t, one), 'text')],
      ]),
    ],
    merged: ['A1:G1', 'A2:G2'],
    frozen: 3,
    repeated: '3:3',
  };
}
