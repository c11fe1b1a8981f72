import type { Database, Queries } from '../database/index.ts';

/** So many records at most are logged by one transaction: so long others wait for the lock of the log. */
const MOST_RECORDS = 2_000;
const MOST_BATCHES = 64;

type Work<T> = (tx: Queries) => Promise<T>;
type Waiting = {
  readonly records: number;
  readonly work: Work<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
};
type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * One after the other in the order in which they came, and all that wait in one transaction: what is costly about a batch is that
 * it be on disk, and many are by one commit. Nobody is told anything before that.
 */
export type Sequencer = {
  /**
   * @param work repeated where the transaction of several came to nothing: what it has done then was never done
   * @throws whatever `work` throws; only what it did itself is undone
   */
  run<T>(records: number, work: Work<T>): Promise<T>;
};

export function openSequencer(db: Database): Sequencer {
  const waiting: Waiting[] = [];
  let working = false;
  const turn = async (): Promise<void> => {
    if (working) return;
    working = true;
    while (waiting.length > 0) {
      const group = nextGroup(waiting);
      const outcomes = await together(db, group);
      for (const [at, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[at];
        if (outcome && 'value' in outcome) resolve(outcome.value as never);
        else reject(outcome?.error);
      }
    }
    working = false;
  };
  return {
    run: (records, work) =>
      new Promise((resolve, reject) => {
        waiting.push({ records, work, resolve, reject });
        void turn();
      }),
  };
}

function nextGroup(waiting: Waiting[]): readonly Waiting[] {
  let records = 0;
  const end = waiting.slice(0, MOST_BATCHES).findIndex((one, at) => {
    records += one.records;
    return at > 0 && records > MOST_RECORDS;
  });
  return waiting.splice(0, end < 0 ? MOST_BATCHES : end);
}

/** Where something befalls the transaction itself, each has one of its own, and what was whose shows. */
async function together(db: Database, group: readonly Waiting[]): Promise<readonly Outcome[]> {
  const [only, ...others] = group;
  if (only && others.length === 0) return [await alone(db, only)];
  try {
    return await db.transaction(async (tx) => {
      const outcomes: Outcome[] = [];
      for (const one of group) outcomes.push(await inSavepoint(tx, one));
      return outcomes;
    });
  } catch {
    const outcomes: Outcome[] = [];
    for (const one of group) outcomes.push(await alone(db, one));
    return outcomes;
  }
}

const alone = (db: Database, { work }: Waiting): Promise<Outcome> => db.transaction(work).then(asValue, asError);

async function inSavepoint(tx: Queries, { work }: Waiting): Promise<Outcome> {
  await tx.query('SAVEPOINT one');
  try {
    const value = await work(tx);
    await tx.query('RELEASE SAVEPOINT one');
    return { value };
  } catch (error) {
    await tx.query('ROLLBACK TO SAVEPOINT one');
    return { error };
  }
}

const asValue = (value: unknown): Outcome => ({ value });
const asError = (error: unknown): Outcome => ({ error });
