import { resolve } from 'node:path';
import { KNOWS_CENTER_KEYS } from '../../contract/station-center/center-api.ts';
import type { Database } from '../database/index.ts';
import { issueKey, readCenterKeys, revokeKey, takeRootOffline } from '../log/index.ts';
import { SYSTEM } from '../seed/index.ts';
import { stationsWithout } from '../stations/index.ts';
import { withDatabase } from './add-tenant.ts';
import type { KeysWish } from './command-wishes.ts';

/**
 * Does to the keys of a center what was asked for; it does not run meanwhile where it keeps things in a folder.
 * @returns what is printed: where keys are, never a key
 * @throws Error with a sentence for the person who typed it
 */
export const changeKeys = (wish: KeysWish, now = new Date()): Promise<object> =>
  withDatabase(wish, (db, data) => changeKeysIn(db, data, wish, now));

/** The same, in a database that is open. */
export async function changeKeysIn(db: Database, folder: string, wish: KeysWish, now: Date): Promise<object> {
  const data = resolve(folder);
  if (wish.keys === 'take-offline') return takeRootOffline({ db, data }, wish.to, now);
  const place = { db, data, root: wish.root };
  if (wish.keys === 'revoke') return revokeKey(place, wish.keyId, now);
  // A center that has issued keys has told its stations apart already.
  const isFirst = (await readCenterKeys(db)).keys.length === 0;
  if (isFirst && !wish.isCurrent) await mustAllKnow(db);
  return issueKey(place, wish.days, now);
}

/** A station of before knows the root alone: it would take the center for another one. */
async function mustAllKnow(db: Database): Promise<void> {
  const [first, ...others] = await stationsWithout(SYSTEM, db, KNOWS_CENTER_KEYS);
  if (first === undefined) return;
  const which = others.length > 0 ? `${first} and ${others.length} other stations have` : `${first} has`;
  throw new Error(
    `${which} not said that it knows issuing keys: update the program there and let it reach the center once, or, where it is up to date, say --stations-are-current`,
  );
}
