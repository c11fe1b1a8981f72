/**
 * Counters of records by exam and month, kept by the database itself in the statement that changes what is counted: nobody who
 * writes a record or a judgement can forget them. Each statement adds rows of differences, so that writers never wait for one
 * another; the sum of the rows is exact at every moment, and `foldTallies` makes few rows of many.
 */

/** What is counted of records, and of people who sat in a month: the columns of `record_tallies` behind its key. */
export const COUNTED = [
  ...(['records', 'learning', 'visitors', 'attempts', 'passes'] as const),
  ...(['sat', 'passed', 'disputed', 'unjudged', 'voided'] as const),
];

/** Months are those of China's clock, which has no summer time. */
const MONTH = `to_char(submitted_at AT TIME ZONE 'UTC' + interval '8 hours', 'YYYY-MM')`;
const VISITOR = `starts_with(candidate_id, 'cd_visitor')`;
const FORMAL = `(mode = 'formal' AND NOT ${VISITOR})`;
const counts = (of: string) => `NOT coalesce(${of}.settled <> 'stands', ${of}.verdict = 'disputed', false)`;
const KEY = 'tenant_id, exam_id, month';
const count = (condition: string) => `count(*) FILTER (WHERE ${condition})`;
const difference = (after: string, before: string) => `sum((${after})::int - (${before})::int)`;

/** What people have done at an exam in a month, and from it who has sat and passed: the first attempt makes them one who sat. */
const addChange = (change: string) => `
  WITH change AS (${change}),
  person AS (
    INSERT INTO sat_months AS s (${KEY}, candidate_id, attempts, passes)
    SELECT ${KEY}, candidate_id, attempts, passes FROM change WHERE attempts <> 0 OR passes <> 0
    ORDER BY ${KEY}, candidate_id
    ON CONFLICT (${KEY}, candidate_id)
      DO UPDATE SET attempts = s.attempts + excluded.attempts, passes = s.passes + excluded.passes
    RETURNING ${KEY}, candidate_id, attempts, passes)
  INSERT INTO record_tallies (${KEY}, ${COUNTED.join(', ')})
  SELECT ${KEY}, sum(c.records), sum(c.learning), sum(c.visitors), sum(c.attempts), sum(c.passes),
    coalesce(${difference('p.attempts > 0', 'p.attempts - c.attempts > 0')}, 0),
    coalesce(${difference('p.passes > 0', 'p.passes - c.passes > 0')}, 0),
    sum(c.disputed), sum(c.unjudged), sum(c.voided)
  FROM change c LEFT JOIN person p USING (${KEY}, candidate_id) GROUP BY ${KEY};`;

/** @param from rows of `records` of which nothing was judged yet */
const ofRecords = (from: string) => `
  SELECT tenant_id, exam_id, ${MONTH} AS month, candidate_id, count(*) AS records,
    ${count(`mode = 'learning'`)} AS learning, ${count(`mode <> 'learning' AND ${VISITOR}`)} AS visitors,
    ${count(FORMAL)} AS attempts, ${count(`${FORMAL} AND passed`)} AS passes,
    0 AS disputed, 0 AS unjudged, 0 AS voided
  FROM ${from} GROUP BY 1, 2, 3, 4`;

const DOUBTS = {
  disputed: (of: string) => `coalesce(${of}.verdict = 'disputed' AND ${of}.settled IS NULL, false)`,
  unjudged: (of: string) => `coalesce(${of}.verdict = 'unjudged' AND ${of}.settled IS NULL, false)`,
  voided: (of: string) => `coalesce(${of}.settled = 'void', false)`,
};

/** @param from rows of `judgements` as they are, `a`, and as they were, `b`, whose columns are null where there was none */
const ofJudgements = (from: string) => {
  const change = (condition: string) =>
    difference(`${condition} AND ${counts('a')}`, `${condition} AND ${counts('b')}`);
  const doubts = Object.entries(DOUBTS).map(([name, is]) => `${difference(is('a'), is('b'))} AS ${name}`);
  return `
  SELECT tenant_id, exam_id, ${MONTH.replace('submitted_at', 'r.submitted_at')} AS month, candidate_id,
    0 AS records, 0 AS learning, 0 AS visitors,
    ${change(FORMAL)} AS attempts, ${change(`${FORMAL} AND passed`)} AS passes, ${doubts.join(', ')}
  FROM ${from} JOIN records r USING (tenant_id, sitting_id)
  WHERE (${counts('a')}) <> (${counts('b')}) OR (a.verdict, a.settled) IS DISTINCT FROM (b.verdict, b.settled)
  GROUP BY 1, 2, 3, 4`;
};

const asTrigger = (name: string, statement: string) => `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN ${statement} RETURN NULL; END $$`;

const NEW_JUDGEMENTS = `added a LEFT JOIN (SELECT NULL::text AS verdict, NULL::text AS settled WHERE false) b ON false`;
const CHANGED_JUDGEMENTS = `(SELECT tenant_id, sitting_id, verdict, settled FROM changed) a
  JOIN (SELECT tenant_id, sitting_id, verdict, settled FROM before) b USING (tenant_id, sitting_id)`;

export const TALLIES: readonly string[] = [
  `CREATE TABLE record_tallies (
    tenant_id text NOT NULL,
    exam_id text NOT NULL,
    month text NOT NULL,
    ${COUNTED.map((name) => `${name} bigint NOT NULL`).join(',\n    ')})`,
  `CREATE INDEX record_tallies_of ON record_tallies (tenant_id, exam_id, month)`,
  `CREATE TABLE sat_months (
    tenant_id text NOT NULL,
    exam_id text NOT NULL,
    month text NOT NULL,
    candidate_id text NOT NULL,
    attempts integer NOT NULL,
    passes integer NOT NULL,
    PRIMARY KEY (tenant_id, exam_id, month, candidate_id))`,
  // Those of before, as if they came in now.
  addChange(ofRecords('records')),
  addChange(ofJudgements(NEW_JUDGEMENTS.replace('added', 'judgements'))),
  asTrigger('tally_records', addChange(ofRecords('added'))),
  asTrigger('tally_judged', addChange(ofJudgements(NEW_JUDGEMENTS))),
  asTrigger('tally_judged_again', addChange(ofJudgements(CHANGED_JUDGEMENTS))),
  `CREATE TRIGGER records_tallied AFTER INSERT ON records
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tally_records()`,
  `CREATE TRIGGER judgements_tallied AFTER INSERT ON judgements
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tally_judged()`,
  `CREATE TRIGGER judgements_tallied_again AFTER UPDATE ON judgements
    REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_judged_again()`,
];

/** A record that is corrected passes, or passes no more: as its exam and month counted it, so they count it now. */
export const CORRECTED_TALLIES: readonly string[] = [
  asTrigger(
    'tally_corrected',
    addChange(`
  SELECT r.tenant_id, r.exam_id, ${MONTH} AS month, r.candidate_id, 0 AS records, 0 AS learning, 0 AS visitors,
    0 AS attempts, NEW.passed::int - OLD.passed::int AS passes, 0 AS disputed, 0 AS unjudged, 0 AS voided
  FROM (SELECT NEW.*) r
  WHERE ${FORMAL} AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.tenant_id = r.tenant_id
    AND j.sitting_id = r.sitting_id AND NOT (${counts('j')}))`),
  ),
  `CREATE TRIGGER records_tallied_again AFTER UPDATE OF passed ON records
    FOR EACH ROW WHEN (OLD.passed IS DISTINCT FROM NEW.passed) EXECUTE FUNCTION tally_corrected()`,
];
