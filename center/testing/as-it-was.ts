import type { PGlite } from '@electric-sql/pglite';

/** @returns whether the database is as it was; not where more than rows have changed */
export type PutBack = () => Promise<boolean>;

/** What a table held at first, as JSON. */
type Kept = { readonly name: string; readonly columns: string; readonly rows: string };

/** Past this size, making another one takes less. */
const TOO_LARGE_BYTES = 32 * 1024 * 1024;

/**
 * Remembers a database that nobody else uses, so that it can be had again as it is now: its rows, and where its sequences stand. What
 * it is made of (tables, triggers, rights, statistics) is only looked at: where that has changed, it cannot.
 */
export async function rememberDatabase(lite: PGlite): Promise<PutBack> {
  const ask = await catalogueQuestion(lite);
  const look = async (): Promise<string> => JSON.stringify((await lite.query(ask)).rows);
  const [before, kept] = [await look(), await keptRows(lite)];
  return async () => {
    await lite.exec('DISCARD ALL');
    if (await isTooLarge(lite)) return false;
    await putRowsBack(lite, kept);
    return (await look()) === before;
  };
}

/** SQL: of each table of the catalogue, how many rows it has and the newest transaction that wrote one. */
async function catalogueQuestion(lite: PGlite): Promise<string> {
  const tables = await names(
    lite,
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'pg_catalog'::regnamespace`,
  );
  return tables
    .map((name) => `SELECT '${name}', count(*), max(xmin::text::bigint) FROM pg_catalog.${name}`)
    .join(' UNION ALL ');
}

async function names(lite: PGlite, sql: string): Promise<readonly string[]> {
  return (await lite.query<{ name: string }>(sql)).rows.map(({ name }) => name);
}

/** Tables that have, or had, a row. */
const tablesWithRows = (lite: PGlite): Promise<readonly string[]> =>
  names(
    lite,
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0`,
  );

/** All but what the database works out itself. */
const COLUMNS = `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`;

async function keptRows(lite: PGlite): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const name of await tablesWithRows(lite)) {
    const [of] = (await lite.query<{ columns: string }>(COLUMNS, [name])).rows;
    const [held] = (await lite.query<{ rows: string | null }>(`SELECT json_agg(t)::text AS rows FROM ${name} t`)).rows;
    if (of && held?.rows) kept.push({ name, columns: of.columns, rows: held.rows });
  }
  return kept;
}

async function isTooLarge(lite: PGlite): Promise<boolean> {
  const { rows } = await lite.query<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
  return rows.some(({ bytes }) => bytes > TOO_LARGE_BYTES);
}

const SEQUENCES_BACK = `SELECT setval(seqrelid, seqstart, false) FROM pg_sequence`;

/** As a replica puts rows in, for which no trigger is asked: there are tables that let nobody take one out. */
async function putRowsBack(lite: PGlite, kept: readonly Kept[]): Promise<void> {
  const used = await tablesWithRows(lite);
  await lite.transaction(async (tx) => {
    await tx.exec(
      ['SET LOCAL session_replication_role = replica', ...used.map((name) => `DELETE FROM ${name}`)].join(';'),
    );
    for (const { name, columns, rows } of kept)
      await tx.query(
        `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
         SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1)`,
        [rows],
      );
    await tx.query(SEQUENCES_BACK);
  });
}
