import { z } from 'zod';
import { CandidateId, ExamId, type TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { mustRead, type Reader } from '../tenants/index.ts';

const Row = z.object({ candidateId: CandidateId, examId: ExamId }).readonly();
type OnRoster = z.infer<typeof Row>;

/** Texts of the query: columns of whoever is asked about, and parameters. */
type Asked = {
  readonly tenantId: string;
  readonly candidateId: string;
  readonly examId: string;
  readonly params: readonly string[];
};

type Wish = {
  readonly condition: (asked: Asked) => string;
  readonly params: readonly unknown[];
  readonly after: OnRoster | undefined;
  readonly size: number;
};

/** Those on the roster of whom a condition is true, by their ids, with the exam that they are to sit. */
export async function listOnRoster(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
  { condition, params, after, size }: Wish,
): Promise<readonly OnRoster[]> {
  mustRead(actor, tenantId);
  const asked = {
    ...{ tenantId: 'c.tenant_id', candidateId: 'c.id', examId: 'c.exam_id' },
    params: params.map((_, at) => `$${at + 4}`),
  };
  return select(
    db,
    Row,
    `SELECT c.id AS "candidateId", c.exam_id AS "examId" FROM candidates c
     WHERE c.tenant_id = $1 AND c.left_at IS NULL AND c.id > $2 AND ${condition(asked)} ORDER BY c.id LIMIT $3`,
    [tenantId, after?.candidateId ?? '', size, ...params],
  );
}
