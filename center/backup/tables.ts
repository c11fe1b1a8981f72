import { z } from 'zod';
import { type Queries, select, VERSIONS } from '../database/index.ts';

export type Column = { readonly name: string; readonly type: string };
export type Table = { readonly name: string; readonly columns: readonly Column[] };

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Texts that mean the same at whoever reads them: no setting of a server has a say in them. */
const PLAIN_TEXT = [
  "SET LOCAL TimeZone = 'UTC'",
  "SET LOCAL DateStyle = 'ISO'",
  "SET LOCAL IntervalStyle = 'postgres'",
  "SET LOCAL bytea_output = 'hex'",
  'SET LOCAL extra_float_digits = 1',
];

export async function writePlainText(tx: Queries): Promise<void> {
  for (const statement of PLAIN_TEXT) await tx.query(statement);
}

/** Every table but that with the numbers of the schema, which a restored database makes by itself. */
export async function tablesIn(db: Queries): Promise<readonly Table[]> {
  const shape = z.object({ table: z.string(), column: z.string(), type: z.string() });
  const rows = await select(
    db,
    shape,
    `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attgenerated = '' AND c.relname <> $1
     ORDER BY c.relname, a.attnum`,
    [VERSIONS],
  );
  const byTable = Map.groupBy(rows, ({ table }) => table);
  return [...byTable].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column, type }) => ({ name: column, type })),
  }));
}
