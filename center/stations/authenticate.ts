import { AUTH_SCHEME, RequestStatement } from '../../contract/station-center/center-api.ts';
import { StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import { verifyJws } from '../../proof/index.ts';
import type { Center } from '../base/index.ts';
import type { ActingStation } from '../tenants/index.ts';
import { stationKeys, whichSigned } from './keys.ts';
import { noteRefusedRequest } from './revoke.ts';
import { mustNotBeRevoked } from './revoked.ts';
import { findStation, type Station } from './stations.ts';

export type Claim = { readonly method: string; readonly path: string; readonly authorization: string | undefined };
export type Authenticated = { readonly actor: ActingStation; readonly statement: RequestStatement };

/**
 * Who sent this request? Turns at the headers only, so a stranger is refused before the body is read; the caller compares
 * `statement.bodyHash` once the body is there.
 *
 * Within {@link MAX_SKEW_MS} a statement may be replayed: it repeats the very same request. That is harmless as long as no route
 * lets what was said earlier undo what was said since; docs/proof.md goes through them.
 * @throws Refusal `unauthorised`, `station-key-old`; `station-revoked`; or `clock-skew` for a true statement from too long ago or ahead
 */
export async function authenticate(center: Center, claim: Claim): Promise<Authenticated> {
  const { db, now } = center;
  const jws = jwsOf(claim.authorization);
  const id = claimedStation(jws);
  const station = id && (await findStation(db, id));
  if (!station) throw new Refusal('unauthorised', 'no station is known by this authorization');
  const parsed = RequestStatement.safeParse(verifyJws(jws, 'exam-station/request', station.publicKey));
  if (!parsed.success) throw await notByItsKey(center, station, jws);
  const statement = parsed.data;
  if (statement.method !== claim.method || statement.path !== claim.path) {
    throw new Refusal('unauthorised', 'the signature is for another request');
  }
  const isNow = Math.abs(now().getTime() - Date.parse(statement.at)) <= MAX_SKEW_MS;
  await mustStand(center, station, { jws, isNow });
  if (!isNow) throw new Refusal('clock-skew');
  return { actor: { kind: 'station', ...station }, statement };
}

/** Whoever has a key that was changed for another is told so: it may be the station itself, whose key somebody else has changed. */
async function notByItsKey({ db }: Center, { id }: Station, jws: string): Promise<Refusal> {
  const [, ...former] = await stationKeys(db, id);
  if (!whichSigned(former, jws, 'exam-station/request'))
    return new Refusal('unauthorised', 'the request is not signed by the station key');
  // If so, its operator will have revoked it, and it has to hear that.
  await mustNotBeRevoked(db, id);
  return new Refusal('station-key-old', 'it was changed for another');
}

/** A station whose clock is wrong hears of its end, too. What somebody saw and sends again later is no evidence of anything. */
async function mustStand(
  center: Center,
  station: Station,
  { jws, isNow }: { readonly jws: string; readonly isNow: boolean },
): Promise<void> {
  try {
    await mustNotBeRevoked(center.db, station.id);
  } catch (error) {
    if (isNow && error instanceof Refusal) await noteRefusedRequest(center, station, jws);
    throw error;
  }
}

function jwsOf(authorization: string | undefined): string {
  const [scheme, jws, ...rest] = authorization?.split(' ') ?? [];
  if (scheme !== AUTH_SCHEME || !jws || rest.length > 0)
    throw new Refusal('unauthorised', `this needs ${AUTH_SCHEME} authorization`);
  return jws;
}

/** Read before the signature is checked, and used for nothing but finding the key to check it with. */
function claimedStation(jws: string): StationId | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return StationId.safeParse((payload as { readonly stationId?: unknown } | null)?.stationId).data;
  } catch {
    return undefined;
  }
}
