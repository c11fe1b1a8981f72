import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../station.fixture.ts';
import { type Database, migrate, openDatabase } from './index.ts';

const FIRST = "CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('first');";
const SECOND = "INSERT INTO notes VALUES ('second');";

const notes = (database: Database): unknown[] => database.prepare('SELECT text FROM notes').pluck().all();
const tables = (database: Database): unknown[] =>
  database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'migrations'").pluck().all();

describe('a database', () => {
  it('flushes every commit to disk, keeps a write-ahead log and minds foreign keys', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.db'));
    const pragma = (name: string): unknown => database.pragma(name, { simple: true });
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    database.close();
  });

  it('still has what was committed when it is opened again', () => {
    const path = join(temporaryFolder(), 'a.db');
    const before = openDatabase(path);
    migrate(before, 'notes', [FIRST]);
    before.close();
    const after = openDatabase(path);
    expect(notes(after)).toEqual(['first']);
    after.close();
  });

  it('can be read by a second opener while the first writes', () => {
    const path = join(temporaryFolder(), 'a.db');
    const [writer, reader] = [openDatabase(path), openDatabase(path)];
    migrate(writer, 'notes', [FIRST]);
    writer.exec('BEGIN IMMEDIATE');
    writer.exec(SECOND);
    expect(notes(reader)).toEqual(['first']);
    writer.exec('COMMIT');
    expect(notes(reader)).toEqual(['first', 'second']);
    for (const database of [writer, reader]) database.close();
  });
});

describe('a migration', () => {
  it('runs each step once, however often it is asked for', () => {
    const database = openDatabase(':memory:');
    for (let time = 0; time < 3; time++) migrate(database, 'notes', [FIRST, SECOND]);
    expect(notes(database)).toEqual(['first', 'second']);
  });

  it('runs only the steps that were added since', () => {
    const database = openDatabase(':memory:');
    migrate(database, 'notes', [FIRST]);
    migrate(database, 'notes', [FIRST, SECOND]);
    expect(notes(database)).toEqual(['first', 'second']);
  });

  it('runs once over two lives of a file', () => {
    const path = join(temporaryFolder(), 'a.db');
    for (let life = 0; life < 2; life++) {
      const database = openDatabase(path);
      migrate(database, 'notes', [FIRST]);
      expect(notes(database)).toEqual(['first']);
      database.close();
    }
  });

  it.each([
    ['in its own middle', [FIRST, `${SECOND} INSERT INTO nowhere VALUES (1);`]],
    ['after others that were well', [FIRST, SECOND, 'this is no SQL']],
  ])('that fails %s leaves nothing behind and runs whole the next time', (_, steps) => {
    const database = openDatabase(':memory:');
    expect(() => migrate(database, 'notes', steps)).toThrow();
    expect(tables(database)).toEqual([]);
    migrate(database, 'notes', [FIRST, SECOND]);
    expect(notes(database)).toEqual(['first', 'second']);
  });

  it('of one domain says nothing about another', () => {
    const database = openDatabase(':memory:');
    migrate(database, 'notes', [FIRST]);
    migrate(database, 'other', ['CREATE TABLE other (n INTEGER) STRICT;']);
    expect(tables(database).sort()).toEqual(['notes', 'other']);
  });
});
