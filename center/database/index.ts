import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, ReplicaState } from './database.ts';
import { type Migration, migrate, mustKnow } from './migrate.ts';
import { openFolder } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import type { ReplicaWish } from './replicas.ts';
import { onWay } from './way.ts';

export { bytesByHash } from './by-hash.ts';
export { type Database, inTransaction, type Queries, type Scope, select, selectOne } from './database.ts';
export { troublesOf } from './expanding.ts';
export { keepFlows } from './flows.ts';
export { FIRST_EXPANDING, hasSchema, lockStart, type Migration, migrate, schemaNumbers, VERSIONS } from './migrate.ts';
export { adaptPglite, pgliteParsers } from './pglite.ts';
export { openPostgres } from './postgres.ts';
export { foldFlows, readFlows } from './read-flows.ts';
export type { ReplicaWish } from './replicas.ts';
export { type Differences, foldRows, keepSums } from './sums.ts';
export { DatabaseTrouble } from './trouble.ts';
export { FIRMS, isWithin, type WallWish, wallOf } from './walls.ts';
export { keepWithin, type Lane, onWay, type Way, wayNow } from './way.ts';

/** Where a center keeps things: a PostgreSQL server, a folder under its data, or a database somebody has opened. */
export type Storage = {
  readonly url?: string | undefined;
  readonly data: string;
  readonly opened?: Database | undefined;
  /** Servers that follow the one at `url`. */
  readonly replicas?: ReplicaWish | undefined;
  /** Told what becomes of them. */
  readonly onReplica?: (name: string, state: ReplicaState) => void;
};

/**
 * Opens the database and brings its schema up to date.
 * @throws Error where the folder is in use, the server is out of reach, or the schema is newer than this program
 */
export async function openDatabase(
  { opened, ...storage }: Storage,
  schema: readonly Migration[],
  onTrouble: (error: Error) => void,
): Promise<Database> {
  const db = opened ?? (await openStorage(storage, onTrouble));
  try {
    await onWay({ lane: 'upkeep' }, () => migrate(db, schema));
    await db.run?.();
    // Between the two another program may have been at it, which this one did not keep from it yet.
    await mustKnow(db, schema);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/**
 * The database as it is, of whichever schema.
 * @throws Error where the folder is in use or the server is out of reach
 */
export const openStorage = async (
  { url, data, replicas, onReplica }: Omit<Storage, 'opened'>,
  onTrouble: (error: Error) => void,
): Promise<Database> => (url ? openPostgres(url, onTrouble, replicas, onReplica) : openUnder(data));

async function openUnder(data: string): Promise<Database> {
  const folder = join(data, 'db');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return openFolder(folder);
}
