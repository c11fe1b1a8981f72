import { z } from 'zod';
import type { PutProctor } from '../../contract/people-center/operator-api.ts';
import { AssignedProctor, ProctorRole } from '../../contract/station-center/center-api.ts';
import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, select } from '../database/index.ts';
import { type Manager, type Member, mustActFor, mustManage } from '../tenants/index.ts';
import { hashPin, isPin } from './pins.ts';

const Row = AssignedProctor.unwrap().extend({ role: ProctorRole.nullable(), badgeHash: z.string().nullable() });

export async function listProctors(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly AssignedProctor[]> {
  mustActFor(actor, tenantId);
  const sql = `SELECT id, name, pin_hash AS "pinHash", badge_hash AS "badgeHash", role
    FROM proctors WHERE tenant_id = $1 ORDER BY id`;
  const rows = await select(db, Row, sql, [tenantId]);
  return rows.map(({ role, badgeHash, ...proctor }) => ({
    ...proctor,
    ...(role ? { role } : {}),
    ...(badgeHash ? { badgeHash } : {}),
  }));
}

/** Whose PIN this is. @throws Refusal `pin-wrong` */
export async function proctorOfPin(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  pin: string,
): Promise<AssignedProctor['id']> {
  mustManage(actor, tenantId);
  for (const { id, pinHash } of await listProctors(actor, db, tenantId)) if (await isPin(pin, pinHash)) return id;
  throw new Refusal('pin-wrong');
}

/**
 * Puts a proctor in, or changes whoever has this id or this name: what is not named stays. Keeps PIN and
 * badge only as argon2id.
 * @throws Refusal `pin-taken`, `badge-taken`: the ledger would name whoever of the two comes first; `number-malformed`,
 * `number-checksum` of a badge
 */
export async function putProctor(actor: Manager, db: Queries, tenantId: TenantId, proctor: PutProctor): Promise<void> {
  mustManage(actor, tenantId);
  const { name, pin, role } = proctor;
  const all = await listProctors(actor, db, tenantId);
  // A person is one, by whatever id somebody puts them in again.
  const known = all.find((one) => one.id === proctor.id) ?? all.find((one) => one.name === name);
  const id = known?.id ?? proctor.id;
  const pinHash = pin === undefined ? known?.pinHash : await hashPin(pin);
  if (!pinHash) throw new Refusal('pin-wrong', 'who is new needs one');
  const badge = typeof proctor.badge === 'string' ? numberOf(proctor.badge) : proctor.badge;
  for (const other of all) {
    if (other.id === id) continue;
    if (pin !== undefined && (await isPin(pin, other.pinHash)))
      throw new Refusal('pin-taken', 'another proctor has it');
    if (badge && other.badgeHash && (await isPin(badge, other.badgeHash)))
      throw new Refusal('badge-taken', 'another proctor has it');
  }
  await db.query(
    `INSERT INTO proctors (tenant_id, id, name, pin_hash, badge_hash, role) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, pin_hash = excluded.pin_hash,
       badge_hash = CASE WHEN $7 THEN excluded.badge_hash ELSE proctors.badge_hash END,
       role = coalesce(excluded.role, proctors.role)`,
    [tenantId, id, name, pinHash, badge ? await hashPin(badge) : null, role ?? null, badge !== undefined],
  );
}

function numberOf(badge: string): string {
  const parsed = parseCitizenNumber(badge);
  if (!parsed.ok) throw new Refusal(parsed.reason);
  return parsed.number;
}
