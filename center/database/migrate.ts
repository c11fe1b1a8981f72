import { z } from 'zod';
import { type Database, type Queries, select } from './database.ts';

/**
 * What one folder adds to the schema. Numbers count through the whole center: a new migration takes the next one that is
 * free. Up to 8, which one file held once, several folders have a part in a number.
 *
 * Every table of people, exams and results carries `tenant_id` in its key, so a query cannot reach a row without naming
 * whose it is.
 *
 * From {@link FIRST_EXPANDING} on a migration only adds, so that a program from before goes on beside it: `expanding.ts` looks.
 */
export type Migration = {
  readonly number: number;
  readonly statements: readonly string[];
  /** Why a program from before cannot go on beside it: then no other may be running, and none from before starts again. */
  readonly breaks?: string;
  /** Why it may keep others from writing while it runs, such as an index on a table that has rows. */
  readonly holds?: string;
};

/** Programs from before are not told whether those up to here are more than they can bear: they start beside none. */
export const FIRST_EXPANDING = 62;

/** Arbitrary numbers that nothing else locks on: who starts, and who runs. */
const START_LOCK = 845_201;
export const RUNNING_LOCK = 845_202;

/** Until the end of the transaction no other center that starts on this database does what is done once for all. */
export const lockStart = async (tx: Queries): Promise<void> =>
  void (await tx.query('SELECT pg_advisory_xact_lock($1)', [START_LOCK]));

/** A statement that waits behind somebody's long transaction keeps everybody behind it waiting as well: it gives up. */
const LOCK_TIMEOUT = '10s';

/** Which numbers a database has had. */
export const VERSIONS = 'schema_version';

/**
 * Brings the database up to a schema.
 * @param schema parts that refer to others come after them
 * @throws Error where a program has been at it that knows more, of whichever number, and this one cannot go on beside that; or where
 * another program runs that could not go on
 */
export function migrate(db: Database, schema: readonly Migration[]): Promise<void> {
  return db.transaction(async (tx) => {
    await lockStart(tx);
    await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await makeVersions(tx);
    const done = await mustKnow(tx, schema);
    const missing = schema.filter(({ number }) => !done.has(number));
    const breaking = missing.filter(({ number, breaks }) => breaks !== undefined || number < FIRST_EXPANDING);
    if (done.size > 0 && breaking.length > 0) await mustRunAlone(tx, breaking);
    // Folders take their numbers when work on them begins: a lower one may come later.
    for (const number of [...new Set(missing.map((one) => one.number))].sort((a, b) => a - b)) {
      const parts = missing.filter((one) => one.number === number);
      for (const part of parts) for (const statement of part.statements) await tx.query(statement);
      const breaks = parts.some((one) => breaking.includes(one));
      await tx.query('INSERT INTO schema_version (number, breaks) VALUES ($1, $2)', [number, breaks]);
    }
  });
}

/** Whether the database has all that this program needs of it, and nothing that it cannot go on beside. */
export async function hasSchema(db: Queries, schema: readonly Migration[]): Promise<boolean> {
  const { done, unknown } = await versionsOf(db, schema);
  return unknown.length === 0 && schema.every(({ number }) => done.has(number));
}

/** What a program from before wrote down breaks, as far as anybody knows. */
async function makeVersions(tx: Queries): Promise<void> {
  await tx.query('CREATE TABLE IF NOT EXISTS schema_version (number integer PRIMARY KEY)');
  await tx.query('ALTER TABLE schema_version ADD COLUMN IF NOT EXISTS breaks boolean NOT NULL DEFAULT true');
}

/**
 * @returns the numbers that the database has had
 * @throws Error where there is one that this program does not know and cannot go on beside
 */
export async function mustKnow(tx: Queries, schema: readonly Migration[]): Promise<ReadonlySet<number>> {
  const { done, unknown } = await versionsOf(tx, schema);
  if (unknown.length > 0)
    throw new Error(
      `the database has schema ${unknown.join(', ')}, which this program does not know: use a newer program`,
    );
  return done;
}

/** The numbers that a database has had, and those of them that break a program which does not know them, as this one. */
async function versionsOf(tx: Queries, schema: readonly Migration[]) {
  const shape = z.object({ number: z.int(), breaks: z.boolean() });
  const rows = await select(tx, shape, 'SELECT number, breaks FROM schema_version ORDER BY number');
  const known = new Set(schema.map(({ number }) => number));
  return {
    done: new Set(rows.map(({ number }) => number)),
    unknown: rows.filter(({ number, breaks }) => breaks && !known.has(number)).map(({ number }) => number),
  };
}

/** Of other programs on this database each holds this lock, shared, as long as it runs. */
async function mustRunAlone(tx: Queries, breaking: readonly Migration[]): Promise<void> {
  const [answer] = await tx.query('SELECT pg_try_advisory_xact_lock($1) AS alone', [RUNNING_LOCK]);
  if (answer?.alone === true) return;
  const numbers = [...new Set(breaking.map(({ number }) => number))].join(', ');
  throw new Error(
    `another program runs on this database, and could not go on beside schema ${numbers}: stop it before this one starts`,
  );
}

/** The numbers that a database has had, in their order; none of one without tables. */
export async function schemaNumbers(db: Queries): Promise<readonly number[]> {
  const [there] = await db.query("SELECT to_regclass('schema_version') IS NOT NULL AS there");
  if (there?.there !== true) return [];
  const rows = await select(db, z.object({ number: z.int() }), 'SELECT number FROM schema_version ORDER BY number');
  return rows.map(({ number }) => number);
}
