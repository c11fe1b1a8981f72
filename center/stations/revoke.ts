import { z } from 'zod';
import { revocationEntry } from '../../contract/log/entries.ts';
import type { RevocationReply, RevocationWish } from '../../contract/people-center/operator-api.ts';
import type { Revocation } from '../../contract/records/revocations.ts';
import { GrantId, type Instant, instant, type StationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Deed, noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { endGrants } from './granting.ts';
import { revocationOf } from './revoked.ts';
import { findStation, type Station } from './stations.ts';

/**
 * What else ends with a station, of the folders above this one: in the transaction that revokes it.
 * @returns what of that has a line of its own in the audit log
 */
export type Ending = (tx: Queries, station: StationId, at: Instant) => Promise<readonly Deed[]>;

const Running = z.object({ id: GrantId, tenantId: TenantId });

/**
 * Revokes a station, for good: from now on every request of it is refused, and nothing that it signs is logged. What was logged
 * before stands, and firms that use it by a grant begin nothing more there. Revoked again, the first revocation stands.
 * @throws Refusal `station-unknown` where this tenant has no such station
 */
export async function revokeStation(
  actor: Manager,
  center: Center,
  tenantId: TenantId,
  { id, wish, endings }: { readonly id: StationId; readonly wish: RevocationWish; readonly endings: readonly Ending[] },
): Promise<RevocationReply> {
  mustManage(actor, tenantId);
  const { db, signer, now } = center;
  return db.transaction(async (tx) => {
    const station = await findStation(tx, id);
    if (station?.tenantId !== tenantId) throw new Refusal('station-unknown', id);
    const before = await revocationOf(tx, id);
    if (before) return { revocation: before };
    const at = now();
    const says: Revocation = { format: 'exam-station/revocation@1', stationId: id, at: instant(at), cause: wish.cause };
    const jws = signer.sign('exam-station/revocation', says);
    // The log first: whoever appends to it waits, so that each batch is logged before this, or sees it.
    await logEntries(tx, center, [revocationEntry(jws)]);
    await tx.query(
      `INSERT INTO revocations (tenant_id, station_id, jws, note, revoked_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (station_id) DO NOTHING`,
      [tenantId, id, jws, wish.note ?? '', at.toISOString()],
    );
    const over = `SELECT id, tenant_id AS "tenantId" FROM grants WHERE station_id = $1 AND ended_at IS NULL FOR UPDATE`;
    const running = await select(tx, Running, over, [id]);
    const deeds: Deed[] = [{ tenantId, what: 'station-revoked', subject: { kind: 'station', id } }];
    deeds.push(...(await endGrants(tx, center, tenantId, running)));
    for (const ending of endings) deeds.push(...(await ending(tx, id, instant(at))));
    for (const deed of deeds) await noteDone(actor, tx, deed);
    return { revocation: (await revocationOf(tx, id)) ?? jws };
  });
}

/** The first requests tell what whoever has the key wanted; the others are counted. */
const MOST_KEPT = 20;

/** Keeps that a revoked station, or somebody with its key, asked for something: the statement that it signed. */
export async function noteRefusedRequest(
  { db, now }: Pick<Center, 'db' | 'now'>,
  { id, tenantId }: Station,
  jws: string,
): Promise<void> {
  await db.query('UPDATE revocations SET refused = refused + 1 WHERE station_id = $1', [id]);
  await db.query(
    `INSERT INTO refused_requests (tenant_id, station_id, jws, heard_at)
     SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM refused_requests WHERE station_id = $2) < ${MOST_KEPT}
     ON CONFLICT (station_id, jws) DO NOTHING`,
    [tenantId, id, jws, now().toISOString()],
  );
}
