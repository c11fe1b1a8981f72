import { z } from 'zod';
import { AccountId } from '../../contract/words/ids.ts';
import { noteDone } from '../audit/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import type { System } from '../tenants/index.ts';

/** Invited so long ago, and never came; by $2 there is no invitation any more that they could come by. */
const NEVER_CAME = `state = 'invited' AND password_hash IS NULL AND seen_at IS NULL AND created_at <= $1 AND NOT EXISTS (
  SELECT 1 FROM account_secrets s WHERE s.account_id = accounts.id AND s.expires_at > $2)`;

/** How many accounts nobody took up until then. */
export async function countUntaken(db: Queries, until: Date, now: Date): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM accounts WHERE ${NEVER_CAME}`;
  const row = await selectOne(db, z.object({ count: z.int() }), sql, [until.toISOString(), now.toISOString()]);
  return row?.count ?? 0;
}

/** Erases some of them: name, log-in and roles. Lines of the audit log have their ids. @returns how many */
export async function forgetUntaken(
  actor: System,
  tx: Queries,
  { until, now, most }: { readonly until: Date; readonly now: Date; readonly most: number },
): Promise<number> {
  const sql = `SELECT id FROM accounts WHERE ${NEVER_CAME} ORDER BY id LIMIT $3 FOR UPDATE`;
  const rows = await select(tx, z.object({ id: AccountId }), sql, [until.toISOString(), now.toISOString(), most]);
  const ids = rows.map(({ id }) => id);
  for (const table of ['account_secrets', 'account_roles', 'login_tickets', 'oidc_links'])
    await tx.query(`DELETE FROM ${table} WHERE account_id = ANY($1::text[])`, [ids]);
  await tx.query('DELETE FROM accounts WHERE id = ANY($1::text[])', [ids]);
  for (const id of ids)
    await noteDone(actor, tx, { tenantId: null, what: 'account-ended', subject: { kind: 'account', id } });
  return ids.length;
}
