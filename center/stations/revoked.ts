import { z } from 'zod';
import type { StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Queries, selectOne } from '../database/index.ts';

/** @returns the JWS `exam-station/revocation` of a station; nothing where it is not revoked */
export async function revocationOf(db: Queries, id: StationId): Promise<string | undefined> {
  const shape = z.object({ jws: z.string() });
  return (await selectOne(db, shape, 'SELECT jws FROM revocations WHERE station_id = $1', [id]))?.jws;
}

/** @throws Refusal `station-revoked`, whose detail is the JWS that says so: a station believes nobody else */
export async function mustNotBeRevoked(db: Queries, id: StationId): Promise<void> {
  const jws = await revocationOf(db, id);
  if (jws) throw new Refusal('station-revoked', jws);
}

/** SQL: whether a station, whose row is called `s`, is revoked. */
export const IS_REVOKED = 'EXISTS (SELECT 1 FROM revocations v WHERE v.station_id = s.id)';
