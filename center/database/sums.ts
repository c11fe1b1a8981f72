import type { Database } from './database.ts';

/** Differences that a folder keeps of its own, by firm and month or quarter, where others may add them up in another way. */
export type Differences = {
  readonly table: string;
  /** The column that says when: `2026-01`, or `2026-Q1`. */
  readonly span: 'month' | 'quarter';
  /** What each of its columns is of a firm: `{ to_sit: 'people' }`. */
  readonly figures: { readonly [figure: string]: string };
};

/** How sums of the rows of a table are kept. Texts of SQL. */
export type KeptSums = {
  readonly table: string;
  /** What its triggers are called, before the word for what they come after. */
  readonly name: string;
  /** What is to be added for rows that came, and taken away for rows that are gone. */
  readonly rows: (from: string, sign: 1 | -1) => string;
  /** The statement that adds such rows up, to where the sums are kept. */
  readonly add: (rows: string) => string;
};

/** Triggers that add to sums what each statement changes of a table. */
export function keepSums({ table, name, rows, add }: KeptSums): readonly string[] {
  const [came, gone] = [rows('came', 1), rows('gone', -1)];
  const after = (on: string, tables: string, changed: string): readonly string[] => {
    const trigger = `${name}_${on.toLowerCase()}`;
    return [
      `CREATE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${add(changed)}; RETURN NULL; END $$`,
      `CREATE TRIGGER ${trigger} AFTER ${on} ON ${table} REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION ${trigger}()`,
    ];
  };
  return [
    ...after('INSERT', 'NEW TABLE AS came', came),
    ...after('UPDATE', 'OLD TABLE AS gone NEW TABLE AS came', `${came} UNION ALL ${gone}`),
    ...after('DELETE', 'OLD TABLE AS gone', gone),
  ];
}

/** A table of differences: what is said of one key is the sum of its rows. */
export type ManyRows = { readonly table: string; readonly key: readonly string[]; readonly sums: readonly string[] };

/**
 * Makes one row of all that have one key: the sums stay as they are. What is one row already stays where it is, so that a table is
 * not written anew for the few that came. One at a time; whoever comes second leaves it be.
 */
export const foldRows = (db: Database, { table, key, sums }: ManyRows): Promise<void> =>
  db.transaction(async (tx) => {
    const [free] = await tx.query('SELECT pg_try_advisory_xact_lock(hashtext($1)) AS free', [`fold ${table}`]);
    if (!free?.free) return;
    await tx.query(
      `WITH several AS (SELECT ${key} FROM ${table} GROUP BY ${key} HAVING count(*) > 1),
         gone AS (DELETE FROM ${table} t USING several s WHERE ${key.map((name) => `t.${name} = s.${name}`).join(' AND ')} RETURNING t.*)
       INSERT INTO ${table} (${key}, ${sums}) SELECT ${key}, ${sums.map((name) => `sum(${name})`)} FROM gone
       GROUP BY ${key} HAVING ${sums.map((name) => `sum(${name}) <> 0`).join(' OR ')}`,
    );
  });
