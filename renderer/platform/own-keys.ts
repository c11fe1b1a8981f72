import type { AccountId, Instant } from '../../contract/words/ids.ts';
import type { ExchangeKey } from '../../contract/words/keys.ts';
import type { OwnKey } from './sealed-picture.ts';

/**
 * Keys of inspectors that this browser made. Their secret halves lie in its own storage as keys that no program can read out, this
 * page least of all; with the browser's data they are gone, and so is what was sealed to them, but for keys that have a copy.
 */
const [DATABASE, STORE] = ['exam-platform-keys', 'inspector-keys'] as const;
export type KeptKey = OwnKey & {
  readonly account: AccountId;
  /** When it was made with a copy; nothing where there is no copy. */
  readonly copiedAt?: Instant;
};

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function withStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'key' });
  const database = await settled(opening);
  try {
    return await settled(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** Those of somebody who logs in here, first what new pictures are sealed to; none where the browser keeps nothing. */
export async function ownKeysOf(account: AccountId): Promise<ReadonlyMap<ExchangeKey, KeptKey>> {
  const all = await withStore<KeptKey[]>('readonly', (store) => store.getAll()).catch(() => []);
  const own = all.filter((one) => one.account === account);
  return new Map(bestFirst(own).map((one) => [one.key, one]));
}

/** Those with a copy, the newest first, then those without. */
export const bestFirst = (keys: readonly KeptKey[]): readonly KeptKey[] =>
  keys.toSorted((one, other) => (other.copiedAt ?? '').localeCompare(one.copiedAt ?? ''));

/** Kept before it is registered: a key that the center knows and nobody has opens nothing. @throws Error */
export async function keepOwnKey(kept: KeptKey): Promise<void> {
  await withStore('readwrite', (store) => store.put(kept));
}
