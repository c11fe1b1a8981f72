import { z } from 'zod';
import { type Queries, select } from '../database/index.ts';
import type { TextRow } from './lines.ts';
import { quoted, type Table } from './tables.ts';

const [MOST_ROWS, MOST_LENGTH] = [500, 8_000_000];

/** Puts rows into a table in which nothing else is. */
export type RowWriter = { add(row: TextRow): Promise<void>; end(): Promise<void> };

export function writeRows(tx: Queries, { name, columns }: Table): RowWriter {
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const values = columns.map(({ type }, at) => `u.c${at}::${type}`).join(', ');
  const lists = columns.map((_, at) => `$${at + 1}::text[]`).join(', ');
  const aliases = columns.map((_, at) => `c${at}`).join(', ');
  const sql = `INSERT INTO ${quoted(name)} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM unnest(${lists}) AS u(${aliases})`;
  let waiting: TextRow[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const rows = waiting;
    [waiting, length] = [[], 0];
    await tx.query(
      sql,
      columns.map((_, at) => rows.map((row) => row[at])),
    );
  };
  return {
    async add(row) {
      waiting.push(row);
      length += row.reduce((sum, text) => sum + (text?.length ?? 0), 0);
      if (waiting.length >= MOST_ROWS || length >= MOST_LENGTH) await flush();
    },
    end: flush,
  };
}

/** What the database holds rows against while they come in table by table: taken away, and put back when all are there. */
export type Guards = { restore(): Promise<void> };

/** References between tables are dropped and triggers are silent until all rows are there; then references are made anew, and hold. */
export async function liftGuards(tx: Queries, tables: readonly Table[]): Promise<Guards> {
  const shape = z.object({ table: z.string(), name: z.string(), says: z.string() });
  const references = await select(
    tx,
    shape,
    `SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS says
     FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
  );
  for (const { table, name } of references)
    await tx.query(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
  for (const { name } of tables) await tx.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  return {
    async restore() {
      for (const { table, name, says } of references)
        await tx.query(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${says}`);
      for (const { name } of tables) await tx.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    },
  };
}

/** Numbers that a table counts by itself go on behind the highest there is. */
export async function advanceSequences(tx: Queries, tables: readonly Table[]): Promise<void> {
  for (const { name, columns } of tables)
    for (const column of columns) {
      const [found] = await tx.query('SELECT pg_get_serial_sequence($1, $2) AS sequence', [quoted(name), column.name]);
      if (typeof found?.sequence !== 'string') continue;
      const highest = `(SELECT max(${quoted(column.name)}) FROM ${quoted(name)})`;
      await tx.query(`SELECT setval($1::regclass, coalesce(${highest}, 1), ${highest} IS NOT NULL)`, [found.sequence]);
    }
}
