import { z } from 'zod';
import type { HeldRole, Myself } from '../../contract/platform/roles.ts';
import { AccountId, type Instant, instant, LoginId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import { makeId } from '../base/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import type { ActingAccount, Stranger } from '../tenants/index.ts';
import { accountById, KeptRole, ROLES, rolesInForce } from './rows.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

/** A working day; then whoever it is logs in again. */
const LASTS_MS = 12 * 3_600_000;
/** Whoever leaves the page open and goes is logged out. */
const IDLE_MS = 2 * 3_600_000;
/** So much later it is written down that they were there. */
const NOTED_MS = 60_000;
/** Ways to log in are changed by whoever has just shown how they log in. */
const FRESH_MS = 15 * 60_000;

/** Whoever asks, logged in or not: of them the address counts. */
export type Caller = Stranger | ActingAccount;
/** Where somebody logs in from, and the secret of the session that their browser had before. */
export type From = { readonly browser: string; readonly before?: string | undefined };
/** What a log-in ends with. The secret is for the cookie, and is kept nowhere. */
export type Opened = { readonly secret: string; readonly me: Myself };

const BROWSER = 200;

/**
 * Logs somebody in, under a new secret; what their browser had before ends. The last thing in its transaction.
 * @throws Refusal `login-wrong` where they may not any more, `roles-none`
 */
export async function openLogin(
  tx: Queries,
  { address }: Caller,
  id: AccountId,
  { browser, before }: From,
  now: Date,
): Promise<Opened> {
  const active = await tx.query("UPDATE accounts SET seen_at = $2 WHERE id = $1 AND state = 'active' RETURNING 1", [
    id,
    now.toISOString(),
  ]);
  if (active.length === 0) throw new Refusal('login-wrong');
  const me = await myself(tx, id);
  if (me.roles.length === 0) throw new Refusal('roles-none');
  const [secret, login, at] = [makeSecret(), LoginId.parse(makeId('lg')), now.toISOString()];
  await tx.query('DELETE FROM account_logins WHERE expires_at <= $1 OR secret_hash = $2', [
    ...[at, hashOfSecret('login', before ?? '')],
  ]);
  await tx.query(
    `INSERT INTO account_logins (secret_hash, id, account_id, address, browser, created_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [
      ...[hashOfSecret('login', secret), login, id, address ?? '', browser.slice(0, BROWSER), at],
      new Date(now.getTime() + LASTS_MS).toISOString(),
    ],
  );
  await noteDone(byAccount(id, address), tx, { ...OWN, what: 'logged-in', subject: { kind: 'login', id: login } });
  return { secret, me };
}

const OWN = { tenantId: null } as const;
/** Whoever shows for the first time who they are. */
export const byAccount = (id: AccountId, address: string | undefined) => ({ kind: 'account', id, address }) as const;

/** Whoever is logged in, as the pages know them. */
export async function myself(db: Queries, id: AccountId): Promise<Myself> {
  const row = await accountById(db, id);
  if (!row) throw new Refusal('account-unknown');
  const { login, name, factors } = row;
  return { id, login, name, factors, roles: await rolesInForce(db, row.roles) };
}

const Known = z.object({
  login: LoginId,
  id: AccountId,
  name: z.string(),
  seenAt: z.date(),
  roles: z.array(KeptRole).readonly(),
});
export type KnownLogin = {
  readonly id: AccountId;
  readonly name: string;
  readonly login: LoginId;
  readonly roles: readonly HeldRole[];
};

/** Whose session this is, and what they are now: asked at every request. Nobody's once no role of theirs counts any more. */
export async function loginOf(db: Queries, secret: string, now: Date): Promise<KnownLogin | undefined> {
  const hash = hashOfSecret('login', secret);
  const row = await selectOne(
    db,
    Known,
    `SELECT l.id AS login, a.id, a.name, l.seen_at AS "seenAt", ${ROLES} AS roles
     FROM account_logins l JOIN accounts a ON a.id = l.account_id
     WHERE l.secret_hash = $1 AND l.expires_at > $2 AND l.seen_at > $3 AND a.state = 'active'`,
    [hash, now.toISOString(), new Date(now.getTime() - IDLE_MS).toISOString()],
  );
  if (!row) return undefined;
  const { seenAt, roles, ...known } = row;
  const held = await rolesInForce(db, roles);
  if (held.length === 0) return undefined;
  if (now.getTime() - seenAt.getTime() > NOTED_MS) await noteSeen(db, hash, known.id, now);
  return { ...known, roles: held };
}

async function noteSeen(db: Queries, hash: string, id: AccountId, now: Date): Promise<void> {
  const at = now.toISOString();
  await db.query('UPDATE account_logins SET seen_at = greatest(seen_at, $2) WHERE secret_hash = $1', [hash, at]);
  await db.query('UPDATE accounts SET seen_at = greatest(seen_at, $2) WHERE id = $1', [id, at]);
}

/** @throws Refusal `unauthorised` where a program asks what is for people alone */
export function mustBePerson({ login }: ActingAccount): LoginId {
  if (!login) throw new Refusal('unauthorised', 'a program does not do this');
  return login;
}

/** @throws Refusal `log-in-again` where they logged in too long ago to change how they log in */
export async function mustBeFresh(actor: ActingAccount, db: Queries, now: Date): Promise<void> {
  const login = mustBePerson(actor);
  const sql = 'SELECT 1 FROM account_logins WHERE id = $1 AND created_at > $2';
  const fresh = await db.query(sql, [login, new Date(now.getTime() - FRESH_MS).toISOString()]);
  if (fresh.length === 0) throw new Refusal('log-in-again');
}

/** Ends every session of an account, but one perhaps. */
export async function endLogins(tx: Queries, id: AccountId, but: LoginId | null = null): Promise<void> {
  await tx.query('DELETE FROM account_logins WHERE account_id = $1 AND id IS DISTINCT FROM $2', [id, but]);
  await tx.query('DELETE FROM login_tickets WHERE account_id = $1', [id]);
}

/** Ends the session that somebody asks from. */
export const logOut = (actor: ActingAccount, db: Queries): Promise<void> =>
  remove(actor, db, mustBePerson(actor), 'logged-out');

/** Ends a session of somebody's own. @throws Refusal `method-unknown` where they have none such */
export async function endLogin(actor: ActingAccount, db: Queries, login: LoginId): Promise<void> {
  mustBePerson(actor);
  await remove(actor, db, login, 'session-ended');
}

const remove = (actor: ActingAccount, db: Queries, login: LoginId, what: 'logged-out' | 'session-ended') =>
  inTransaction(db, async (tx) => {
    const sql = 'DELETE FROM account_logins WHERE id = $1 AND account_id = $2 RETURNING 1';
    const rows = await tx.query(sql, [login, actor.id]);
    if (rows.length === 0) throw new Refusal('method-unknown', 'there is no such session');
    await noteDone(actor, tx, { ...OWN, what, subject: { kind: 'login', id: login } });
  });

const Row = z.object({ id: LoginId, address: z.string(), browser: z.string(), createdAt: z.date(), seenAt: z.date() });
export type ListedLogin = {
  readonly id: LoginId;
  readonly address: string;
  readonly browser: string;
  readonly since: Instant;
  readonly seen: Instant;
  readonly isThis: boolean;
};

/** Where somebody is logged in, the newest first. */
export async function listLogins(actor: ActingAccount, db: Queries, now: Date): Promise<readonly ListedLogin[]> {
  const mine = mustBePerson(actor);
  const rows = await select(
    db,
    Row,
    `SELECT id, address, browser, created_at AS "createdAt", seen_at AS "seenAt" FROM account_logins
     WHERE account_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY created_at DESC, id`,
    [actor.id, now.toISOString(), new Date(now.getTime() - IDLE_MS).toISOString()],
  );
  return rows.map(({ createdAt, seenAt, ...row }) => ({
    ...{ ...row, since: instant(createdAt), seen: instant(seenAt), isThis: row.id === mine },
  }));
}

/** A login as it is compared: no two differ in capitals alone. */
export const foldLogin = (typed: string): string => typed.trim().normalize('NFKC').toLowerCase();
