import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Center, mendsItself } from '../base/index.ts';
import { type Database, onWay } from '../database/index.ts';
import { draftFor, dropFile, dropOldDrafts, keepDraft } from './files.ts';
import { claimNext, endJob, freeAll, giveBack, type Held, holdOn, sweep, tryAgain } from './holding.ts';
import type { JobRow } from './rows.ts';

/** Work as whoever does it is given it. */
export type RunningJob = Pick<JobRow, 'id' | 'account' | 'organisationId' | 'tries'> & {
  /** What with; parsed by its kind. */
  readonly asked: unknown;
  /** Says that nobody wants it any more, or that the center stops: whatever is done then is done again. */
  readonly signal: AbortSignal;
  /** A file to write into, where a file comes of it. */
  readonly draft: string;
  /** How far it is, from 0 to 1. */
  tell(progress: number): void;
};

export type JobKind = {
  /** Whether what it reads may be some seconds old. */
  readonly mayLag?: boolean;
  /** How many of them are done at once, by one center. */
  readonly atOnce: number;
  /** Seconds until it is tried again after as many tries; nothing where that was the last. */
  readonly again: (tries: number) => number | undefined;
  /**
   * Does it. May be done again where a crash came before its end was written down, so that it has to come to the same.
   * @returns what its file is called and of what type, where it wrote one
   * @throws Refusal where no other try comes to anything else; any other error, or that the database or the store is away, and it
   *   is tried again
   */
  run(job: RunningJob): Promise<{ readonly name: string; readonly type: string } | undefined>;
};
export type JobKinds = Readonly<Record<string, JobKind>>;

export type Jobs = {
  /** Stops taking work; what is under way is given back, and done by the next. */
  stop(): Promise<void>;
};
type Options = {
  readonly kinds: JobKinds;
  /** Whether nobody else has this database: whatever is held then was held by a program that is gone. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
  readonly pollMs?: number;
};

const POLL_MS = 1_000;
const HOLD_MS = 2_000;
const SWEEP_MS = 600_000;

/** Does what is in line, as long as the center runs: beside other centers on the same database each job is in one pair of hands. */
export function openJobs({ db, data, objects, now }: At, options: Options): Jobs {
  const { kinds, alone, onFault, pollMs = POLL_MS } = options;
  const runner = randomBytes(8).toString('hex');
  const stopping = new AbortController();
  const under = new Map<Promise<void>, string>();
  const room = () =>
    Object.keys(kinds).filter((kind) => [...under.values()].filter((one) => one === kind).length < atOnceOf(kind));
  const atOnceOf = (kind: string): number => kinds[kind]?.atOnce ?? 0;
  let sweptAt = 0;
  const round = async (): Promise<void> => {
    if (Date.now() - sweptAt > SWEEP_MS) {
      sweptAt = Date.now();
      for (const key of await sweep(db, now())) await objects.remove(key);
      await dropOldDrafts(data, Date.now());
    }
    for (let held = await claimNext(db, runner, room()); held; held = await claimNext(db, runner, room())) {
      const work = perform({ db, data, objects, now }, held, kinds[held.job.kind] as JobKind, stopping.signal).catch(
        onFault,
      );
      under.set(work, held.job.kind);
      void work.finally(() => under.delete(work));
      if (stopping.signal.aborted) return;
    }
  };
  const looking = onWay({ lane: 'reports' }, async () => {
    if (alone) await freeAll(db).catch(onFault);
    while (!stopping.signal.aborted) {
      await round().catch(onFault);
      await setTimeout(pollMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(under.keys());
    },
  };
}

type At = Pick<Center, 'db' | 'data' | 'objects' | 'now'>;

async function perform(at: At, held: Held, kind: JobKind, stopping: AbortSignal): Promise<void> {
  const { db, data, objects, now } = at;
  const { job, runner } = held;
  const lost = new AbortController();
  // Held by those whom it hears, unlike one that `AbortSignal.any` makes: work that waits for nothing else hears of it too.
  const ending = new AbortController();
  const { signal } = ending;
  const end = (): void => ending.abort();
  for (const one of [stopping, lost.signal]) one.addEventListener('abort', end, { once: true });
  if (stopping.aborted) end();
  const draft = await draftFor(data, job.id, runner);
  let progress = 0;
  const holding = keepHolding(db, held, () => progress, lost);
  const tell = (far: number): void => {
    progress = Math.min(1, Math.max(progress, far));
  };
  try {
    // A job that ends the program each time it is tried is not tried for ever.
    if (job.tries > 1 && kind.again(job.tries - 1) === undefined)
      throw new Refusal('internal', 'it was tried too often');
    const { id, account, organisationId, tries } = job;
    const asked: unknown = JSON.parse(job.asked);
    signal.throwIfAborted();
    const running = { id, account, organisationId, tries, asked, signal, draft, tell };
    const made = await onWay({ lane: 'reports', signal, mayLag: kind.mayLag }, () => kind.run(running));
    signal.throwIfAborted();
    const file = made && { ...made, bytes: await keepDraft(objects, job.id, draft) };
    await endJob(db, held, { now: now(), file });
  } catch (error) {
    if (lost.signal.aborted) return;
    if (stopping.aborted) return await giveBack(db, held);
    await settleFailed(at, held, kind, error);
  } finally {
    stopping.removeEventListener('abort', end);
    holding.stop();
    await dropFile(draft);
  }
}

async function settleFailed({ db, now }: At, held: Held, kind: JobKind, error: unknown): Promise<void> {
  // A database or a store that is away refuses as well, but only for now.
  const isForGood = error instanceof Refusal && !mendsItself(error);
  const seconds = isForGood ? undefined : kind.again(held.job.tries);
  if (seconds !== undefined) await tryAgain(db, held, seconds);
  else await endJob(db, held, { now: now(), reason: error instanceof Refusal ? error.reason : 'internal' });
  if (!isForGood) throw error;
}

/** Says again and again that it is held, and how far it is; whoever lost it, or whose work nobody wants any more, is told. */
function keepHolding(db: Database, held: Held, progress: () => number, lost: AbortController) {
  const timer = setInterval(() => {
    holdOn(db, held, progress()).then(
      (still) => still || lost.abort(),
      // The database is away: it is held until its time is over, and by then somebody else may have it.
      () => undefined,
    );
  }, HOLD_MS).unref();
  return { stop: () => clearInterval(timer) };
}
