import { z } from 'zod';
import type { PutProctor } from '../../contract/people-center/operator-api.ts';
import { AssignedProctor, ProctorRole } from '../../contract/station-center/center-api.ts';
import type { ProctorId, TenantId } from '../../contract/words/ids.ts';
import { numberIn, ProctorNumber, proctorNumbers } from '../../contract/words/proctor-pins.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries, select } from '../database/index.ts';
import { type Manager, type Member, mustActFor, mustManage } from '../tenants/index.ts';
import { badgeNumber, keepBadge } from './badges.ts';
import { notePinChange } from './pin-changes.ts';
import { hashProctorPin } from './pins.ts';

const Row = AssignedProctor.unwrap().extend({
  role: ProctorRole.nullable(),
  /** None before they have set it, and after a reset. */
  pinHash: z.string().nullable(),
  badgeHash: z.string().nullable(),
  badgeTag: z.int().nullable(),
  /** None of those whose PIN was set before there were numbers. */
  number: ProctorNumber.nullable(),
});
export type Proctor = Readonly<z.infer<typeof Row>>;

export async function listProctors(actor: Member, db: Queries, tenantId: TenantId): Promise<readonly Proctor[]> {
  mustActFor(actor, tenantId);
  const sql = `SELECT id, name, number, pin_hash AS "pinHash", badge_hash AS "badgeHash", badge_tag AS "badgeTag", role
    FROM proctors WHERE tenant_id = $1 ORDER BY id`;
  return select(db, Row, sql, [tenantId]);
}

/** Those who can say who they are, as stations are told of them: so that they know them offline. */
export async function assignedProctors(
  actor: Member,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly AssignedProctor[]> {
  const all = await listProctors(actor, db, tenantId);
  return all.flatMap(({ id, name, number, pinHash, badgeHash, badgeTag, role }) =>
    pinHash
      ? [
          {
            ...{ id, name, pinHash },
            ...(number ? { number } : {}),
            ...(role ? { role } : {}),
            ...(badgeHash ? { badgeHash } : {}),
            ...(badgeTag === null ? {} : { badgeTag }),
          },
        ]
      : [],
  );
}

/** Of a proctor, all that a line of the audit log answers for. */
export const stateOfProctor = (tenantId: TenantId, id: ProctorId) => async (tx: Queries) =>
  (
    await tx.query(
      'SELECT name, number, role, pin_hash, badge_hash FROM proctors WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
      [tenantId, id],
    )
  )[0];

/**
 * Puts a proctor in, or changes whoever has this id or this name: what is not named stays. An operator sets nobody's PIN and
 * nobody's badge: the proctor does, with a code that is made for them.
 * @returns who it is, and whether they still have to set a PIN
 * @throws Refusal `pin-by-proctor`, `badge-by-proctor`
 */
export async function putProctor(
  actor: Manager,
  db: Queries | Database,
  tenantId: TenantId,
  proctor: PutProctor,
): Promise<{ readonly id: ProctorId; readonly hasPin: boolean }> {
  mustManage(actor, tenantId);
  const { name, pin, role, badge } = proctor;
  if (actor.kind !== 'system') refuseSecrets(proctor);
  const secrets = {
    pin: pin === undefined ? undefined : await hashProctorPin(pin),
    badge: typeof badge === 'string' ? await keepBadge(badgeNumber(badge)) : badge,
  };
  return inTransaction(db, async (tx) => {
    await holdNumbers(tx, tenantId);
    const all = await listProctors(actor, tx, tenantId);
    // A person is one, by whatever id somebody puts them in again.
    const known = all.find((one) => one.id === proctor.id) ?? all.find((one) => one.name === name);
    const id = known?.id ?? proctor.id;
    const number = known?.number ?? (known?.pinHash && !pin ? null : dealNumber(all, pin));
    const deed = { tenantId, what: 'proctor-put', subject: { kind: 'proctor', id } } as const;
    await changing(actor, tx, deed, stateOfProctor(tenantId, id), async () => {
      await tx.query(
        `INSERT INTO proctors AS p (tenant_id, id, name, role, number, pin_hash, badge_hash, badge_tag)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, role = coalesce(excluded.role, p.role),
           number = excluded.number, pin_hash = coalesce(excluded.pin_hash, p.pin_hash),
           badge_hash = CASE WHEN $9 THEN excluded.badge_hash ELSE p.badge_hash END,
           badge_tag = CASE WHEN $9 THEN excluded.badge_tag ELSE p.badge_tag END`,
        [
          ...[tenantId, id, name, role ?? null, number, secrets.pin ?? null],
          ...[secrets.badge?.hash ?? null, secrets.badge?.tag ?? null, secrets.badge !== undefined],
        ],
      );
      if (secrets.pin) await notePinChange(tx, tenantId, id, 'set', new Date());
    });
    return { id, hasPin: (secrets.pin ?? known?.pinHash ?? null) !== null };
  });
}

function refuseSecrets({ pin, badge }: PutProctor): void {
  if (pin !== undefined)
    throw new Refusal('pin-by-proctor', 'leave `pin` out: the proctor sets it at /pin with the code that is answered');
  if (typeof badge === 'string')
    throw new Refusal('badge-by-proctor', 'the proctor registers it at /pin; `null` takes one away');
}

/** Of two who deal a number of a firm at once the second sees what the first dealt. Taken before any row, until the transaction ends. */
export const holdNumbers = (tx: Queries, tenantId: TenantId): Promise<unknown> =>
  tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`proctor numbers of ${tenantId}`]);

/**
 * The next number that nobody of the firm has; of a PIN that is given, the one that it begins with, where that is free.
 * @throws Refusal `bad-message` where all are dealt
 */
export function dealNumber(all: readonly Pick<Proctor, 'number'>[], pin?: string): string | null {
  const taken = new Set(all.map(({ number }) => number));
  const wanted = pin === undefined ? undefined : numberIn(pin);
  if (pin !== undefined) return wanted && !taken.has(wanted) ? wanted : null;
  for (const number of proctorNumbers()) if (!taken.has(number)) return number;
  throw new Refusal('bad-message', 'all numbers of proctors are dealt');
}
