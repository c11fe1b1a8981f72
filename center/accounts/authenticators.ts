import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AccountId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeCode, normalCode } from '../../proof/secrets/codes.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { placesOf, ROOT } from '../organisations/index.ts';
import { type ActingAccount, guarded, ofAccount } from '../tenants/index.ts';
import { mustBeFresh, mustBePerson, myself } from './logins.ts';
import { hashOfCode, seal, unseal } from './secrets.ts';
import { base32, stepOf, totpUri } from './totp.ts';

const SECRET_BYTES = 20;
const CODES = 10;

type Place = Pick<Center, 'db' | 'data' | 'now'>;

/** What the platform is called; `null` until it is set up. */
export const platformName = async (db: Queries): Promise<string | null> =>
  (await placesOf(db, [ROOT])).get(ROOT)?.name || null;

/**
 * A secret for an authenticator. It counts once a code of it was shown; until then the one before does.
 * @throws Refusal `log-in-again`
 */
export async function beginTotp(
  actor: ActingAccount,
  { db, data, now }: Place,
): Promise<{ readonly secret: string; readonly uri: string }> {
  mustBePerson(actor);
  await mustBeFresh(actor, db, now());
  const made = randomBytes(SECRET_BYTES);
  const sealed = await seal(data, actor.id, made);
  await db.query('UPDATE accounts SET totp_wish = $2 WHERE id = $1', [actor.id, sealed]);
  const secret = base32(made);
  const { login } = await myself(db, actor.id);
  return { secret, uri: totpUri(secret, (await platformName(db)) ?? '', login) };
}

const Wish = z.object({ wish: z.instanceof(Uint8Array).nullable() });

/**
 * Confirms the authenticator by a code of it.
 * @returns recovery codes, told once; those of before open nothing more
 * @throws Refusal `factor-wrong`, `ticket-over` where none was begun, `log-in-again`; TryLater
 */
export async function confirmTotp(
  actor: ActingAccount,
  { db, data, now }: Place,
  code: string,
): Promise<readonly string[]> {
  mustBePerson(actor);
  await mustBeFresh(actor, db, now());
  const codes = Array.from({ length: CODES }, () => makeCode(2, 5));
  const gates = [ofAccount('log-in-factor', actor.id)];
  await guarded(db, now(), gates, ['factor-wrong'], () =>
    db.transaction(async (tx) => {
      const sql = 'SELECT totp_wish AS wish FROM accounts WHERE id = $1 FOR UPDATE';
      const wish = (await selectOne(tx, Wish, sql, [actor.id]))?.wish;
      if (!wish) throw new Refusal('ticket-over');
      const step = stepOf(await unseal(data, actor.id, wish), code, now(), 0);
      if (step === undefined) throw new Refusal('factor-wrong');
      await tx.query('UPDATE accounts SET totp = totp_wish, totp_wish = NULL, totp_step = $2 WHERE id = $1', [
        ...[actor.id, step],
      ]);
      await tx.query('DELETE FROM recovery_codes WHERE account_id = $1', [actor.id]);
      for (const one of codes)
        await tx.query('INSERT INTO recovery_codes (account_id, code_hash) VALUES ($1, $2)', [
          ...[actor.id, await hashOfCode(data, actor.id, normalCode(one))],
        ]);
      await noteDone(actor, tx, {
        ...{ tenantId: null, what: 'factor-added', subject: { kind: 'account', id: actor.id } },
      });
    }),
  );
  return codes;
}

const Kept = z.object({ totp: z.instanceof(Uint8Array).nullable(), step: z.number() });

/** Uses a code up: it opens nothing a second time. @throws Refusal `factor-wrong` */
export async function useTotp(tx: Queries, { data, now }: Omit<Place, 'db'>, id: AccountId, code: string) {
  const sql = 'SELECT totp, totp_step AS step FROM accounts WHERE id = $1 FOR UPDATE';
  const kept = await selectOne(tx, Kept, sql, [id]);
  const step = kept?.totp ? stepOf(await unseal(data, id, kept.totp), code, now(), kept.step) : undefined;
  if (step === undefined) throw new Refusal('factor-wrong');
  await tx.query('UPDATE accounts SET totp_step = $2 WHERE id = $1', [id, step]);
}

/** Uses a recovery code up. @throws Refusal `factor-wrong` */
export async function useRecoveryCode(tx: Queries, data: string, id: AccountId, code: string): Promise<void> {
  const hash = await hashOfCode(data, id, normalCode(code));
  const sql = 'DELETE FROM recovery_codes WHERE account_id = $1 AND code_hash = $2 RETURNING 1';
  if ((await tx.query(sql, [id, hash])).length === 0) throw new Refusal('factor-wrong');
}

/** Takes away all that somebody logs in with besides a password. */
export async function dropFactors(tx: Queries, id: AccountId): Promise<void> {
  await tx.query('UPDATE accounts SET totp = NULL, totp_wish = NULL WHERE id = $1', [id]);
  for (const table of ['recovery_codes', 'passkeys', 'oidc_links'])
    await tx.query(`DELETE FROM ${table} WHERE account_id = $1`, [id]);
}
