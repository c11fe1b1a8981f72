import { expect, it } from 'vitest';
import { manualClock } from '../../station.fixture.ts';
import { type Database, openDatabase } from '../database/index.ts';
import { openLedger, openLedgerCheck } from './index.ts';

type Event = { readonly type: string; readonly n: number };

function written(lines: number) {
  const database = openDatabase(':memory:');
  const ledger = openLedger(database, manualClock(), (event) => event as Event);
  const more = (count: number) =>
    void ledger.append(
      null,
      Array.from({ length: count }, (_, n) => ({ type: 'counted', n })),
    );
  more(lines);
  /** A start of the station: what an earlier one kept is what the next begins with. */
  const start = () => {
    const check = openLedgerCheck(database, ledger);
    let steps = 1;
    while (check.step()) steps += 1;
    return { ...check.state, steps, check };
  };
  return { database, ledger, more, start };
}

const unguard = (database: Database): void => {
  const triggers = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
};
const change = (database: Database, line: number): void => {
  unguard(database);
  database.prepare("UPDATE ledger SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = ?").run(line);
};

it('goes over every line once, in steps', () => {
  const { start } = written(500);
  expect(start()).toMatchObject({ lines: 500, steps: 3 });
});

it('has nothing to say of an empty one', () => {
  expect(written(0).start()).toMatchObject({ lines: 0, steps: 1 });
});

it('finds a line that was changed, before the last start and since', () => {
  const { database, start, more } = written(500);
  start();
  more(10);
  change(database, 505);
  expect(start()).toMatchObject({ broken: 505, steps: 1 });
  const older = written(500);
  older.start();
  change(older.database, 3);
  expect(older.start()).toMatchObject({ broken: 3 });
});

it('misses the line that was right before, where all after another one was written anew', () => {
  const { database, ledger, start } = written(500);
  start();
  unguard(database);
  database.prepare('DELETE FROM ledger WHERE sequence > 400').run();
  ledger.append(
    null,
    Array.from({ length: 100 }, (_, n) => ({ type: 'forged', n })),
  );
  expect(ledger.firstBroken()).toBeUndefined();
  expect(start()).toMatchObject({ broken: 500 });
});

it('misses it where the ledger was cut short, also while the station runs', () => {
  const { database, start } = written(300);
  const { check } = start();
  unguard(database);
  database.prepare('DELETE FROM ledger WHERE sequence > 299').run();
  expect([check.step(), check.state]).toEqual([false, { lines: 299, broken: 300 }]);
});

it('goes on with what is written meanwhile', () => {
  const { start, more } = written(10);
  const { check } = start();
  more(450);
  const steps = [check.step(), check.step(), check.step()];
  expect([steps, check.state]).toEqual([[true, true, false], { lines: 460 }]);
});
