import { z } from 'zod';
import { certificateEntry } from '../../contract/log/entries.ts';
import type { StationCertificate } from '../../contract/records/batches.ts';
import type { EnrolReply, EnrolRequest } from '../../contract/station-center/center-api.ts';
import { instant, StationId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { hashEnrolmentCode, isWeakKey, provesKey } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { inTransaction, type Queries, selectOne } from '../database/index.ts';
import { logEntries } from '../log/index.ts';
import { guarded, type Manager, mustManage, ofAddress, type Stranger } from '../tenants/index.ts';
import { makeEnrolmentCode } from './enrolment-codes.ts';
import { isSpentKey } from './keys.ts';
import { addStation, findStation, type Station } from './stations.ts';

const Code = z.object({ tenantId: TenantId, stationId: StationId.nullable(), expiresAt: z.date() });

const DAY_MS = 24 * 3_600_000;

/**
 * Turns a one-time code into a station with a certificate. The same key with the same code gets the same answer again:
 * the first one may have been lost on the way, and a station must not be stranded by that.
 * @throws Refusal `code-unknown`, `code-expired`; `code-used` where another key came first; `key-weak`, `key-unproven`; TryLater
 */
export function enrol(actor: Stranger, center: Center, request: EnrolRequest): Promise<EnrolReply> {
  const gates = [ofAddress('enrolment-code', actor.address)];
  return guarded(center.db, center.now(), gates, ['code-unknown'], () => enrolOnce(center, request));
}

const enrolOnce = (center: Center, request: EnrolRequest): Promise<EnrolReply> =>
  center.db.transaction(async (tx) => {
    const codeHash = hashEnrolmentCode(request.code);
    const code = await lockCode(tx, codeHash);
    if (!code) throw new Refusal('code-unknown');
    if (code.stationId) return replyOf(center, await sameStation(tx, code.stationId, request));
    if (code.expiresAt < center.now()) throw new Refusal('code-expired', code.expiresAt.toISOString());
    await mustBeItsOwn(tx, center, request);
    const station = vouch(center, code.tenantId, request);
    await addStation(tx, station, center.now());
    await logEntries(tx, center, [certificateEntry(station.certificate)]);
    await tx.query('UPDATE enrolment_codes SET station_id = $2 WHERE code_hash = $1', [codeHash, station.id]);
    return replyOf(center, station);
  });

/**
 * The key that is vouched for has to be that station's alone: one that anybody can sign with, the center's own, that of a station
 * which was revoked, one that a station changed for another, and one that whoever asks does not have are none.
 */
async function mustBeItsOwn(tx: Queries, { signer }: Center, { proof, ...request }: EnrolRequest): Promise<void> {
  const { publicKey } = request;
  if (isWeakKey(publicKey)) throw new Refusal('key-weak', 'anybody can sign with it');
  if (publicKey === signer.publicKey) throw new Refusal('key-weak', 'it is the key of the center');
  if (await isSpentKey(tx, publicKey))
    throw new Refusal('key-weak', 'it was changed for another, or its station is revoked');
  if (!proof) throw new Refusal('key-unproven', 'this program of the station is too old');
  if (!provesKey(proof, request, signer.publicKey)) throw new Refusal('key-unproven');
}

/** A new one-time code, which works for a day where nothing else is said. Only its hash is kept. */
export async function addEnrolmentCode(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  now: Date,
  days = 1,
): Promise<string> {
  mustManage(actor, tenantId);
  const code = makeEnrolmentCode();
  const hash = hashEnrolmentCode(code);
  const ends = new Date(now.getTime() + days * DAY_MS);
  await inTransaction(db, async (tx) => {
    await tx.query(
      'INSERT INTO enrolment_codes (code_hash, tenant_id, created_at, expires_at) VALUES ($1, $2, $3, $4)',
      [hash, tenantId, now.toISOString(), ends.toISOString()],
    );
    const subject = { kind: 'enrolment-code', id: hash.slice(0, 16) };
    await noteDone(actor, tx, { tenantId, what: 'enrolment-code-made', subject });
  });
  return code;
}

/** The row stays locked until the transaction ends: of two stations with one code, the second sees it used. */
const lockCode = (tx: Queries, codeHash: string) =>
  selectOne(
    tx,
    Code,
    'SELECT tenant_id AS "tenantId", station_id AS "stationId", expires_at AS "expiresAt" FROM enrolment_codes WHERE code_hash = $1 FOR UPDATE',
    [codeHash],
  );

async function sameStation(tx: Queries, id: StationId, request: EnrolRequest): Promise<Station> {
  const station = await findStation(tx, id);
  if (station?.publicKey !== request.publicKey) throw new Refusal('code-used');
  return station;
}

function vouch(center: Center, tenantId: TenantId, { publicKey, name }: EnrolRequest): Station {
  const id = StationId.parse(makeId('st'));
  const statement: StationCertificate = { stationId: id, tenantId, publicKey, issuedAt: instant(center.now()) };
  return { id, tenantId, name, publicKey, certificate: center.signer.sign('exam-station/certificate', statement) };
}

const replyOf = ({ signer }: Center, { id, tenantId, certificate }: Station): EnrolReply => ({
  stationId: id,
  tenantId,
  certificate,
  centerKey: signer.publicKey,
});
