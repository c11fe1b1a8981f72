import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope } from './database.ts';

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
  /** Within which firms; within all where nothing is said. */
  readonly scope?: Scope | undefined;
  /** What it only reads may be some seconds old: a replica may be asked. */
  readonly mayLag?: boolean | undefined;
};

const ways = new AsyncLocalStorage<{ -readonly [K in keyof Way]: Way[K] }>();
const USUAL: Way = { lane: 'requests' };

/** Does work, with all that it waits for, in this way. */
export const onWay = <T>(way: Way, work: () => T): T => ways.run({ ...way }, work);

/**
 * From here on what is under way asks within these firms: who asks is found out in the middle of it.
 * @throws Error where it is on no way
 */
export function keepWithin(scope: Scope): void {
  const way = ways.getStore();
  if (!way) throw new Error('what is kept within firms has to be on a way');
  way.scope = scope;
}

export const wayNow = (): Way => ways.getStore() ?? USUAL;
