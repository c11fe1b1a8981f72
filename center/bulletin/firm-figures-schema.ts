import { type Differences, keepSums, wallOf } from '../database/index.ts';
import { TO_LEARN } from '../learning/index.ts';
import { TO_SIT } from '../people/index.ts';
import { LEARNED, SAT_IN_MONTHS, SAT_IN_QUARTERS } from '../results/index.ts';

/**
 * What is counted of each firm, over all its exams, in one row for each month, quarter and year: a bulletin reads some rows of each
 * firm, however many exams and years there were. Kept by triggers on what others count, in rows of differences as theirs are, so
 * that it is their sum at every moment.
 */
export const FIGURES = ['to_learn', 'learned', 'to_sit', 'sat', 'passed'] as const;

/** In the order in which whoever writes a record comes to them: nobody waits for the other crosswise. */
const SOURCES: readonly Differences[] = [SAT_IN_MONTHS, SAT_IN_QUARTERS, LEARNED, TO_SIT, TO_LEARN];

const YEAR = (span: string) => `left(${span}, 4)`;
const QUARTER = `left(month, 5) || 'Q' || ((right(month, 2)::int + 2) / 3)::text`;

/**
 * In which spans a row counts. Who comes and goes in a month does so in its quarter and its year; whoever sat in some months of a
 * quarter counts once in it, which says a source of its own, and in a year once in each of its quarters.
 */
const spansOf = ({ span, figures }: Differences): readonly string[] => {
  if (span === 'quarter') return [span, YEAR(span)];
  return 'sat' in figures ? [span] : [span, QUARTER, YEAR(span)];
};

/** @returns all figures of each row of a source, by firm and span: those that it does not know are nothing */
const rowsOf =
  (source: Differences) =>
  (from: string, sign: 1 | -1): string => {
    const columns = FIGURES.map((figure) => `${sign} * ${source.figures[figure] ?? 0}`);
    const spans = spansOf(source).map((span) => `(${span})`);
    return `SELECT tenant_id, span, ${columns} FROM ${from}, LATERAL (VALUES ${spans}) AS spans (span)`;
  };

const add = (rows: string): string => `INSERT INTO firm_figures (tenant_id, span, ${FIGURES})
  SELECT tenant_id, span, ${FIGURES.map((figure) => `sum(${figure})`)} FROM (${rows}) AS changes (tenant_id, span, ${FIGURES})
  GROUP BY tenant_id, span HAVING ${FIGURES.map((figure) => `sum(${figure}) <> 0`).join(' OR ')}`;

export const FIRM_FIGURES: readonly string[] = [
  `CREATE TABLE firm_figures (
    tenant_id text NOT NULL,
    span text NOT NULL,
    ${FIGURES.map((figure) => `${figure} integer NOT NULL`).join(',\n    ')})`,
  ...wallOf('firm_figures'),
  `CREATE INDEX firm_figures_during ON firm_figures (span, tenant_id) INCLUDE (${FIGURES})`,
  // The triggers first: from then on nobody else writes, so that those of before are all that there are.
  ...SOURCES.flatMap((source) =>
    keepSums({ ...{ table: source.table, name: `firm_figures_of_${source.table}` }, rows: rowsOf(source), add }),
  ),
  add(SOURCES.map((source) => rowsOf(source)(source.table, 1)).join(' UNION ALL ')),
];
