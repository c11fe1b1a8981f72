import type { AccountId } from '../../contract/words/ids.ts';
import type { ExchangeKey } from '../../contract/words/keys.ts';
import type { OwnKey } from './sealed-picture.ts';

/**
 * Keys of inspectors that this browser made. Their secret halves lie in its own storage as keys that no program can read out, this
 * page least of all; with the browser's data they are gone, and so is what was sealed to them.
 */
const [DATABASE, STORE] = ['exam-platform-keys', 'inspector-keys'] as const;
type Kept = OwnKey & { readonly account: AccountId };

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

/** Those of somebody who logs in here; none where the browser keeps nothing. */
export async function ownKeysOf(account: AccountId): Promise<ReadonlyMap<ExchangeKey, OwnKey>> {
  const all = await withStore<Kept[]>('readonly', (store) => store.getAll()).catch(() => []);
  return new Map(all.filter((one) => one.account === account).map((one) => [one.key, one]));
}

/** Kept before it is registered: a key that the center knows and nobody has opens nothing. @throws Error */
export async function keepOwnKey(account: AccountId, own: OwnKey): Promise<void> {
  await withStore('readwrite', (store) => store.put({ ...own, account } satisfies Kept));
}
