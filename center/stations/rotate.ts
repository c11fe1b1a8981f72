import { z } from 'zod';
import { certificateEntry } from '../../contract/log/entries.ts';
import type { StationCertificate } from '../../contract/records/batches.ts';
import type { EnrolReply, RotationRequest, RotationStatement } from '../../contract/station-center/center-api.ts';
import { type Instant, instant, type StationId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import { isWeakKey, provesRotation, rotationIn } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { inTransaction, type Queries, selectOne } from '../database/index.ts';
import { logEntries, openLog } from '../log/index.ts';
import { type ActingStation, type Manager, mustManage, type Stranger } from '../tenants/index.ts';
import { isKeyOfAny, stationKeys } from './keys.ts';
import { mustNotBeRevoked } from './revoked.ts';
import { findStation, type Station } from './stations.ts';

/**
 * Vouches for the next key of a station: whoever asks has both. From then on nothing new is taken that the former one signed. The
 * same two keys get the same answer again, while the second is the present one: the first answer may have been lost on the way.
 * @throws Refusal `key-unproven`; `unauthorised` where the first is no key of this station, `station-key-old` where it is a former
 * one; `station-revoked`, `clock-skew`; `key-weak` where the second is nobody's alone, or was a station's already
 */
export async function rotateKey(_actor: Stranger, center: Center, request: RotationRequest): Promise<EnrolReply> {
  const says = rotationIn(request);
  if (says?.centerKey !== center.signer.publicKey) throw new Refusal('key-unproven', 'it is not for this center');
  if (isWeakKey(says.to)) throw new Refusal('key-weak', 'anybody can sign with it');
  if (says.to === center.signer.publicKey) throw new Refusal('key-weak', 'it is the key of the center');
  if (!provesRotation(request, says)) throw new Refusal('key-unproven', 'it is not signed by both keys');
  // Before anybody is kept waiting: whoever has no key of a station does not come further.
  await stationOf(center.db, says);
  return center.db.transaction(async (tx) => {
    // Whoever appends to the log waits, so that each batch is logged before this, or sees it.
    await openLog(tx);
    const { station, isDone } = await stationOf(tx, says);
    if (isDone) return replyOf(center, station);
    if (Math.abs(center.now().getTime() - Date.parse(says.at)) > MAX_SKEW_MS) throw new Refusal('clock-skew');
    if (await isKeyOfAny(tx, says.to)) throw new Refusal('key-weak', 'a station has it already, or had it');
    return replyOf(center, await goOver(tx, center, station, says));
  });
}

/**
 * Whose key is to change, and whether it has been, to this one.
 * @throws Refusal `unauthorised`, `station-revoked`, `station-key-old`
 */
async function stationOf(
  db: Queries,
  { stationId, from, to }: RotationStatement,
): Promise<{ readonly station: Station; readonly isDone: boolean }> {
  const station = await findStation(db, stationId);
  const [present, before, ...earlier] = await stationKeys(db, stationId);
  if (!station || ![present, before, ...earlier].some((key) => key?.publicKey === from))
    throw new Refusal('unauthorised', 'no station has this key');
  await mustNotBeRevoked(db, stationId);
  if (station.publicKey === from) return { station, isDone: false };
  if (before?.publicKey === from && station.publicKey === to) return { station, isDone: true };
  throw new Refusal('station-key-old', 'it was changed for another');
}

async function goOver(tx: Queries, center: Center, station: Station, { to }: RotationStatement): Promise<Station> {
  const { id: stationId, tenantId, publicKey } = station;
  const at = instant(center.now());
  const statement: StationCertificate = { stationId, tenantId, publicKey: to, issuedAt: at };
  const certificate = center.signer.sign('exam-station/certificate', statement);
  await logEntries(tx, center, [certificateEntry(certificate)]);
  await tx.query(
    `INSERT INTO former_keys (tenant_id, station_id, public_key, certificate, until)
     VALUES ($1, $2, $3, $4, $5)`,
    [tenantId, stationId, publicKey, station.certificate, at],
  );
  await tx.query('UPDATE stations SET public_key = $2, certificate = $3, fresh_key_since = NULL WHERE id = $1', [
    ...[stationId, to, certificate],
  ]);
  return { ...station, publicKey: to, certificate };
}

const replyOf = ({ signer }: Center, { id, tenantId, certificate }: Station): EnrolReply => ({
  stationId: id,
  tenantId,
  certificate,
  centerKey: signer.publicKey,
});

/** Since when its operator wishes another key of a station; nothing where nobody does. */
export async function freshKeySince({ id }: ActingStation, { db }: Pick<Center, 'db'>): Promise<Instant | undefined> {
  const shape = z.object({ since: z.date().nullable() });
  const wished = await selectOne(db, shape, 'SELECT fresh_key_since AS since FROM stations WHERE id = $1', [id]);
  return wished?.since ? instant(wished.since) : undefined;
}

/**
 * Has a station change its key: it hears so with its next assignment, and does so once nobody sits there.
 * @throws Refusal `station-unknown` where this tenant has no such station; `station-revoked`
 */
export async function wishFreshKey(
  actor: Manager,
  { db, now }: Pick<Center, 'db' | 'now'>,
  tenantId: TenantId,
  id: StationId,
): Promise<void> {
  mustManage(actor, tenantId);
  await inTransaction(db, async (tx) => {
    const station = await findStation(tx, id);
    if (station?.tenantId !== tenantId) throw new Refusal('station-unknown', id);
    await mustNotBeRevoked(tx, id);
    await tx.query('UPDATE stations SET fresh_key_since = $2 WHERE id = $1', [id, now().toISOString()]);
    await noteDone(actor, tx, { tenantId, what: 'station-key-wished', subject: { kind: 'station', id } });
  });
}
