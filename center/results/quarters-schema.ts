import { keepSums, wallOf } from '../database/index.ts';

/**
 * People who sat and who passed in a calendar quarter, each once: months cannot be added up for that, for whoever sits again in the next
 * month is in both. Kept like `tallies-schema.ts` keeps its own, from what that says of people in months.
 */

const KEY = 'tenant_id, exam_id, quarter';
/** `2026-05` lies in `2026-Q2`. */
const QUARTER = `left(month, 5) || 'Q' || ((right(month, 2)::int + 2) / 3)::text`;
const difference = (of: 'attempts' | 'passes') => `sum((p.${of} > 0)::int - (p.${of} - c.${of} > 0)::int)`;
/** @param rows of people in months: who they are, and what there is more or less of them */
const addChange = (rows: string) => `
  WITH change AS (
    SELECT tenant_id, exam_id, ${QUARTER} AS quarter, candidate_id, sum(attempts)::int AS attempts, sum(passes)::int AS passes
    FROM (${rows}) AS months (tenant_id, exam_id, month, candidate_id, attempts, passes) GROUP BY 1, 2, 3, 4),
  person AS (
    INSERT INTO sat_quarters AS s (${KEY}, candidate_id, attempts, passes)
    SELECT ${KEY}, candidate_id, attempts, passes FROM change WHERE attempts <> 0 OR passes <> 0
    ORDER BY ${KEY}, candidate_id
    ON CONFLICT (${KEY}, candidate_id)
      DO UPDATE SET attempts = s.attempts + excluded.attempts, passes = s.passes + excluded.passes
    RETURNING ${KEY}, candidate_id, attempts, passes)
  INSERT INTO quarter_tallies (${KEY}, sat, passed)
  SELECT ${KEY}, ${difference('attempts')}, ${difference('passes')}
  FROM change c JOIN person p USING (${KEY}, candidate_id) GROUP BY ${KEY}
  HAVING ${difference('attempts')} <> 0 OR ${difference('passes')} <> 0`;

/** Of a table like that of people in months; `-1` takes away what they counted. */
const rowsOf = (from: string, sign: 1 | -1): string =>
  `SELECT tenant_id, exam_id, month, candidate_id, ${sign} * attempts, ${sign} * passes FROM ${from}`;

export const QUARTERS: readonly string[] = [
  `CREATE TABLE sat_quarters (
    tenant_id text NOT NULL,
    exam_id text NOT NULL,
    quarter text NOT NULL,
    candidate_id text NOT NULL,
    attempts integer NOT NULL,
    passes integer NOT NULL,
    PRIMARY KEY (tenant_id, exam_id, quarter, candidate_id))`,
  `CREATE TABLE quarter_tallies (
    tenant_id text NOT NULL,
    exam_id text NOT NULL,
    quarter text NOT NULL,
    sat bigint NOT NULL,
    passed bigint NOT NULL)`,
  ...wallOf('sat_quarters'),
  ...wallOf('quarter_tallies'),
  `CREATE INDEX quarter_tallies_of ON quarter_tallies (tenant_id, exam_id, quarter)`,
  // The triggers first: from then on nobody else writes, so that those of before are all that there are.
  ...keepSums({ table: 'sat_months', name: 'tally_quarters', rows: rowsOf, add: addChange }),
  addChange(rowsOf('sat_months', 1)),
];
