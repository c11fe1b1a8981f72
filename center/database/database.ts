import type { z } from 'zod';

export type Row = Readonly<Record<string, unknown>>;

/** Which firms' rows there are at all for what is asked: those named, or those of all. */
export type Scope = '*' | readonly string[];

/** Where SQL goes: the database itself, or one transaction of it. */
export type Queries = { query(sql: string, params?: readonly unknown[]): Promise<readonly Row[]> };

/**
 * The little that the center needs of a database. Adapters answer alike: `bigint` as number, `timestamptz` as `Date`,
 * `bytea` as `Uint8Array`.
 */
export type Database = Queries & {
  /** Runs `work` in one transaction: all of it is stored, or, where it throws, nothing. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Settles where it answers, within seconds, and costs it next to nothing. @throws Refusal `database-away` */
  answers(): Promise<void>;
  close(): Promise<void>;
  /**
   * The same, asked within these firms, whatever the way says: nobody else's rows are there. Where the walls do not stand everybody's
   * are.
   */
  as(scope: Scope): Database;
  /** From here on scopes are kept to, where the server lets them: whether it does. */
  raiseWalls?(): Promise<boolean>;
  /** Says to others on the same server, until it is closed, that a program runs on this database. */
  run?(): Promise<void>;
  /** Connections that are there, those that nobody uses, and how many wait for one. */
  pool?(): PoolUse;
  /** Servers that follow this one, where there are any. */
  replicas?(): ReplicaUse;
};

export type PoolUse = { readonly total: number; readonly idle: number; readonly waiting: number };

/** Of a server that follows: it is asked, or too far behind, or not to be had. */
export type ReplicaState = 'used' | 'behind' | 'away';
/** How many of them are in which state, and for how long whoever changed something asks the primary. */
export type ReplicaUse = Readonly<Record<ReplicaState, number>> & { readonly afterChangeSeconds: number };

/** Runs `work` in the transaction that is open already, or in one of its own: all of it is stored or nothing. */
export const inTransaction = <T>(on: Queries | Database, work: (tx: Queries) => Promise<T>): Promise<T> =>
  'transaction' in on ? on.transaction(work) : work(on);

/**
 * Rows in the shape asked for. What comes out of the database is validated like what comes over the wire: ids get their
 * brands here, and a column that is not what the code believes is found here.
 * @throws ZodError where a row has another shape
 */
export async function select<S extends z.ZodType>(
  db: Queries,
  shape: S,
  sql: string,
  params: readonly unknown[] = [],
): Promise<readonly z.infer<S>[]> {
  return (await db.query(sql, params)).map((row) => shape.parse(row));
}

/**
 * The first row, or `undefined`.
 * @throws ZodError where the row has another shape
 */
export async function selectOne<S extends z.ZodType>(
  db: Queries,
  shape: S,
  sql: string,
  params: readonly unknown[] = [],
): Promise<z.infer<S> | undefined> {
  return (await select(db, shape, sql, params))[0];
}
