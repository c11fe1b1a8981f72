import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, writeSecretFile } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { namePlatform, ROOT } from '../organisations/index.ts';
import { guarded, ofAddress, type System } from '../tenants/index.ts';
import type { Step } from './logging-in.ts';
import { byAccount, type Caller, type From, openLogin } from './logins.ts';
import { insertAccount, newAccountId } from './managing.ts';
import { hashPassword, isEasyPassword } from './passwords.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

/** Where the code is that an empty center is set up with; only its owner may read it. */
const setUpFile = (data: string): string => join(data, 'set-up.json');

/** Whether there is anybody: an empty center shows the set-up. */
export const isSetUp = async (db: Queries): Promise<boolean> =>
  (await db.query('SELECT 1 FROM accounts LIMIT 1')).length > 0;

/**
 * Where nobody has an account yet, writes a new code into a file before the transaction ends: one that nobody knows is never kept.
 * Where somebody has, takes away the file that was left.
 */
export async function offerSetUp(_actor: System, { db, data }: Pick<Center, 'db' | 'data'>): Promise<void> {
  await db.transaction(async (tx) => {
    if (await isSetUp(tx)) return rm(setUpFile(data), { force: true });
    const code = makeSecret();
    await tx.query(
      `INSERT INTO set_up_code (id, code_hash) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET code_hash = excluded.code_hash`,
      [hashOfSecret('set-up', code)],
    );
    await writeSecretFile(setUpFile(data), `${JSON.stringify({ code }, null, 2)}\n`);
  });
}

export type SetUp = {
  readonly code: string;
  /** Of the platform. */
  readonly name: string;
  readonly login: string;
  /** Of whoever sets it up. */
  readonly person: string;
  readonly password: string;
};

/**
 * Names the platform, and makes its first account, which may give every other role. Once.
 * @throws Refusal `set-up-over`, `set-up-wrong`, `password-easy`; TryLater
 */
export async function setUp(actor: Caller, center: Center, wish: SetUp, from: From): Promise<Step> {
  const { db, data, now } = center;
  if (await isSetUp(db)) throw new Refusal('set-up-over');
  const done = await guarded(db, now(), [ofAddress('set-up', actor.address)], ['set-up-wrong'], async () => {
    const hash = hashOfSecret('set-up', wish.code.trim());
    const known = await db.query('SELECT 1 FROM set_up_code WHERE code_hash = $1', [hash]);
    if (known.length === 0) throw new Refusal('set-up-wrong');
    if (isEasyPassword(wish.password, wish.login)) throw new Refusal('password-easy');
    const passwordHash = await hashPassword(wish.password);
    return db.transaction(async (tx) => {
      // Of two that come at once, the second finds no code any more.
      const used = await tx.query('DELETE FROM set_up_code WHERE code_hash = $1 RETURNING 1', [hash]);
      if (used.length === 0 || (await isSetUp(tx))) throw new Refusal('set-up-over');
      return makeFirst(tx, actor, wish, passwordHash, from, now());
    });
  });
  await rm(setUpFile(data), { force: true });
  return done;
}

async function makeFirst(
  tx: Queries,
  actor: Caller,
  { name, login, person }: SetUp,
  passwordHash: string,
  from: From,
  now: Date,
): Promise<Step> {
  const id = newAccountId();
  const roles = [{ role: 'platform', organisationId: ROOT }] as const;
  // The code showed that they have the machine.
  await namePlatform({ kind: 'system' }, tx, name);
  await insertAccount(tx, id, { login, name: person, roles, passwordHash }, now);
  const opened = await openLogin(tx, actor, id, from, now);
  const subject = { kind: 'account', id };
  await noteDone(byAccount(id, actor.address), tx, { tenantId: null, what: 'platform-set-up', subject });
  return { step: 'done', ...opened };
}
