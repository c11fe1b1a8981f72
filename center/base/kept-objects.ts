import { type Database, onWay, type Queries } from '../database/index.ts';
import { type ObjectKey, type ObjectKind, type Objects, ObjectsTrouble } from '../objects/index.ts';

/** Held by whoever clears objects away, and, together, by whoever has just named one. */
const LOCK = "hashtext('objects')";

/**
 * Bytes go where they are kept before the row that names them is written. In the transaction of that row, once it is written:
 * whether they are still there. From here to its end nobody clears them away.
 * @param again puts them there anew, should somebody have cleared them away before
 * @throws Refusal `objects-away`
 */
export async function mustStillBeKept(
  tx: Queries,
  objects: Objects,
  key: ObjectKey,
  again?: () => Promise<void>,
): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
  if (await objects.has(key, soon())) return;
  if (!again) throw new ObjectsTrouble(new Error(`${key} was cleared away meanwhile`));
  await again();
}

/** A store is asked here within a transaction, and a small center has one connection to its database: nobody waits longer for it. */
const SOON_MS = 2_000;
const soon = (): AbortSignal => AbortSignal.timeout(SOON_MS);

/** Which of these a row names. */
export type Named = (tx: Queries, keys: readonly ObjectKey[]) => Promise<ReadonlySet<ObjectKey>>;

type Place = { readonly db: Database; readonly objects: Objects };

/**
 * Removes what no row names.
 * @returns whether it did
 * @throws Refusal `objects-away`
 */
export function removeUnnamed({ db, objects }: Place, key: ObjectKey, named: Named): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    if ((await named(tx, [key])).has(key)) return false;
    await objects.remove(key, soon());
    return true;
  });
}

/** Whoever puts bytes somewhere names them within this: a program that ended between the two never does. */
const GRACE_MS = 24 * 3_600_000;
/** As many are looked up at once. */
const LOOKED_UP = 500;

/**
 * Clears away what lies there for a day and nobody names.
 * @returns how many of them
 * @throws Refusal `objects-away`
 */
export async function sweepObjects(
  place: Place,
  kind: ObjectKind,
  named: Named,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<number> {
  const before = now.getTime() - GRACE_MS;
  let swept = 0;
  let waiting: ObjectKey[] = [];
  const look = async (): Promise<void> => {
    const keys = waiting;
    waiting = [];
    const known = await named(place.db, keys);
    for (const key of keys.filter((one) => !known.has(one))) {
      if (signal.aborted) return;
      if (await onWay({ lane: 'upkeep' }, () => removeUnnamed(place, key, named))) swept += 1;
    }
  };
  for await (const { key, at } of place.objects.list(kind)) {
    if (signal.aborted) return swept;
    if (at.getTime() < before) waiting.push(key);
    if (waiting.length >= LOOKED_UP) await look();
  }
  await look();
  return swept;
}
