import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProctorId } from '../../../contract/words/ids.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { manualClock } from '../../station.fixture.ts';
import { openLedger } from '../ledger/index.ts';
import { SittingEvent } from '../sitting/index.ts';
import {
  type Database,
  isLocked,
  lockFolder,
  migrate,
  mustBeWhole,
  openDatabase,
  openReadOnly,
  stepsOf,
} from './index.ts';

const FIRST = "CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('first');";
const SECOND = "INSERT INTO notes VALUES ('second');";

const notes = (database: Database): unknown[] => database.prepare('SELECT text FROM notes').pluck().all();
const tables = (database: Database): unknown[] =>
  database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'migrations'").pluck().all();

describe('a database', () => {
  it('flushes every commit to disk, keeps a write-ahead log, minds foreign keys and overwrites what is erased', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.db'));
    const pragma = (name: string): unknown => database.pragma(name, { simple: true });
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    expect(pragma('secure_delete')).toBe(1);
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

  it('that another program runs at the same moment is not run a second time', () => {
    const path = join(temporaryFolder(), 'a.db');
    const [station, archive] = [openDatabase(path), openDatabase(path)];
    // The other one is just in time: after this one looked, before it began.
    const overtaken = new Proxy(station, {
      get(target, key) {
        if (key === 'transaction') migrate(archive, 'notes', [FIRST]);
        const value = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    migrate(overtaken, 'notes', [FIRST, SECOND]);
    expect(notes(station)).toEqual(['first', 'second']);
    for (const database of [station, archive]) database.close();
  });

  it('of one domain says nothing about another', () => {
    const database = openDatabase(':memory:');
    migrate(database, 'notes', [FIRST]);
    migrate(database, 'other', ['CREATE TABLE other (n INTEGER) STRICT;']);
    expect(tables(database).sort()).toEqual(['notes', 'other']);
  });
});

describe('a data folder', () => {
  it('belongs to one station at a time', () => {
    const folder = temporaryFolder();
    const lock = lockFolder(folder);
    expect(reasonOf(() => lockFolder(folder))).toBe('station-running');
    expect(reasonOf(() => lockFolder(temporaryFolder()))).toBe('ok');
    lock[Symbol.dispose]();
    expect(reasonOf(() => lockFolder(folder))).toBe('ok');
  });

  it('tells whoever looks whether a station runs on it, and keeps none from starting', () => {
    const folder = temporaryFolder();
    expect(isLocked(folder)).toBe(false);
    const lock = lockFolder(folder);
    expect(isLocked(folder)).toBe(true);
    lock[Symbol.dispose]();
    expect([isLocked(folder), reasonOf(() => lockFolder(folder))]).toEqual([false, 'ok']);
  });

  it('is free again once its station was killed, however that happened', async () => {
    const folder = temporaryFolder();
    const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      globalThis.lock = lockFolder(process.argv[1]); process.stdout.write('locked'); setInterval(() => {}, 1000);`;
    const station = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, folder]);
    onTestFinished(() => void station.kill('SIGKILL'));
    await once(station.stdout, 'data');
    expect(reasonOf(() => lockFolder(folder))).toBe('station-running');
    station.kill('SIGKILL');
    await once(station, 'exit');
    expect(reasonOf(() => lockFolder(folder))).toBe('ok');
  });
});

it('a file that is no database is refused by name and left as it is', () => {
  const path = join(temporaryFolder(), 'station.db');
  writeFileSync(path, 'no database, but somebody may still need it'.repeat(200));
  const before = readFileSync(path);
  expect(reasonOf(() => openDatabase(path))).toBe('data-damaged');
  expect(readFileSync(path).equals(before)).toBe(true);
});

describe('a disk that does not take what is written', () => {
  const opened = () => {
    const path = join(temporaryFolder(), 'a.db');
    const database = openDatabase(path);
    const ledger = openLedger(database, manualClock(), SittingEvent.parse);
    const append = (text: string) =>
      reasonOf(() => ledger.append(null, [{ type: 'overridden', by: PROCTOR, note: text, reason: 'mismatch' }]));
    return { path, database, ledger, append };
  };
  const PROCTOR = ProctorId.parse('pr_a');

  it('because it is full is named, nothing half is written, and it goes on once there is space', () => {
    const { database, ledger, append } = opened();
    const pages = database.pragma('page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${pages + 1}`);
    let kept = 0;
    while (append('x'.repeat(2_000)) === 'ok') kept += 1;
    expect(append('x'.repeat(9_000))).toBe('disk-full');
    expect(ledger.head().sequence).toBe(kept);
    database.pragma('max_page_count = 100000');
    expect(append('x'.repeat(9_000))).toBe('ok');
    expect(ledger.firstBroken()).toBeUndefined();
  });

  it('because it may not be written to is named', () => {
    const { database, append } = opened();
    database.pragma('query_only = ON');
    expect(append('a')).toBe('disk-readonly');
  });

  it('because another program holds it is named', () => {
    const { path, database, append } = opened();
    database.pragma('busy_timeout = 1');
    const other = openDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    expect(append('a')).toBe('data-locked');
    other.exec('ROLLBACK');
    expect(append('a')).toBe('ok');
    other.close();
  });
});

describe('a database file', () => {
  it('that is whole passes, and one with a torn page is refused by name', () => {
    const path = join(temporaryFolder(), 'a.db');
    const database = openDatabase(path);
    migrate(database, 'notes', [FIRST]);
    const insert = database.prepare('INSERT INTO notes VALUES (?)');
    for (let n = 0; n < 500; n++) insert.run('word '.repeat(50));
    mustBeWhole(database);
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096 * 6, 4096 * 8);
    writeFileSync(path, bytes);
    expect(reasonOf(() => mustBeWhole(openDatabase(path)))).toBe('data-damaged');
  });

  it('is copied before what is in it is changed, once, and reads as it was', () => {
    const path = join(temporaryFolder(), 'a.db');
    const before = openDatabase(path);
    migrate(before, 'notes', [FIRST]);
    before.close();
    const after = openDatabase(path);
    migrate(after, 'others', ['CREATE TABLE others (text TEXT) STRICT']);
    migrate(after, 'notes', [FIRST, SECOND]);
    expect(notes(after)).toEqual(['first', 'second']);
    expect(notes(openDatabase(`${path}.before-notes-2`))).toEqual(['first']);
  });
});

describe('a database that is only looked at', () => {
  it('is read while its station writes, and cannot be changed', () => {
    const path = join(temporaryFolder(), 'a.db');
    const station = openDatabase(path);
    migrate(station, 'notes', [FIRST]);
    const look = openReadOnly(path);
    expect([notes(look), stepsOf(look)]).toEqual([['first'], 1]);
    // What is up to date already asks for no change.
    migrate(look, 'notes', [FIRST]);
    expect(() => migrate(look, 'notes', [FIRST, SECOND])).toThrow('readonly');
    expect(existsSync(`${path}.before-notes-2`)).toBe(false);
    station.exec(SECOND);
    expect(notes(look)).toEqual(['first', 'second']);
    for (const database of [look, station]) database.close();
  });

  it('has to be one', () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(path, 'no database'.repeat(1_000));
    expect(reasonOf(() => openReadOnly(path))).toBe('data-damaged');
  });
});
