import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Which work waits for which. Each lane has connections of its own, so that whoever reads a whole roster keeps no result from
 * the log, and a morning of results keeps nobody from the pages.
 */
export type Lane = 'requests' | 'batches' | 'reports' | 'upkeep';

/** How what is being done now asks the database. */
export type Way = {
  readonly lane: Lane;
  /** Once it says so nobody waits for the answer: no query is begun, and the one under way is cancelled. */
  readonly signal?: AbortSignal | undefined;
};

const ways = new AsyncLocalStorage<Way>();
const USUAL: Way = { lane: 'requests' };

/** Does work, with all that it waits for, in this way. */
export const onWay = <T>(way: Way, work: () => T): T => ways.run(way, work);

export const wayNow = (): Way => ways.getStore() ?? USUAL;
