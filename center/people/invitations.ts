import { z } from 'zod';
import type { Invitation } from '../../contract/people-center/operator-api.ts';
import { instant, ProctorId, type Sha256, TenantId } from '../../contract/words/ids.ts';
import { ProctorNumber } from '../../contract/words/proctor-pins.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { makeCode, normalCode } from '../../proof/secrets/codes.ts';
import { changing } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { inTransaction, type Queries, select, selectOne } from '../database/index.ts';
import { type Gate, type Manager, mustManage, ofAccount } from '../tenants/index.ts';
import { notePinChange } from './pin-changes.ts';
import { dealNumber, holdNumbers, listProctors, stateOfProctor } from './proctors.ts';

/** A code, `XXXX-XXXX`: 40 random bits, which are guessed at slowly and not for long. */
const [GROUPS, GROUP] = [2, 4];
const LASTS_MS = 7 * 86_400_000;

const hashOf = (code: string): Sha256 => sha256(`proctor-invitation:${normalCode(code)}`);

/**
 * A one-time code with which a proctor sets their PIN. Whoever has one already has it no longer: their PIN opens nothing from
 * now on, nor does their badge, and that it was reset stands in the audit log and beside what is decided in their name since.
 * @throws Refusal `proctor-unknown`
 */
export async function inviteProctor(
  actor: Manager,
  { db, now }: Center,
  tenantId: TenantId,
  id: ProctorId,
): Promise<Invitation> {
  mustManage(actor, tenantId);
  return inTransaction(db, async (tx) => {
    await holdNumbers(tx, tenantId);
    const all = await listProctors(actor, tx, tenantId);
    const known = all.find((one) => one.id === id);
    if (!known) throw new Refusal('proctor-unknown', id);
    const reset = known.pinHash !== null;
    const code = makeCode(GROUPS, GROUP);
    const expires = new Date(now().getTime() + LASTS_MS);
    const number = known.number ?? dealNumber(all) ?? '';
    const what = reset ? 'pin-reset' : 'proctor-invited';
    const deed = { tenantId, what, subject: { kind: 'proctor', id } } as const;
    await changing(actor, tx, deed, stateOfProctor(tenantId, id), async () => {
      await tx.query(
        `UPDATE proctors SET number = $3, pin_hash = NULL, badge_hash = NULL, badge_tag = NULL
         WHERE tenant_id = $1 AND id = $2`,
        [tenantId, id, number],
      );
      await tx.query(
        `INSERT INTO proctor_invitations (tenant_id, proctor_id, code_hash, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, proctor_id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
        [tenantId, id, hashOf(code), expires.toISOString()],
      );
      if (reset) await notePinChange(tx, tenantId, id, 'reset', now());
    });
    return { id, number, code, expiresAt: instant(expires) };
  });
}

const Invited = z.object({ tenantId: TenantId, id: ProctorId, name: z.string(), number: ProctorNumber });
export type Invited = Readonly<z.infer<typeof Invited>>;

/**
 * Who was invited by a code that still works: locked until the transaction ends, so that it works once. The proctor first and then the
 * invitation, as whoever invites does: two that lock them the other way round wait for each other.
 */
export async function invitedBy(tx: Queries, code: string, now: Date): Promise<Invited | undefined> {
  const working = [hashOf(code), now.toISOString()];
  const found = await selectOne(tx, Invited, `${INVITED} WHERE i.code_hash = $1 AND i.expires_at > $2`, working);
  if (!found) return undefined;
  const { tenantId, id } = found;
  await tx.query('SELECT 1 FROM proctors WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [tenantId, id]);
  // Another code may have been made for them meanwhile.
  const sql = `${INVITED} WHERE i.code_hash = $1 AND i.expires_at > $2 FOR UPDATE OF i`;
  return selectOne(tx, Invited, sql, working);
}

const INVITED = `SELECT p.tenant_id AS "tenantId", p.id, p.name, p.number FROM proctor_invitations i
  JOIN proctors p ON p.tenant_id = i.tenant_id AND p.id = i.proctor_id`;

const asSaid = (text: string): string => text.normalize('NFKC').trim();

/** By name or by number, as it is printed for them. */
export const isMeant = ({ name, number, id }: Pick<Invited, 'name' | 'number' | 'id'>, said: string): boolean =>
  [name, number, id].some((one) => asSaid(one) === asSaid(said));

const Open = Invited.extend({ isRight: z.boolean() });

/**
 * Whose tries are counted where somebody says who they are and a code: those of everybody who is invited and called so, in
 * whichever firm and however it is written. Whoever has the right code is one of them, and takes back nobody else's.
 */
export async function accountsMeant(
  db: Queries,
  { proctor, code }: { readonly proctor: string; readonly code: string },
  now: Date,
): Promise<readonly Gate[]> {
  const rows = await select(
    db,
    Open,
    `SELECT p.tenant_id AS "tenantId", p.id, p.name, p.number, i.code_hash = $1 AS "isRight" FROM proctor_invitations i
     JOIN proctors p ON p.tenant_id = i.tenant_id AND p.id = i.proctor_id WHERE i.expires_at > $2
     ORDER BY p.tenant_id, p.id`,
    [hashOf(code), now.toISOString()],
  );
  const meant = rows.filter((one) => isMeant(one, proctor));
  const right = meant.filter(({ isRight }) => isRight);
  if (meant.length === 0) return [ofAccount('proctor-code', `nobody ${asSaid(proctor)}`)];
  return (right.length > 0 ? right : meant).map(({ tenantId, id }) => ofAccount('proctor-code', `${tenantId} ${id}`));
}

export async function useInvitation(tx: Queries, { tenantId, id }: Invited): Promise<void> {
  await tx.query('DELETE FROM proctor_invitations WHERE tenant_id = $1 AND proctor_id = $2', [tenantId, id]);
}
