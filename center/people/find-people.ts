import { beginningOfNumber } from '../../contract/words/id-number.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';
import { Known, type KnownCandidate } from './candidates.ts';

/** More than that is no search: who has so common a name is found by more of it, or by their number. */
const MOST = 50;
/** Behind everything that begins alike, whatever comes after it. */
const BEHIND = '\u{10FFFF}';

/** People on the roster whose name or number begins so; of an empty text nobody. */
export async function findPeople(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  text: string,
): Promise<readonly KnownCandidate[]> {
  mustRead(actor, tenantId);
  const from = text.trim().replaceAll('\u0000', '');
  if (from === '') return [];
  const number = beginningOfNumber(from);
  return select(db, Known, FIND, [tenantId, from, from + BEHIND, number, number + BEHIND]);
}

/** By the bytes, as the indexes are. */
export const FIND = `(SELECT id, name, number, left_at IS NOT NULL AS "left" FROM candidates
    WHERE tenant_id = $1 AND name ~>=~ $2 AND name ~<~ $3 ORDER BY name USING ~<~ LIMIT ${MOST})
  UNION (SELECT id, name, number, left_at IS NOT NULL AS "left" FROM candidates
    WHERE tenant_id = $1 AND number ~>=~ $4 AND number ~<~ $5 ORDER BY number USING ~<~ LIMIT ${MOST})
  LIMIT ${MOST}`;
