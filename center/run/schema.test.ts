import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, type Migration, migrate } from '../database/index.ts';
import { openEmpty } from '../testing/index.ts';
import { SCHEMA_UP_TO_8 } from './schema.fixture.ts';
import { SCHEMA } from './schema.ts';

const UP_TO_8 = SCHEMA.filter(({ number }) => number <= 8);

let db: Database;
let before: Awaited<ReturnType<typeof schemaOf>>;

beforeAll(async () => {
  db = await openEmpty();
  before = (await made(SCHEMA_UP_TO_8)).schema;
});
afterAll(() => db.close());

/** All that a database says of its tables. */
async function schemaOf() {
  const columns = await db.query(
    `SELECT table_name, column_name, ordinal_position, data_type, udt_name, is_nullable, column_default, is_generated
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  );
  const constraints = await db.query(
    `SELECT conrelid::regclass::text AS of, conname, pg_get_constraintdef(oid) AS says FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  );
  const indexes = await db.query(`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`);
  const versions = await db.query('SELECT number FROM schema_version ORDER BY number');
  return { columns, constraints, indexes, versions };
}

/** What a database has become that was empty before. */
async function made(...steps: readonly (readonly Migration[] | string)[]) {
  await db.query('DROP SCHEMA public CASCADE');
  await db.query('CREATE SCHEMA public');
  for (const step of steps) await (typeof step === 'string' ? db.query(step) : migrate(db, step));
  return { schema: await schemaOf(), photos: await photosOf() };
}
const photosOf = async () => db.query('SELECT tenant_id, candidate_id, hash FROM candidate_photos');

describe('the schema, put together from what each folder brings', () => {
  test('is, from an empty database, the one that it always was', async () => {
    expect(before.columns.length).toBeGreaterThan(80);
    expect((await made(UP_TO_8)).schema).toEqual(before);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('is the same where an earlier program left it at %i', async (left) => {
    const start = SCHEMA_UP_TO_8.filter(({ number }) => number <= left);
    expect((await made(start, UP_TO_8)).schema).toEqual(before);
  });

  test('keeps what was there: the one photo of an old candidate is one of several', async () => {
    const rows = [
      "INSERT INTO tenants VALUES ('tn_a', 'A', NULL)",
      "INSERT INTO banks VALUES ('tn_a', 'bk_a', '{}')",
      "INSERT INTO exams VALUES ('tn_a', 'ex_a', 'bk_a', '{}')",
      "INSERT INTO photos VALUES ('tn_a', 'h', '')",
      "INSERT INTO candidates VALUES ('tn_a', 'cd_a', 'n', '1', 'ex_a', 'h')",
    ];
    const { photos } = await made(SCHEMA_UP_TO_8.slice(0, 1), ...rows, SCHEMA);
    expect(photos).toEqual([{ tenant_id: 'tn_a', candidate_id: 'cd_a', hash: 'h' }]);
  });

  test('has what a lower number brought after a higher one was there', async () => {
    const early = SCHEMA.filter(({ number }) => ![83, 84, 85].includes(number));
    const whole = await made(SCHEMA);
    const late = await made(early, SCHEMA);
    const columns = ({ schema }: typeof whole) =>
      schema.columns.map(({ table_name, column_name }) => `${table_name}.${column_name}`).sort();
    expect(columns(late)).toEqual(columns(whole));
    expect(late.schema.versions).toEqual(whole.schema.versions);
  });

  test('is refused where a newer program has been at it', async () => {
    const numbers = SCHEMA.map(({ number }) => number);
    const between = numbers.find((number) => number > 8 && !numbers.includes(number + 1)) ?? 0;
    for (const number of [10_000, between + 1])
      await expect(made(SCHEMA, `INSERT INTO schema_version VALUES (${number})`, SCHEMA)).rejects.toThrow(
        `schema ${number}, which this program does not know: use a newer program`,
      );
  });

  test('after 8 each number is the part of one folder', () => {
    const later = SCHEMA.map(({ number }) => number).filter((number) => number > 8);
    expect(new Set(later).size).toBe(later.length);
  });
});
