/**
 * People who sat and who passed in a calendar quarter, each once: months cannot be added up for that, for whoever sits again in the next
 * month is in both. Kept like `tallies-schema.ts` keeps its own, from what that says of people in months.
 */

const KEY = 'tenant_id, exam_id, quarter';
/** `2026-05` lies in `2026-Q2`. */
const QUARTER = `left(month, 5) || 'Q' || ((right(month, 2)::int + 2) / 3)::text`;
const difference = (of: 'attempts' | 'passes') => `sum((p.${of} > 0)::int - (p.${of} - c.${of} > 0)::int)`;
const [MORE, LESS] = ['attempts, passes', '-attempts, -passes'];

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
  HAVING ${difference('attempts')} <> 0 OR ${difference('passes')} <> 0;`;

const rowsOf = (table: string, counted: string) =>
  `SELECT tenant_id, exam_id, month, candidate_id, ${counted} FROM ${table}`;

const kept = (on: 'INSERT' | 'UPDATE' | 'DELETE', tables: string, rows: string): readonly string[] => {
  const name = `tally_quarters_${on.toLowerCase()}`;
  return [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${addChange(rows)} RETURN NULL; END $$`,
    `CREATE TRIGGER ${name} AFTER ${on} ON sat_months REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`,
  ];
};
const [CAME, GONE] = [rowsOf('came', MORE), rowsOf('gone', LESS)];

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
  `CREATE INDEX quarter_tallies_of ON quarter_tallies (tenant_id, exam_id, quarter)`,
  // The triggers first: from then on nobody else writes, so that those of before are all that there are.
  ...kept('INSERT', 'NEW TABLE AS came', CAME),
  ...kept('UPDATE', 'OLD TABLE AS gone NEW TABLE AS came', `${CAME} UNION ALL ${GONE}`),
  ...kept('DELETE', 'OLD TABLE AS gone', GONE),
  addChange(rowsOf('sat_months', MORE)),
];
