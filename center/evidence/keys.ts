import { z } from 'zod';
import { inspectorKeyEntry } from '../../contract/log/entries.ts';
import type { InspectorsKey } from '../../contract/platform/evidence.ts';
import type { InspectorKey } from '../../contract/records/evidence.ts';
import { type AccountId, instant } from '../../contract/words/ids.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWeakExchangeKey } from '../../proof/sealed/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import type { ActingAccount } from '../tenants/index.ts';

/** An inspector who logged in as themselves. @throws Refusal `unauthorised`: a program looks at nobody's face */
export function mustBeInspector(actor: ActingAccount): void {
  const is = actor.kind === 'account' && !actor.token && actor.roles.some(({ role }) => role === 'inspector');
  if (!is) throw new Refusal('unauthorised', 'this is for inspectors who log in themselves');
}

const Row = z.object({ key: ExchangeKey, jws: z.string(), entryIndex: z.int(), at: z.date() });
type Row = z.infer<typeof Row>;

/** The newest first. */
const keysOf = (db: Queries, account: AccountId): Promise<readonly Row[]> =>
  select(
    db,
    Row,
    `SELECT key, jws, entry_index AS "entryIndex", registered_at AS at FROM inspector_keys
     WHERE account_id = $1 ORDER BY registered_at DESC, entry_index DESC`,
    [account],
  );

/**
 * What pictures are sealed to for them: the key that they name, or the newest.
 * @throws Refusal `inspector-key-missing` where they have none, or not that one
 */
export async function keyOf(db: Queries, account: AccountId, named: ExchangeKey | undefined): Promise<ExchangeKey> {
  const found = (await keysOf(db, account)).find(({ key }) => named === undefined || key === named);
  if (!found) throw new Refusal('inspector-key-missing');
  return found.key;
}

export async function listKeys(
  actor: ActingAccount,
  { db }: Pick<Center, 'db'>,
): Promise<{ readonly keys: readonly InspectorsKey[] }> {
  mustBeInspector(actor);
  return { keys: (await keysOf(db, actor.id)).map(told) };
}

const told = ({ key, at, entryIndex }: Row): InspectorsKey => ({ key, at: instant(at), entryIndex });

/**
 * Signs that pictures may be sealed to this key for whoever asks, and logs it: a key that somebody else puts under their name is in
 * the log as well. What was asked for before stays sealed to the key before.
 * @throws Refusal `unauthorised`, `key-weak` where it is a key that everybody has, or one of somebody else
 */
export async function registerKey(actor: ActingAccount, center: Center, key: ExchangeKey): Promise<InspectorsKey> {
  mustBeInspector(actor);
  if (isWeakExchangeKey(key)) throw new Refusal('key-weak', 'everybody has that key');
  await center.readKeysAnew();
  const { signer, now, db } = center;
  return db.transaction(async (tx) => {
    const known = await select(
      tx,
      z.object({ id: z.string() }),
      'SELECT account_id AS id FROM inspector_keys WHERE key = $1',
      [key],
    );
    if (known.some(({ id }) => id !== actor.id)) throw new Refusal('key-weak', 'this key is registered for another');
    const there = (await keysOf(tx, actor.id)).find((one) => one.key === key);
    if (there) return told(there);
    const at = now();
    const says: InspectorKey = { format: 'exam-station/inspector-key@1', accountId: actor.id, key, at: instant(at) };
    const jws = signer.sign('exam-station/inspector-key', says);
    const [entryIndex = -1] = await logEntries(tx, { now }, [inspectorKeyEntry(jws)]);
    await tx.query(
      'INSERT INTO inspector_keys (key, account_id, jws, entry_index, registered_at) VALUES ($1, $2, $3, $4, $5)',
      [key, actor.id, jws, entryIndex, at.toISOString()],
    );
    await noteDone(actor, tx, {
      ...{ tenantId: null, what: 'inspector-key-put' },
      subject: { kind: 'account', id: actor.id },
    });
    return { key, at: instant(at), entryIndex };
  });
}
