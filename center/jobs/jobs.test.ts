import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../contract/words/reasons.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { DatabaseTrouble } from '../database/index.ts';
import { ObjectsTrouble } from '../objects/index.ts';
import { openTestCenter, type TestCenter } from '../testing/index.ts';
import { addJob, type JobKind, type JobKinds, jobKey, openJobs } from './index.ts';

let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
});
afterAll(() => open.close());

const faults: unknown[] = [];
const run = (kinds: JobKinds, alone = false) =>
  openJobs(open.center, { kinds, alone, onFault: (error) => faults.push(error), pollMs: 20 });
const kindOf = (work: JobKind['run'], more: Partial<JobKind> = {}): JobKind => ({
  ...{ atOnce: 2, again: () => undefined, run: work, ...more },
});
const add = (kind: string, asked: unknown = {}, once?: string) =>
  addJob(open.center.db, { kind, asked, once }, new Date());
const rowOf = async (id: string) =>
  (
    await open.center.db.query('SELECT state, rounds AS tries, reason, progress, runner FROM jobs WHERE id = $1', [id])
  )[0];
const settles = (id: string, state: string) => eventually(async () => expect(await rowOf(id)).toMatchObject({ state }));

describe('work in line', () => {
  test('is done once, however many centers look for it', async () => {
    const done: unknown[] = [];
    const kinds = { count: kindOf(async ({ asked }) => void done.push(asked)) };
    const runners = [run(kinds), run(kinds), run(kinds)];
    const jobs = await Promise.all(Array.from({ length: 12 }, (_, at) => add('count', at)));
    for (const { id } of jobs) await settles(id, 'done');
    for (const one of runners) await one.stop();
    expect(done.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 12 }, (_, at) => at));
  });

  test('asked for again under the same word is the one that is there', async () => {
    const [first, second] = [await add('nobody-does-it', 1, 'word'), await add('nobody-does-it', 2, 'word')];
    expect(second).toEqual(first);
  });

  test('is tried again after a fault, and fails for good after its last try', async () => {
    const tries: number[] = [];
    const again = (many: number) => (many < 3 ? 0 : undefined);
    const failing = async ({ tries: many }: { readonly tries: number }) => {
      tries.push(many);
      throw new Error('not today');
    };
    const jobs = run({ failing: kindOf(failing, { again }) });
    const { id } = await add('failing');
    await settles(id, 'failed');
    await jobs.stop();
    expect([tries, faults.splice(0).length, await rowOf(id)]).toMatchObject([[1, 2, 3], 3, { reason: 'internal' }]);
  });

  test('that is refused is not tried again', async () => {
    const jobs = run({ refused: kindOf(() => Promise.reject(new Refusal('no-exam')), { again: () => 0 }) });
    const { id } = await add('refused');
    await settles(id, 'failed');
    await jobs.stop();
    expect(await rowOf(id)).toMatchObject({ tries: 1, reason: 'no-exam' });
  });

  test.each([
    new ObjectsTrouble(new Error('no answer')),
    new DatabaseTrouble('database-away', new Error('no answer')),
    new DatabaseTrouble('database-busy', new Error('too long')),
  ])('that failed for now ($reason) is tried again', async (trouble) => {
    let tries = 0;
    const jobs = run({
      away: kindOf(async () => (++tries < 2 ? Promise.reject(trouble) : undefined), { again: () => 0 }),
    });
    const { id } = await add('away');
    await settles(id, 'done');
    await jobs.stop();
    expect([await rowOf(id), faults.splice(0)]).toMatchObject([{ tries: 2 }, [trouble]]);
  });

  test('of a center that stops is given back, and done by the next', async () => {
    const begun = Promise.withResolvers<void>();
    const waiting = kindOf(({ signal }) => {
      begun.resolve();
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const first = run({ handed: waiting });
    const { id } = await add('handed');
    await begun.promise;
    await first.stop();
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 0, runner: null });
    const second = run({ handed: kindOf(async () => undefined) });
    await settles(id, 'done');
    await second.stop();
  });

  test('held by a program that is gone is done once its time is over, and what that one says then counts no more', async () => {
    const { id } = await add('orphan');
    await open.center.db.query(
      `UPDATE jobs SET state = 'running', runner = 'gone', rounds = 1, held_until = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    const kinds = { orphan: kindOf(async () => undefined, { again: () => 0 }) };
    const beside = run(kinds);
    const marker = await add('orphan');
    await settles(marker.id, 'done');
    expect(await rowOf(id)).toMatchObject({ runner: 'gone' });
    await beside.stop();
    const alone = run(kinds, true);
    await settles(id, 'done');
    await alone.stop();
    expect(await rowOf(id)).toMatchObject({ tries: 2 });
  });

  test('that ends the program each time is not tried for ever', async () => {
    const { id } = await add('poison');
    await open.center.db.query(`UPDATE jobs SET rounds = 4 WHERE id = $1`, [id]);
    let ran = 0;
    const again = (many: number) => (many < 3 ? 0 : undefined);
    const jobs = run({ poison: kindOf(async () => void ran++, { again }) });
    await settles(id, 'failed');
    await jobs.stop();
    expect(ran).toBe(0);
  });

  test('leaves a file, whole', async () => {
    const jobs = run({
      file: kindOf(async ({ draft }) => {
        await writeFile(draft, '甲');
        return { name: 'a.csv', type: 'text/csv' };
      }),
    });
    const { id } = await add('file');
    await settles(id, 'done');
    await jobs.stop();
    expect(await readFile(join(open.center.data, jobKey(id)), 'utf8')).toBe('甲');
  });

  test('that nobody wants any more hears of it', async () => {
    const begun = Promise.withResolvers<void>();
    const told = Promise.withResolvers<string>();
    const jobs = run({
      unwanted: kindOf(({ signal }) => {
        begun.resolve();
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            told.resolve('told');
            reject(signal.reason);
          }),
        );
      }),
    });
    const { id } = await add('unwanted');
    await begun.promise;
    await open.center.db.query(`UPDATE jobs SET state = 'cancelled', runner = NULL WHERE id = $1`, [id]);
    expect(await told.promise).toBe('told');
    await jobs.stop();
    expect(await rowOf(id)).toMatchObject({ state: 'cancelled' });
  });
});
