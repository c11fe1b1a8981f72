import { z } from 'zod';
import { beginningOfNumber } from '../../contract/words/id-number.ts';
import { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { Known, type KnownCandidate } from './candidates.ts';

/** Somebody, and whose: the same id may be of two firms. */
export type PersonAt = { readonly tenantId: TenantId; readonly candidateId: CandidateId };

export const Pair = z.object({ tenantId: TenantId, candidateId: CandidateId });

/** More than that is no search. */
const MOST = 200;
/** Behind everything that begins alike, whatever comes after it. */
const BEHIND = '\u{10FFFF}';

/** People of these firms whose name or number begins so, for whoever has found out which firms somebody may see. */
export async function findPeopleWithin(
  db: Queries,
  tenantIds: readonly TenantId[],
  text: string,
): Promise<readonly PersonAt[]> {
  const from = text.trim().replaceAll('\u0000', '');
  if (from === '' || tenantIds.length === 0) return [];
  const number = beginningOfNumber(from);
  return select(
    db,
    Pair,
    `(SELECT tenant_id AS "tenantId", id AS "candidateId" FROM candidates
        WHERE tenant_id = ANY($1::text[]) AND name ~>=~ $2 AND name ~<~ $3 LIMIT ${MOST})
     UNION (SELECT tenant_id, id FROM candidates
        WHERE tenant_id = ANY($1::text[]) AND number ~>=~ $4 AND number ~<~ $5 LIMIT ${MOST})
     LIMIT ${MOST}`,
    [tenantIds, from, from + BEHIND, number, number + BEHIND],
  );
}

const Row = Known.extend({ tenantId: TenantId });

/** Who these are: by firm and id, parted by a blank. Visitors are nobody, and so is whoever was erased. */
export async function peopleWithin(
  db: Queries,
  wanted: readonly PersonAt[],
): Promise<ReadonlyMap<string, KnownCandidate>> {
  const rows = await select(
    db,
    Row,
    `SELECT c.tenant_id AS "tenantId", c.id, c.name, c.number, c.left_at IS NOT NULL AS "left"
     FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS w (tenant_id, id)) w
     JOIN candidates c ON c.tenant_id = w.tenant_id AND c.id = w.id AND c.erased_at IS NULL`,
    [wanted.map(({ tenantId }) => tenantId), wanted.map(({ candidateId }) => candidateId)],
  );
  return new Map(rows.map(({ tenantId, ...known }) => [personKey({ tenantId, candidateId: known.id }), known]));
}

export const personKey = ({ tenantId, candidateId }: PersonAt): string => `${tenantId} ${candidateId}`;

/** Where whoever has this number is on a roster, or was, at these firms; by a number that was corrected nobody is found. */
export const samePerson = (db: Queries, tenantIds: readonly TenantId[], number: string): Promise<readonly PersonAt[]> =>
  select(
    db,
    Pair,
    `SELECT tenant_id AS "tenantId", id AS "candidateId" FROM candidates
     WHERE tenant_id = ANY($1::text[]) AND number = $2 ORDER BY tenant_id, id`,
    [tenantIds, number],
  );

const Member = Pair.extend({ from: z.string().nullable(), until: z.string().nullable() });

/** From when until when these are on their rosters, the first times first. */
export const membershipsOfPeople = (
  db: Queries,
  wanted: readonly PersonAt[],
): Promise<readonly z.infer<typeof Member>[]> =>
  select(
    db,
    Member,
    `SELECT m.tenant_id AS "tenantId", m.candidate_id AS "candidateId", m.joined_on AS "from", m.left_on AS "until"
     FROM unnest($1::text[], $2::text[]) AS w (tenant_id, id)
     JOIN memberships m ON m.tenant_id = w.tenant_id AND m.candidate_id = w.id ORDER BY m.sequence`,
    [wanted.map(({ tenantId }) => tenantId), wanted.map(({ candidateId }) => candidateId)],
  );
