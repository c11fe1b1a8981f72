import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, type Queries, select } from '../database/index.ts';
import { openEmpty } from '../testing/index.ts';
import { openSequencer } from './sequencer.ts';

let db: Database;
let transactions = 0;
/** Breaks the transactions after which somebody asks it to. */
let breaks: (() => void) | undefined;
beforeAll(async () => {
  db = await openEmpty();
  await db.query('CREATE TABLE logged (place serial, what text UNIQUE)');
});
beforeEach(async () => {
  await db.query('TRUNCATE logged RESTART IDENTITY');
  [transactions, breaks] = [0, undefined];
});
afterAll(() => db.close());

const watched = (): Database => ({
  ...db,
  transaction: (work) => {
    transactions += 1;
    return db.transaction(async (tx) => {
      const done = await work(tx);
      breaks?.();
      return done;
    });
  },
});
const adds = (what: string) => async (tx: Queries) => {
  await tx.query('INSERT INTO logged (what) VALUES ($1)', [what]);
  return what;
};
const logged = async () =>
  (await select(db, z.object({ what: z.string() }), 'SELECT what FROM logged ORDER BY place')).map(({ what }) => what);

test('whatever waits goes into one transaction, in the order in which it came', async () => {
  const sequencer = openSequencer(watched());
  const names = Array.from({ length: 20 }, (_, n) => `${n}`);
  expect(await Promise.all(names.map((name) => sequencer.run(1, adds(name))))).toEqual(names);
  expect(await logged()).toEqual(names);
  // The first goes at once; the others have come by then.
  expect(transactions).toBe(2);
});

test('one that fails refuses itself alone, whether it throws or the database does', async () => {
  const sequencer = openSequencer(watched());
  const throws = async (tx: Queries): Promise<string> => {
    await adds('half')(tx);
    throw new Error('refused');
  };
  const works = [adds('a'), adds('b'), throws, adds('b'), adds('c')];
  const outcomes = await Promise.allSettled(works.map((work) => sequencer.run(1, work)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled'],
  ]);
  expect(await logged()).toEqual(['a', 'b', 'c']);
});

test('where a transaction of several comes to nothing, each has one of its own, and nobody was told before', async () => {
  const sequencer = openSequencer(watched());
  breaks = () => {
    if (transactions === 2) throw new Error('the line broke');
  };
  expect(await Promise.all(['a', 'b', 'c'].map((name) => sequencer.run(1, adds(name))))).toEqual(['a', 'b', 'c']);
  expect([await logged(), transactions]).toEqual([['a', 'b', 'c'], 4]);
});

test('a transaction takes so many records at most', async () => {
  const sequencer = openSequencer(watched());
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => sequencer.run(900, adds(name))));
  expect([await logged(), transactions]).toEqual([['a', 'b', 'c', 'd', 'e'], 3]);
});
