import { type Database, foldRows } from '../database/index.ts';
import { FIGURES } from './firm-figures-schema.ts';
import type { Spans } from './period.ts';

type Figure = (typeof FIGURES)[number];

/** How many there were at the end of the period, and how many did something in it. */
const STOCK = ['to_learn', 'learned', 'to_sit'] as const satisfies readonly Figure[];
const DONE = ['sat', 'passed'] as const satisfies readonly Figure[];

/**
 * What is counted of each firm in a period and in the one before it, to be joined: `tenant_id`, and each figure with `_before`.
 * @param spans a list of spans and of whether each lies in the time up to the period, in the period, and in the one before: texts of
 * the query around it
 */
export const firmFigures = (spans: { readonly [of in 'all' | keyof Spans]: string }): string => {
  // Integers, whose sums are no decimal numbers.
  const sum = (figure: Figure, during: string, name: string) =>
    `(sum(${figure}) FILTER (WHERE ${during}))::int AS ${name}`;
  const stock = STOCK.flatMap((figure) => [
    sum(figure, 'until OR during', figure),
    sum(figure, 'until', `${figure}_before`),
  ]);
  const done = DONE.flatMap((figure) => [sum(figure, 'during', figure), sum(figure, 'before', `${figure}_before`)]);
  // Named twice: a list that is joined finds nothing by an index.
  return `(SELECT tenant_id, ${[...stock, ...done]}
    FROM (SELECT * FROM firm_figures WHERE span = ANY(${spans.all})) f
      JOIN unnest(${spans.all}, ${spans.until}, ${spans.during}, ${spans.before}) AS s (span, until, during, before) USING (span)
    GROUP BY tenant_id)`;
};

/** Keeps what is summed few. */
export const foldFirmFigures = (db: Database): Promise<void> =>
  foldRows(db, { table: 'firm_figures', key: ['tenant_id', 'span'], sums: FIGURES });
