import type { Found, Genuine } from './rounds.ts';

export type Row = {
  readonly name: string;
  readonly genuine: Genuine;
  readonly planted: Readonly<Record<string, Found>>;
};

export const HEAD = `| condition | minutes | told | not so | looks at who it is | taken for another | planted, found in time |
|---|---|---|---|---|---|---|`;

const counts = (of: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(of)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ') || '–';

function plantedInWords(planted: Row['planted']): string {
  const all = Object.entries(planted);
  const missed = all.filter(([, { found, of }]) => found < of);
  const found = all.reduce((sum, [, one]) => sum + one.found, 0);
  const of = all.reduce((sum, [, one]) => sum + one.of, 0);
  const what = missed.map(([name, one]) => `${name} ${one.found} of ${one.of}`);
  return `${found} of ${of}${what.length > 0 ? ` (${what.join(', ')})` : ''}`;
}

/** A line of a Markdown table. */
export const inWords = ({ name, genuine, planted }: Row): string =>
  `| ${[
    name,
    `${genuine.minutes}`,
    counts(genuine.told),
    `${genuine.falseIncidents}`,
    counts(genuine.outcomes),
    `${genuine.asOthers.match ?? 0}`,
    plantedInWords(planted),
  ].join(' | ')} |`;

export function total(rows: readonly Row[]): string {
  const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const [minutes, looks] = [sum(({ genuine }) => genuine.minutes), sum(({ genuine }) => genuine.looks)];
  return `${minutes} minutes by the time of the pictures, ${looks} pictures looked at, ${sum(({ genuine }) => genuine.falseIncidents)} told that is not so`;
}
