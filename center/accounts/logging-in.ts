import { z } from 'zod';
import type { Factor } from '../../contract/platform/roles.ts';
import { AccountId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { type ActingAccount, guarded, ofAccount, ofAddress } from '../tenants/index.ts';
import { useRecoveryCode, useTotp } from './authenticators.ts';
import { type Caller, endLogins, type From, foldLogin, mustBePerson, type Opened, openLogin } from './logins.ts';
import { type Site, usePasskey } from './passkeys.ts';
import { hashPassword, isEasyPassword, isPassword } from './passwords.ts';
import { accountById, lockRow } from './rows.ts';
import { makeTicket, readTicket, type Ticket, useTicket } from './tickets.ts';

type SecondFactor = Exclude<Factor, 'oidc'>;
/** How far a log-in is: done, or with a ticket for its second factor. */
export type Step =
  | ({ readonly step: 'done' } & Opened)
  | { readonly step: 'factor'; readonly ticket: string; readonly factors: readonly SecondFactor[] };

const Known = z.object({ id: AccountId, passwordHash: z.string().nullable() });

/**
 * Logs somebody in by login and password. Whether there is such a login nobody is told, in words, in time, or by what waits.
 * @throws Refusal `login-wrong`, `roles-none`; TryLater
 */
export async function logIn(
  actor: Caller,
  { db, now }: Center,
  { login: typed, password }: { readonly login: string; readonly password: string },
  from: From,
): Promise<Step> {
  const login = foldLogin(typed);
  const gates = [ofAccount('log-in', login), ofAddress('log-in', actor.address)];
  const id = await guarded(db, now(), gates, ['login-wrong'], async () => {
    const known = await knownBy(db, login);
    if (await isPassword(known?.passwordHash, password)) return known?.id as AccountId;
    // What was typed may be a password by mistake: it is written down nowhere.
    const subject = { kind: 'account', id: known?.id ?? 'unknown' };
    await noteDone(actor, db, { tenantId: null, what: 'log-in-refused', subject });
    throw new Refusal('login-wrong');
  });
  return goOn(actor, db, id, from, now());
}

const knownBy = (db: Queries, login: string) =>
  selectOne(
    db,
    Known,
    `SELECT id, password_hash AS "passwordHash" FROM accounts WHERE login = $1 AND state = 'active'`,
    [login],
  );

/** Logs in whoever has shown a first factor, or asks for the second. */
export async function goOn(actor: Caller, db: Center['db'], id: AccountId, from: From, now: Date): Promise<Step> {
  const second = ((await accountById(db, id))?.factors ?? []).filter((one) => one !== 'oidc');
  if (second.length > 0) {
    const ticket = await makeTicket(db, { purpose: 'factor', accountId: id, address: actor.address }, now);
    return { step: 'factor', ticket, factors: second };
  }
  return db.transaction(async (tx) => ({ step: 'done', ...(await openLogin(tx, actor, id, from, now)) }) as const);
}

/** One of them. */
export type FactorAnswer = {
  readonly ticket: string;
  readonly totp?: string | undefined;
  readonly recovery?: string | undefined;
  readonly passkey?: Record<string, unknown> | undefined;
};

/**
 * Takes the second factor of a log-in, or a passkey alone, which is two in one.
 * @throws Refusal `factor-wrong`, `ticket-over`, `roles-none`; TryLater
 */
export async function answerFactor(
  actor: Caller,
  center: Center,
  answer: FactorAnswer,
  from: From,
  site: Site,
): Promise<Step> {
  const { db, now } = center;
  const ticket = await readTicket(db, answer.ticket, ['factor', 'passkey'], now());
  const own = ticket.accountId ? [ofAccount('log-in-factor', ticket.accountId)] : [];
  const gates = [...own, ofAddress('log-in-factor', actor.address)];
  return guarded(db, now(), gates, ['factor-wrong'], () =>
    db.transaction(async (tx) => {
      if (ticket.accountId) await lockRow(tx, ticket.accountId);
      await useTicket(tx, ticket);
      const id = await shownBy(tx, center, answer, ticket, site);
      return { step: 'done', ...(await openLogin(tx, actor, id, from, now())) } as const;
    }),
  );
}

/** @throws Refusal `factor-wrong`, `bad-message` */
async function shownBy(
  tx: Queries,
  { data, now }: Center,
  { totp, recovery, passkey }: FactorAnswer,
  { accountId, body }: Ticket,
  site: Site,
): Promise<AccountId> {
  if ([totp, recovery, passkey].filter((one) => one !== undefined).length !== 1)
    throw new Refusal('bad-message', 'it takes one factor');
  if (passkey) return usePasskey(tx, passkey, body, site, accountId);
  if (!accountId) throw new Refusal('factor-wrong');
  if (totp !== undefined) await useTotp(tx, { data, now }, accountId, totp);
  else await useRecoveryCode(tx, data, accountId, recovery ?? '');
  return accountId;
}

/**
 * Changes somebody's own password; all other sessions of theirs end.
 * @throws Refusal `login-wrong` where the one before is another, `password-easy`; TryLater
 */
export async function changePassword(
  actor: ActingAccount,
  { db, now }: Center,
  { before, password }: { readonly before: string; readonly password: string },
): Promise<void> {
  const mine = mustBePerson(actor);
  const login = (await accountById(db, actor.id))?.login ?? '';
  if (isEasyPassword(password, login)) throw new Refusal('password-easy');
  await guarded(db, now(), [ofAccount('log-in', login)], ['login-wrong'], async () => {
    const known = await knownBy(db, login);
    if (!(await isPassword(known?.passwordHash, before))) throw new Refusal('login-wrong');
    const hash = await hashPassword(password);
    await db.transaction(async (tx) => {
      // Of two that change it at once, the second knows the one before no more.
      const sql = 'UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2 RETURNING 1';
      if ((await tx.query(sql, [actor.id, known?.passwordHash, hash])).length === 0) throw new Refusal('login-wrong');
      await endLogins(tx, actor.id, mine);
      const subject = { kind: 'account', id: actor.id };
      await noteDone(actor, tx, { tenantId: null, what: 'password-set', subject });
    });
  });
}
