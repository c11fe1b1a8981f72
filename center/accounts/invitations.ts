import { z } from 'zod';
import { Login } from '../../contract/platform/accounts.ts';
import { AccountId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { guarded, ofAddress } from '../tenants/index.ts';
import type { Step } from './logging-in.ts';
import { byAccount, type Caller, endLogins, type From, openLogin } from './logins.ts';
import { hashPassword, isEasyPassword } from './passwords.ts';
import { KeptRole, lockRow, placedRoles, ROLES } from './rows.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

const DAY_MS = 24 * 3_600_000;
const LASTS_MS = { join: 7 * DAY_MS, recover: DAY_MS } as const;
export type SecretFor = keyof typeof LASTS_MS;

/** A secret that sets a password once; one that was made before opens nothing more. */
export async function makeAccountSecret(
  tx: Queries,
  id: AccountId,
  purpose: SecretFor,
  givenBy: string,
  now: Date,
): Promise<string> {
  const secret = makeSecret();
  await tx.query('DELETE FROM account_secrets WHERE account_id = $1 OR expires_at <= $2', [id, now.toISOString()]);
  await tx.query(
    'INSERT INTO account_secrets (secret_hash, account_id, purpose, given_by, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [
      ...[hashOfSecret('account', secret), id, purpose, givenBy],
      new Date(now.getTime() + LASTS_MS[purpose]).toISOString(),
    ],
  );
  return secret;
}

const Meant = z.object({
  id: AccountId,
  login: Login,
  name: z.string(),
  purpose: z.enum(['join', 'recover']),
  roles: z.array(KeptRole).readonly(),
});

/** @throws Refusal `secret-unknown`: never made, used, expired or taken back; which, nobody is told */
async function meantBy(db: Queries, secret: string, now: Date): Promise<z.infer<typeof Meant>> {
  const meant = await selectOne(
    db,
    Meant,
    `SELECT a.id, a.login, a.name, s.purpose, ${ROLES} AS roles
     FROM account_secrets s JOIN accounts a ON a.id = s.account_id
     WHERE s.secret_hash = $1 AND s.expires_at > $2 AND a.state <> 'ended'`,
    [hashOfSecret('account', secret), now.toISOString()],
  );
  if (!meant) throw new Refusal('secret-unknown');
  return meant;
}

const gatesOf = ({ address }: Caller) => [ofAddress('account-secret', address)];

/** What an invitation or a recovery is for. @throws Refusal `secret-unknown`; TryLater */
export function readInvitation(actor: Caller, { db, now }: Center, secret: string) {
  return guarded(db, now(), gatesOf(actor), ['secret-unknown'], async () => {
    const { name, login, purpose, roles } = await meantBy(db, secret, now());
    const organisation = (await placedRoles(db, roles))[0]?.organisation ?? '';
    return { name, login, purpose, organisation };
  });
}

/**
 * Sets a password by an invitation or a recovery, which is then used up, and logs in.
 * @throws Refusal `secret-unknown`, `password-easy`, `roles-none`; TryLater
 */
export function acceptInvitation(
  actor: Caller,
  { db, now }: Center,
  { secret, password }: { readonly secret: string; readonly password: string },
  from: From,
): Promise<Step> {
  return guarded(db, now(), gatesOf(actor), ['secret-unknown'], async () => {
    const { id, login } = await meantBy(db, secret, now());
    if (isEasyPassword(password, login)) throw new Refusal('password-easy');
    const hash = await hashPassword(password);
    return db.transaction(async (tx) => {
      await lockRow(tx, id);
      const sql = 'DELETE FROM account_secrets WHERE secret_hash = $1 AND expires_at > $2 RETURNING 1';
      const used = await tx.query(sql, [hashOfSecret('account', secret), now().toISOString()]);
      if (used.length === 0) throw new Refusal('secret-unknown');
      await tx.query(`UPDATE accounts SET password_hash = $2, state = 'active' WHERE id = $1 AND state <> 'ended'`, [
        ...[id, hash],
      ]);
      await endLogins(tx, id);
      const opened = await openLogin(tx, actor, id, from, now());
      const subject = { kind: 'account', id };
      await noteDone(byAccount(id, actor.address), tx, { tenantId: null, what: 'password-set', subject });
      return { step: 'done', ...opened } as const;
    });
  });
}
