import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SittingId } from '../../../contract/words/ids.ts';
import { hashOf } from '../../../proof/index.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { manualClock } from '../../station.fixture.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { openLedger } from './index.ts';

type Event = { readonly type: string; readonly n: number };
const parse = (value: unknown): Event => value as Event;
const event = (n: number): Event => ({ type: 'counted', n });
const [A, B] = [SittingId.parse('si_a'), SittingId.parse('si_b')];

function open(path = ':memory:') {
  const database = openDatabase(path);
  const clock = manualClock();
  return { database, clock, ledger: openLedger(database, clock, parse) };
}

/** A ledger with five entries of two sittings. */
function written() {
  const opened = open();
  opened.ledger.append(A, [event(1), event(2)]);
  opened.ledger.append(null, [event(3)]);
  opened.ledger.append(B, [event(4)]);
  opened.ledger.append(A, [event(5)]);
  return opened;
}

/** What a forger who knows the rule writes: entries whose hashes follow one from the other, from any number on. */
function forge(database: Database, from: number, count: number): void {
  let previous = '0'.repeat(64);
  for (let sequence = from; sequence < from + count; sequence++) {
    const body = { sequence, at: '2026-03-04T05:06:07.890Z', boot: 'boot-1', monotonic: 0, sitting: A };
    const forged = event(100 + sequence);
    const hash = hashOf({ ...body, event: forged, previous });
    const values = [...Object.values(body), JSON.stringify(forged), hash];
    database.prepare('INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)').run(values);
    previous = hash;
  }
}

const rowCount = (database: Database): unknown => database.prepare('SELECT count(*) FROM ledger').pluck().get();
const unguard = (database: Database): void => {
  const triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
};

describe('a ledger', () => {
  it('is empty at first: sequence 0 and a head of zeros', () => {
    expect(open().ledger.head()).toEqual({ sequence: 0, hash: '0'.repeat(64) });
    expect(open().ledger.firstBroken()).toBeUndefined();
  });

  it('numbers entries one by one, stamps both times and moves its head', () => {
    const { ledger, clock } = open();
    clock.advance(250);
    const entries = ledger.append(A, [event(1), event(2)]);
    expect(entries.map(({ sequence, monotonic, boot, sitting }) => [sequence, monotonic, boot, sitting])).toEqual([
      [1, 250, 'boot-1', A],
      [2, 250, 'boot-1', A],
    ]);
    expect(entries[0]?.at).toBe('2026-03-04T05:06:08.140Z');
    expect(ledger.head()).toEqual({ sequence: 2, hash: entries[1]?.hash });
  });

  it('gives one sitting back in order, without what belongs to others', () => {
    const { ledger } = written();
    expect(ledger.ofSitting(A).map((entry) => entry.event.n)).toEqual([1, 2, 5]);
    expect(ledger.ofSitting(B).map((entry) => entry.event.n)).toEqual([4]);
    expect(ledger.ofSitting(SittingId.parse('si_none'))).toEqual([]);
  });

  it('reads an entry back exactly as append returned it', () => {
    const { ledger } = open();
    expect(ledger.ofSitting(A)).toEqual([]);
    const entries = ledger.append(A, [event(1), event(2)]);
    expect(ledger.ofSitting(A)).toEqual(entries);
  });

  it('lists sittings in the order they were opened, newest last', () => {
    expect(written().ledger.sittings()).toEqual([A, B]);
  });

  it('chains: the same events after another history have another hash', () => {
    const { ledger: one } = open();
    const { ledger: two } = open();
    one.append(null, [event(8)]);
    two.append(null, [event(9)]);
    expect(one.append(A, [event(1)])[0]?.hash).not.toBe(two.append(A, [event(1)])[0]?.hash);
  });

  it('verifies as written, whatever was written', () => {
    const batch = fc.array(fc.record({ type: fc.string(), n: fc.integer(), more: fc.jsonValue() }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 5 }), (batches) => {
        const { ledger, clock } = open();
        for (const events of batches) {
          ledger.append(A, events);
          clock.advance(10);
        }
        expect(ledger.firstBroken()).toBeUndefined();
        expect(ledger.head().sequence).toBe(batches.flat().length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an append', () => {
  it('is all or nothing: an event that cannot be written takes its companions along', () => {
    const { ledger, database } = written();
    const before = ledger.head();
    expect(() => ledger.append(A, [event(6), event(Number.NaN)])).toThrow();
    expect(() => ledger.append(A, [event(6), { type: 'big', n: 1n as never }])).toThrow();
    expect([ledger.head(), rowCount(database)]).toEqual([before, 5]);
    ledger.append(A, [event(6)]);
    expect(ledger.firstBroken()).toBeUndefined();
  });

  it('of no events writes nothing', () => {
    const { ledger } = written();
    expect(ledger.append(A, [])).toEqual([]);
    expect(ledger.head().sequence).toBe(5);
  });

  it('survives closing and opening, and the chain goes on', () => {
    const path = join(temporaryFolder(), 'a.db');
    const before = open(path);
    before.ledger.append(A, [event(1), event(2)]);
    const head = before.ledger.head();
    before.database.close();
    const after = open(path);
    expect(after.ledger.head()).toEqual(head);
    after.ledger.append(B, [event(3)]);
    expect(after.ledger.sittings()).toEqual([A, B]);
    expect(after.ledger.firstBroken()).toBeUndefined();
    after.database.close();
  });

  it('survives a station that is never closed: another opener sees it at once', () => {
    const path = join(temporaryFolder(), 'a.db');
    const running = open(path);
    running.ledger.append(A, [event(1)]);
    const archive = open(path);
    expect(archive.ledger.ofSitting(A).map((entry) => entry.event.n)).toEqual([1]);
    for (const { database } of [running, archive]) database.close();
  });
});

describe('somebody with SQL', () => {
  it.each([
    ['update', "UPDATE ledger SET event = '{}' WHERE sequence = 2"],
    ['update of nothing in particular', 'UPDATE ledger SET at = at'],
    ['delete', 'DELETE FROM ledger WHERE sequence = 5'],
    ['delete of everything', 'DELETE FROM ledger'],
    [
      'replacement',
      'INSERT OR REPLACE INTO ledger SELECT sequence, at, boot, monotonic, sitting, \'{"type":"x"}\', hash FROM ledger WHERE sequence = 2',
    ],
    [
      'upsert',
      "INSERT INTO ledger SELECT * FROM ledger WHERE sequence = 2 ON CONFLICT (sequence) DO UPDATE SET event = '{}'",
    ],
  ])('is refused an %s', (_, sql) => {
    const { database, ledger } = written();
    const before = ledger.ofSitting(A);
    expect(() => database.exec(sql)).toThrow();
    expect(ledger.ofSitting(A)).toEqual(before);
    expect(rowCount(database)).toBe(5);
  });

  it.each([
    ['an event', 2, `UPDATE ledger SET event = '{"type":"counted","n":99}' WHERE sequence = 2`],
    ['an event to something that is no JSON', 2, "UPDATE ledger SET event = 'gone' WHERE sequence = 2"],
    ['a time', 3, "UPDATE ledger SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 3"],
    ['a monotonic time', 3, 'UPDATE ledger SET monotonic = monotonic + 1 WHERE sequence = 3'],
    ['a boot', 1, "UPDATE ledger SET boot = 'other' WHERE sequence = 1"],
    ['a sitting', 4, `UPDATE ledger SET sitting = '${A}' WHERE sequence = 4`],
    ['a hash', 2, "UPDATE ledger SET hash = '0' WHERE sequence = 2"],
    ['by taking one out of the middle', 4, 'DELETE FROM ledger WHERE sequence = 3'],
    ['by taking the first out', 2, 'DELETE FROM ledger WHERE sequence = 1'],
    [
      'by swapping two',
      2,
      'UPDATE ledger SET sequence = -2 WHERE sequence = 2; UPDATE ledger SET sequence = 2 WHERE sequence = 3; UPDATE ledger SET sequence = 3 WHERE sequence = -2',
    ],
  ])('who drops the triggers and changes %s is found at entry %i', (_, sequence, sql) => {
    const { database, ledger } = written();
    unguard(database);
    database.exec(sql);
    expect(ledger.firstBroken()).toBe(sequence);
  });

  it('who makes an entry and its own hash anew is found at the next', () => {
    const { database, ledger } = written();
    unguard(database);
    forge(database, 1, 2);
    expect(ledger.firstBroken()).toBe(3);
  });

  it('who makes everything anew without the beginning is found at the first entry that is there', () => {
    const { database, ledger } = open();
    forge(database, 2, 3);
    expect(ledger.firstBroken()).toBe(2);
    const { database: whole, ledger: fine } = open();
    forge(whole, 1, 3);
    expect(fine.firstBroken()).toBeUndefined();
  });
});

it('an entry that another version wrote is refused by name, and is no forgery', () => {
  const { database, clock } = open();
  const later = openLedger(database, clock, (event) => event as { type: string });
  later.append(A, [{ type: 'of a later version' }]);
  const now = openLedger(database, clock, () => {
    throw new Error('unknown event');
  });
  expect(reasonOf(() => now.ofSitting(A))).toBe('data-other-version');
  expect(now.firstBroken()).toBeUndefined();
});
