import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { ReplicaState, ReplicaUse } from './database.ts';
import { DatabaseTrouble } from './trouble.ts';
import { wayNow } from './way.ts';

/** Servers that follow the primary, and how far behind it what they are asked may be. */
export type ReplicaWish = { readonly urls: readonly string[]; readonly withinSeconds: number };

/** Of a server: where its pool is, and what was last found out about it. */
type Replica = AskedReplica & { readonly name: string; state: ReplicaState; firstAsked: boolean };
/** Connections for what is asked, and others to look at it and to cancel: however busy it is, it is not away. */
export type AskedReplica = { readonly pool: pg.Pool; readonly aside: pg.Pool };

type Log = (name: string, state: ReplicaState) => void;
export type Replicas = {
  /** Which may be asked for this; nothing where the primary is to be asked. */
  replicaFor(sql: string): AskedReplica | undefined;
  /** It failed at something: where it was away, nobody asks it until it has answered again. */
  failedAt(replica: AskedReplica, error: DatabaseTrouble): void;
  use(): ReplicaUse;
  close(): Promise<void>;
};

const LOOK_MS = 1_000;
const WITHIN_MS = 2_000;
const CONNECTIONS = 6;
const ASIDE = { max: 2, connectionTimeoutMillis: WITHIN_MS, query_timeout: WITHIN_MS };

/** What only reads. What is mistaken for it a replica refuses, and the primary is asked. */
const READS = /^\s*(SELECT|WITH)\b/i;
const WRITES = /\b(INSERT|UPDATE|DELETE|FOR (KEY )?SHARE|nextval|setval|pg_(try_)?advisory\w*|pg_notify)\b/i;
export const onlyReads = (sql: string): boolean => READS.test(sql) && !WRITES.test(sql);

/** Where the primary was when, newest last. */
type Mark = { readonly at: number; readonly lsn: number };

/**
 * How long ago the primary was where a replica is now, in milliseconds: whatever was kept before that the replica has.
 * Nothing where that is too long ago to be known.
 */
export function behindMs(marks: readonly Mark[], lsn: number, now: number): number | undefined {
  const newest = marks.at(-1);
  if (newest && lsn >= newest.lsn) return now - newest.at;
  const known = marks.findLast((mark) => mark.lsn <= lsn);
  return known && now - known.at;
}

const LSN = (of: string): string => `pg_wal_lsn_diff(${of}(), '0/0')::float8 AS lsn`;
const ON_PRIMARY = `SELECT ${LSN('pg_current_wal_lsn')}`;
/** One that follows nobody any more is another database by now. */
const ON_REPLICA = `SELECT ${LSN('pg_last_wal_replay_lsn')} WHERE pg_is_in_recovery()`;

/**
 * Looks each second how far each of them is, by positions in the log of the primary and not by clocks.
 * @param primaryUrl looked at beside all that it is asked
 * @param settings of the pools of the primary
 */
export function openReplicas(
  { urls, withinSeconds }: ReplicaWish,
  primaryUrl: string,
  settings: pg.PoolConfig,
  onState: Log,
): Replicas {
  const poolOf = (connectionString: string, more: pg.PoolConfig): pg.Pool => {
    const pool = new pg.Pool({ ...settings, ...more, connectionString });
    pool.on('connect', (client) => client.on('error', () => undefined));
    pool.on('error', () => undefined);
    return pool;
  };
  const primary = poolOf(primaryUrl, ASIDE);
  const replicas = urls.map((url, at): Replica => {
    const [pool, aside] = [poolOf(url, { max: CONNECTIONS }), poolOf(url, ASIDE)];
    return { name: `replica ${at + 1}`, pool, aside, state: 'away', firstAsked: false };
  });
  let marks: readonly Mark[] = [];
  let turn = 0;
  const become = (replica: Replica, state: ReplicaState): void => {
    if (replica.state !== state || !replica.firstAsked) onState(replica.name, state);
    Object.assign(replica, { state, firstAsked: true });
  };
  const look = async (): Promise<void> => {
    const at = Date.now();
    const [lsn, theirs] = await Promise.all([
      lsnOf(primary, ON_PRIMARY),
      Promise.all(replicas.map(({ aside }) => lsnOf(aside, ON_REPLICA))),
    ]);
    if (lsn !== undefined) marks = [...marks, { at, lsn }].slice(-(withinSeconds + 5));
    for (const [nth, replica] of replicas.entries()) {
      const its = theirs[nth];
      const behind = its === undefined ? undefined : (behindMs(marks, its, Date.now()) ?? Number.POSITIVE_INFINITY);
      become(replica, behind === undefined ? 'away' : behind <= withinSeconds * 1_000 ? 'used' : 'behind');
    }
  };
  const stopping = new AbortController();
  const { signal } = stopping;
  // The next begins once the last has ended: a server that is slow to answer is not asked more and more.
  const keepLooking = async (): Promise<void> => {
    while (!signal.aborted) {
      await look();
      await wait(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const looking = keepLooking();
  const count = (state: ReplicaState): number => replicas.filter((one) => one.state === state).length;
  return {
    replicaFor(sql) {
      if (!wayNow().mayLag || !onlyReads(sql)) return undefined;
      const able = replicas.filter(({ state }) => state === 'used');
      turn += 1;
      return able[turn % Math.max(1, able.length)];
    },
    failedAt({ pool }, { reason }) {
      const replica = replicas.find((one) => one.pool === pool);
      if (replica && reason === 'database-away') become(replica, 'away');
    },
    // One look may be under way that began just before.
    use: () => ({
      ...{ used: count('used'), behind: count('behind'), away: count('away') },
      afterChangeSeconds: withinSeconds + (2 * LOOK_MS + WITHIN_MS) / 1_000,
    }),
    async close() {
      stopping.abort();
      await looking;
      await Promise.all([primary, ...replicas.flatMap(({ pool, aside }) => [pool, aside])].map((one) => one.end()));
    },
  };
}

/** Nothing where it does not answer within seconds. */
async function lsnOf(pool: pg.Pool, sql: string): Promise<number | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), WITHIN_MS);
  const asked = pool.query<{ lsn: number }>(sql).then(
    ({ rows }) => rows[0]?.lsn ?? undefined,
    () => undefined,
  );
  return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer));
}

/** Took too long, or was cancelled. */
const TOO_LONG = '57014';

/**
 * What it failed with is the replica's own: it is away, busy, writes nothing, or was in the middle of catching up. What took too long
 * there takes as long elsewhere, and the primary has other things to do.
 */
export const isOfReplica = (error: unknown): error is DatabaseTrouble =>
  error instanceof DatabaseTrouble && (error.cause as { readonly code?: string } | undefined)?.code !== TOO_LONG;
