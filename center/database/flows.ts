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
export function keepFlows({ table, flows, counts, since }: Counted): readonly string[] {
  const add = (month: string, rows: string) => `INSERT INTO ${flows} (${KEY}, month, people)
    SELECT ${KEY}, ${month}, sum(people) FROM (${rows}) each GROUP BY 1, 2, 3 HAVING sum(people) <> 0;`;
  const rowsOf = (from: string, people: 1 | -1) => `SELECT ${KEY}, ${people} AS people FROM ${from} r WHERE ${counts}`;
  const [came, left] = [rowsOf('came', 1), rowsOf('gone', -1)];
  const trigger = (on: 'INSERT' | 'UPDATE' | 'DELETE', tables: string, rows: string) => {
    const name = `${flows}_${on.toLowerCase()}`;
    return [
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN ${add(monthOf('now()'), rows)} RETURN NULL; END $$`,
      `CREATE TRIGGER ${name} AFTER ${on} ON ${table} REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION ${name}()`,
    ];
  };
  return [
    `CREATE INDEX ${flows}_of ON ${flows} (tenant_id, exam_id, month)`,
    `INSERT INTO ${flows} (${KEY}, month, people)
     SELECT ${KEY}, ${monthOf(since)}, count(*) FROM ${table} r WHERE ${counts} GROUP BY 1, 2, 3`,
    ...trigger('INSERT', 'NEW TABLE AS came', came),
    ...trigger('DELETE', 'OLD TABLE AS gone', left),
    ...trigger('UPDATE', 'OLD TABLE AS gone NEW TABLE AS came', `${left} UNION ALL ${came}`),
  ];
}
