import { z } from 'zod';
import type { StationId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type JwsType, verifyJws } from '../../proof/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { IS_REVOKED } from './revoked.ts';

const StationKey = z.object({ publicKey: PublicKey, certificate: z.string() });
/** A key that the center vouched for. */
export type StationKey = Readonly<z.infer<typeof StationKey>>;

/** Every key that a station ever had, the present one first, then from the newest to the one it enrolled with. */
export async function stationKeys(db: Queries, id: StationId): Promise<readonly StationKey[]> {
  return select(
    db,
    StationKey,
    `SELECT public_key AS "publicKey", certificate FROM (
       SELECT public_key, certificate, NULL::bigint AS number FROM stations WHERE id = $1
       UNION ALL
       SELECT public_key, certificate, number FROM former_keys WHERE station_id = $1) k
     ORDER BY number DESC NULLS FIRST`,
    [id],
  );
}

/** Which of these keys signed a statement; nothing where none did. */
export const whichSigned = (keys: readonly StationKey[], jws: string, type: JwsType): StationKey | undefined =>
  keys.find(({ publicKey }) => verifyJws(jws, type, publicKey) !== undefined);

/**
 * What a key signed before it was changed is logged before it was changed, or never: nobody can tell when something was signed.
 * @throws Refusal `station-key-old`
 */
export async function mustBePresentKey(db: Queries, id: StationId, key: PublicKey): Promise<void> {
  const sql = 'SELECT 1 FROM stations WHERE id = $1 AND public_key = $2';
  if ((await db.query(sql, [id, key])).length === 0) throw new Refusal('station-key-old', 'it was changed for another');
}

/** Whether a key was changed for another, or its station was revoked: whoever has it still comes back with no code. */
export async function isSpentKey(db: Queries, key: PublicKey): Promise<boolean> {
  const sql = `SELECT 1 FROM stations s WHERE s.public_key = $1 AND ${IS_REVOKED}
    UNION ALL SELECT 1 FROM former_keys WHERE public_key = $1 LIMIT 1`;
  return (await db.query(sql, [key])).length > 0;
}

/** Whether any station has this key, or had it. */
export async function isKeyOfAny(db: Queries, key: PublicKey): Promise<boolean> {
  const sql = `SELECT 1 FROM stations WHERE public_key = $1
    UNION ALL SELECT 1 FROM former_keys WHERE public_key = $1 LIMIT 1`;
  return (await selectOne(db, z.unknown(), sql, [key])) !== undefined;
}
