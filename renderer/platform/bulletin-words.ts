import { type Bulletin, type BulletinRow, FULL_SCORE } from '../../contract/platform/bulletin.ts';
import type { PlatformTranslate } from '../../messages/platform/index.ts';

export const percent = (rate: number | null): string => (rate === null ? '–' : `${(rate * 100).toFixed(2)}%`);
export const points = (score: number | null): string => (score === null ? '–' : score.toFixed(2));

/** A place that stands for the firms directly below it says so. */
export function rowName(t: PlatformTranslate, { name, kind }: BulletinRow, grouping: Bulletin['grouping']): string {
  if (grouping === 'sector') return name || t('bulletin.no-sector');
  return kind !== null && kind !== grouping ? t('bulletin.directly', { name }) : name;
}

/** How the score of a row comes about, in numbers. */
export function exampleOf(t: PlatformTranslate, { rows, weights, grouping }: Bulletin): string | undefined {
  const row = rows.find(({ score }) => score !== null);
  if (!row || row.score === null) return undefined;
  const parts = (['learning', 'sitting', 'passing'] as const).filter((name) => row[name] !== null && weights[name] > 0);
  const sum = parts.map((name) => `${percent(row[name])} × ${weights[name]}`).join(' + ');
  const all = parts.reduce((total, name) => total + weights[name], 0);
  const numbers = `${FULL_SCORE} × (${sum}) ÷ ${all}`;
  return t('bulletin.example', { name: rowName(t, row, grouping), numbers, score: points(row.score) });
}
