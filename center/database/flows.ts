import { keepSums } from './sums.ts';

/** Of which rows of a table the number is kept. Texts of SQL; rows are called `r`. */
export type Counted = {
  readonly table: string;
  /** Where the differences go: a table with `tenant_id`, `exam_id`, `month` and `people`. */
  readonly flows: string;
  /** Whether a row counts. */
  readonly counts: string;
  /** Since when a row that is there already has counted. */
  readonly since: string;
};

/** Months are those of China's clock, which has no summer time. */
const monthOf = (at: string) => `to_char((${at}) AT TIME ZONE 'UTC' + interval '8 hours', 'YYYY-MM')`;
const KEY = 'tenant_id, exam_id';

/**
 * Keeps how many people there are by exam, and how many came and went in each month: the database adds a row of differences in the
 * statement that changes the table. Whoever writes waits for nobody, and the sum up to a month is how many there were at its end.
 */
export const keepFlows = ({ table, flows, counts, since }: Counted): readonly string[] => [
  `CREATE INDEX ${flows}_of ON ${flows} (tenant_id, exam_id, month)`,
  `INSERT INTO ${flows} (${KEY}, month, people)
     SELECT ${KEY}, ${monthOf(since)}, count(*) FROM ${table} r WHERE ${counts} GROUP BY 1, 2, 3`,
  ...keepSums({
    ...{ table, name: flows },
    rows: (from, sign) => `SELECT ${KEY}, ${sign} AS people FROM ${from} r WHERE ${counts}`,
    add: (rows) => `INSERT INTO ${flows} (${KEY}, month, people)
      SELECT ${KEY}, ${monthOf('now()')}, sum(people) FROM (${rows}) each GROUP BY 1, 2, 3 HAVING sum(people) <> 0`,
  }),
];
