import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { paths } from '../../contract/station-center/center-api.ts';
import { FIRST_EXPANDING, type Migration, migrate, openPostgres, troublesOf } from '../database/index.ts';
import { batchOf, enrolStation, openTestCenter, recordOf, type TestCenter, urlOfEmpty } from '../testing/index.ts';
import { SCHEMA } from './schema.ts';
import { openCenter } from './service.ts';

const of = (...statements: readonly string[]): Migration => ({ number: 100, statements });

describe('a migration', () => {
  test('only adds: a program from before goes on beside it', () => {
    const later = SCHEMA.filter(({ number }) => number >= FIRST_EXPANDING);
    expect(later.length).toBeGreaterThan(0);
    expect(later.flatMap(troublesOf)).toEqual([]);
  });

  test.each([
    ['ALTER TABLE records DROP COLUMN body', 'drops a column'],
    ['ALTER TABLE records DROP body', 'drops a column'],
    ['alter table records rename column body to text', 'renames'],
    ['ALTER TABLE records RENAME TO results', 'renames'],
    ['DROP TABLE records', 'takes away'],
    ['ALTER TABLE records ADD COLUMN by text NOT NULL', 'refuses rows'],
    ['ALTER TABLE records\n ADD COLUMN by text NOT NULL', 'refuses rows'],
    ['ALTER TABLE records ADD COLUMN by text UNIQUE', 'refuses rows'],
    ['ALTER TABLE records ADD COLUMN by text DEFAULT gen_random_uuid()', 'writes the table anew'],
    ['ALTER TABLE records ALTER COLUMN by SET NOT NULL', 'refuses rows'],
    ['ALTER TABLE records ALTER COLUMN position TYPE bigint', 'type of a column'],
    ['ALTER TABLE records ADD CONSTRAINT a CHECK (position > 0)', 'refuses rows'],
    ['ALTER TABLE records ADD FOREIGN KEY (by) REFERENCES proctors', 'refuses rows'],
    ['CREATE UNIQUE INDEX a ON records (by)', 'refuses rows'],
    ['CREATE INDEX a ON records (by)', 'while its index is made'],
    ['UPDATE records SET by = 1', 'keeps rows locked'],
    ['DELETE FROM records', 'keeps rows locked'],
    ['TRUNCATE records', 'keeps everybody else out'],
  ])('is found where it does more: %s', (statement, trouble) => {
    expect(troublesOf(of(statement)).join()).toContain(trouble);
    expect(troublesOf({ ...of(statement), breaks: 'that is so' })).toEqual([]);
  });

  test.each([
    ['ALTER TABLE records ADD COLUMN by text'],
    ["ALTER TABLE records ADD COLUMN by text NOT NULL DEFAULT 'RENAME, DROP TABLE'"],
    ['ALTER TABLE records ALTER COLUMN by DROP NOT NULL'],
    ['CREATE TABLE a (id integer PRIMARY KEY, b text NOT NULL UNIQUE)'],
    [
      'CREATE TABLE a (b integer)',
      'CREATE UNIQUE INDEX c ON a (b)',
      'UPDATE a SET b = 1',
      'ALTER TABLE a DROP COLUMN b',
    ],
    ['INSERT INTO records DEFAULT VALUES'],
  ])('is let be where it adds: %s', (...statements) => {
    expect(troublesOf(of(...statements))).toEqual([]);
  });

  test('says why it may keep others waiting', () => {
    const index = of('CREATE INDEX a ON records (by)');
    expect(troublesOf({ ...index, holds: 'some seconds' })).toEqual([]);
    expect(troublesOf({ ...of('DROP TABLE records'), holds: 'some seconds' })).toHaveLength(1);
  });
});

describe('a newer program on the database of one that runs', () => {
  const added: Migration = {
    number: 9_001,
    statements: [
      "ALTER TABLE stations ADD COLUMN colour text NOT NULL DEFAULT 'grey'",
      'ALTER TABLE records ADD COLUMN weather text',
      'CREATE TABLE colours (id integer PRIMARY KEY)',
    ],
  };
  let older: TestCenter;
  beforeAll(async () => {
    older = await openTestCenter();
  });
  afterAll(() => older.close());

  test('lets it go on, and start again', async () => {
    const { db, data } = older.center;
    const station = await enrolStation(older.app, older.secrets.enrolmentCode);
    const first = await batchOf(station, [recordOf(station)]);
    expect((await station.call('POST', paths.batches, first)).statusCode).toBe(200);
    expect(troublesOf(added)).toEqual([]);
    await migrate(db, [...SCHEMA, added]);
    const second = await batchOf(station, [recordOf(station)], { number: 1, batch: first });
    expect((await station.call('POST', paths.batches, second)).statusCode).toBe(200);
    const again = await openCenter({ data, database: { ...db, close: async () => undefined } });
    expect((await again.app.inject(paths.health)).statusCode).toBe(200);
    await again.close();
    // And the newer one finds what it brought, once.
    await migrate(db, [...SCHEMA, added]);
    expect(await db.query('SELECT number FROM schema_version WHERE number = 9001')).toHaveLength(1);
  });

  test('keeps it from starting again where it could not go on', async () => {
    const { db, data } = older.center;
    const breaking: Migration = { number: 9_002, breaks: 'a test', statements: ['ALTER TABLE colours RENAME TO hues'] };
    await migrate(older.center.db, [...SCHEMA, added, breaking]).catch((error: Error) => {
      // On a server it runs, so that has to wait.
      expect(error.message).toContain('another program runs on this database');
      return db.query('INSERT INTO schema_version VALUES (9002)');
    });
    await expect(openCenter({ data, database: { ...db, close: async () => undefined } })).rejects.toThrow(
      'schema 9002, which this program does not know',
    );
  });
});

describe.skipIf(!process.env.EXAM_CENTER_TEST_DATABASE_URL)('on a server', () => {
  test('what breaks others waits until none runs any more', async () => {
    const url = await urlOfEmpty();
    const [one, other] = [openPostgres(url, () => undefined), openPostgres(url, () => undefined)];
    onTestFinished(() => other.close());
    const breaking: Migration = { number: 9_002, breaks: 'a test', statements: ['CREATE TABLE hues (id integer)'] };
    await migrate(one, SCHEMA);
    await one.run?.();
    await expect(migrate(other, [...SCHEMA, breaking])).rejects.toThrow('another program runs on this database');
    await one.close();
    await migrate(other, [...SCHEMA, breaking]);
    expect(await other.query('SELECT 1 FROM hues')).toEqual([]);
  });
});
