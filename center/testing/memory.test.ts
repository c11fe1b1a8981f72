import { expect, it } from 'vitest';
import { z } from 'zod';
import { type Database, select } from '../database/index.ts';
import { openTestCenter } from './index.ts';
import { openMigrated } from './memory.ts';

/** All rows of all tables, and where each sequence stands. */
async function held(db: Database): Promise<unknown> {
  const tables = await select(
    db,
    z.object({ name: z.string() }),
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables) rows[name] = await db.query(`SELECT t::text FROM ${name} t ORDER BY 1`);
  return { rows, sequences: await db.query('SELECT sequencename, last_value FROM pg_sequences ORDER BY 1') };
}

const columnsOf = (table: string, count: number): string =>
  `(SELECT count(*) = ${count} FROM information_schema.columns WHERE table_name = '${table}')`;

/** Which instance it is: one that was lent before has used more transactions. */
const transactionsOf = async (db: Database): Promise<number> => {
  const [row] = await select(db, z.object({ n: z.number() }), 'SELECT pg_current_xact_id()::text::int AS n');
  return row?.n ?? 0;
};

it('what a center left in a database is gone when it is lent again', async () => {
  const first = await openMigrated();
  const before = await held(first);
  const used = await transactionsOf(first);
  await first.close();
  const { center, close } = await openTestCenter();
  expect(await held(center.db)).not.toEqual(before);
  await center.db.query('DELETE FROM schema_version');
  await close();
  const again = await openMigrated();
  expect(await held(again)).toEqual(before);
  expect(await transactionsOf(again)).toBeGreaterThan(used + 10);
  await again.close();
});

it.each([
  ['a table more', 'CREATE TABLE later (id int)', `to_regclass('later') IS NULL`],
  ['a column more', 'ALTER TABLE roster_flows ADD COLUMN later int', columnsOf('roster_flows', 4)],
  ['a column less', 'ALTER TABLE roster_flows DROP COLUMN people', columnsOf('roster_flows', 4)],
  [
    'a trigger that is silent',
    'ALTER TABLE audit_lines DISABLE TRIGGER audit_lines_kept',
    `(SELECT tgenabled = 'O' FROM pg_trigger WHERE tgname = 'audit_lines_kept')`,
  ],
  [
    'another function',
    'CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    `(SELECT prosrc LIKE '%RAISE%' FROM pg_proc WHERE proname = 'audit_is_kept')`,
  ],
  [
    'other rights',
    'REVOKE SELECT ON records FROM exam_center_walled',
    `has_table_privilege('exam_center_walled', 'records', 'SELECT')`,
  ],
  ['statistics', 'ANALYZE', `NOT EXISTS (SELECT FROM pg_stats WHERE schemaname = 'public')`],
])('one with %s is not lent again', async (_, change, isAsItWas) => {
  const [db, look] = [await openMigrated(), `SELECT ${isAsItWas} AS same`];
  expect(await db.query(look)).toEqual([{ same: true }]);
  await db.query(change);
  expect(await db.query(look)).toEqual([{ same: false }]);
  await db.close();
  const next = await openMigrated();
  expect(await next.query(look)).toEqual([{ same: true }]);
  await next.close();
});

it('a setting of a session ends with it', async () => {
  const db = await openMigrated();
  await db.query(`SET statement_timeout = '7s'`);
  await db.close();
  const next = await openMigrated();
  expect(await next.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '0' }]);
  await next.close();
});

it('whoever closed one has it no more, while another has it', async () => {
  const one = await openMigrated();
  await one.close();
  const other = await openMigrated();
  await expect(one.query('SELECT 1')).rejects.toThrow('closed');
  await expect(one.transaction(async () => 1)).rejects.toThrow('closed');
  await expect(one.close()).rejects.toThrow('closed');
  expect(await other.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await other.close();
});

it('two that are open at once know nothing of each other', async () => {
  const [one, other] = [await openMigrated(), await openMigrated()];
  await one.query('DELETE FROM schema_version');
  expect(await other.query('SELECT 1 AS one FROM schema_version LIMIT 1')).toEqual([{ one: 1 }]);
  await one.close();
  await other.close();
});
