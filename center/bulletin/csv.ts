import { writeCsv } from '../../authoring/export/index.ts';
import type { Bulletin } from '../../contract/platform/bulletin.ts';
import type { PlatformKey, PlatformTranslate } from '../../messages/platform/index.ts';
import { formulaLines, nameOf, titleOf, whyOf } from './words.ts';

const HEADS: readonly PlatformKey[] = [
  ...(['bulletin.rank', 'bulletin.name', 'bulletin.within', 'bulletin.firms', 'bulletin.to-learn'] as const),
  ...(['bulletin.learned', 'bulletin.learning', 'bulletin.to-sit', 'bulletin.sat', 'bulletin.sitting'] as const),
  ...([
    'bulletin.passed',
    'bulletin.passing',
    'bulletin.score',
    'bulletin.score-before',
    'bulletin.deductions',
  ] as const),
];
const percent = (rate: number | null): string | null => (rate === null ? null : `${(rate * 100).toFixed(2)}%`);

/** A bulletin as a CSV: what it is and how it is scored, its rows, and the firms that are deducted. */
export function bulletinCsv(t: PlatformTranslate, bulletin: Bulletin): string {
  const { rows, total, deductions } = bulletin;
  const line = (name: string, row: Bulletin['total']) => [
    ...[row.rank, name, row.within, row.firms, row.toLearn, row.learned, percent(row.learning)],
    ...[row.toSit, row.sat, percent(row.sitting), row.passed, percent(row.passing)],
    ...[row.score, row.before.score, row.deductions],
  ];
  return writeCsv([
    [titleOf(t, bulletin)],
    ...formulaLines(t, bulletin).map((text) => [text]),
    HEADS.map((key) => t(key)),
    ...rows.map((row) => line(nameOf(t, row, bulletin), row)),
    line(t('bulletin.sum'), total),
    [],
    [t('bulletin.deductions-title', { count: deductions.length })],
    ...deductions.map((one) => [null, one.name, one.within, whyOf(t, one)]),
  ]);
}
