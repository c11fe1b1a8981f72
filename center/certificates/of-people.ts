import type { PersonFacts } from '../../contract/records/person-file.ts';
import type { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { COLUMNS, Row, read, standingOf } from './reading.ts';

/** Certificates of these people, the newest first, for whoever has found out whom somebody may see. */
export async function certificatesOfPeople(
  db: Queries,
  people: readonly { readonly tenantId: TenantId; readonly candidateId: CandidateId }[],
  now: Date,
): Promise<PersonFacts['certificates']> {
  const rows = await select(
    db,
    Row,
    `SELECT ${COLUMNS} FROM unnest($1::text[], $2::text[]) AS w (tenant_id, id)
     JOIN certificates c ON c.tenant_id = w.tenant_id AND c.candidate_id = w.id ORDER BY c.place DESC`,
    [people.map(({ tenantId }) => tenantId), people.map(({ candidateId }) => candidateId)],
  );
  return rows.map(read).map((row) => {
    const { number, tenantId, examId, title, passedAt, expiresAt } = row.facts;
    return { number, tenantId, examId, title, passedAt, expiresAt, standing: standingOf(row, now) };
  });
}
