import { z } from 'zod';
import { type Database, type Queries, select } from './database.ts';

/**
 * What one folder adds to the schema. Numbers count through the whole center: a new migration takes the next one that is
 * free. Up to 8, which one file held once, several folders have a part in a number.
 *
 * Every table of people, exams and results carries `tenant_id` in its key, so a query cannot reach a row without naming
 * whose it is.
 */
export type Migration = { readonly number: number; readonly statements: readonly string[] };

/** An arbitrary number that only starts lock on. */
const START_LOCK = 845_201;

/** Until the end of the transaction no other center that starts on this database does what is done once for all. */
export const lockStart = async (tx: Queries): Promise<void> =>
  void (await tx.query('SELECT pg_advisory_xact_lock($1)', [START_LOCK]));

/**
 * Brings the database up to a schema.
 * @param schema parts that refer to others come after them
 * @throws Error where a program has been at it that knows more, of whichever number: going on would guess at what its tables mean
 */
export function migrate(db: Database, schema: readonly Migration[]): Promise<void> {
  return db.transaction(async (tx) => {
    await lockStart(tx);
    await tx.query('CREATE TABLE IF NOT EXISTS schema_version (number integer PRIMARY KEY)');
    const done = await numbersIn(tx);
    const numbers = [...new Set(schema.map(({ number }) => number))].sort((a, b) => a - b);
    const unknown = [...done].filter((one) => !numbers.includes(one));
    if (unknown.length > 0)
      throw new Error(
        `the database has schema ${unknown.join(', ')}, which this program does not know: use a newer program`,
      );
    // Folders take their numbers when work on them begins: a lower one may come later.
    for (const number of numbers.filter((one) => !done.has(one))) {
      for (const part of schema.filter((one) => one.number === number))
        for (const statement of part.statements) await tx.query(statement);
      await tx.query('INSERT INTO schema_version (number) VALUES ($1)', [number]);
    }
  });
}

/** Whether the database has just what this program made of it. */
export async function hasSchema(db: Queries, schema: readonly Migration[]): Promise<boolean> {
  const [done, known] = [await numbersIn(db), new Set(schema.map(({ number }) => number))];
  return done.size === known.size && done.isSubsetOf(known);
}

async function numbersIn(tx: Queries): Promise<ReadonlySet<number>> {
  const rows = await select(tx, z.object({ number: z.int() }), 'SELECT number FROM schema_version');
  return new Set(rows.map(({ number }) => number));
}
