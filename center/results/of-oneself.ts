import { z } from 'zod';
import type { OwnResult } from '../../contract/home/own-file.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { type Learner, mustLearn } from '../tenants/index.ts';
import { newestCorrections } from './corrections.ts';
import { STANDING, Standing } from './standing.ts';

const Row = z.object({ body: z.string(), logIndex: z.int(), passed: z.boolean(), standing: Standing });

/** More than anybody sits. */
const MOST = 500;

/** What whoever asks sat, as they may know it, and its place in the log: nothing of what somebody found in it. */
export type ResultOfOneself = Omit<OwnResult, 'appeals'> & { readonly logIndex: number };

/** Exams that whoever asks handed in, the newest first. What they studied is no exam. */
export async function resultsOfOneself(
  actor: Learner,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly ResultOfOneself[]> {
  mustLearn(actor, tenantId);
  const rows = await select(
    db,
    Row,
    `SELECT r.body, r.log_index AS "logIndex", r.passed, ${STANDING} AS standing FROM records r
     WHERE r.tenant_id = $1 AND r.candidate_id = $2 AND r.mode <> 'learning'
     ORDER BY r.submitted_at DESC, r.log_index DESC LIMIT ${MOST}`,
    [tenantId, actor.candidateId],
  );
  const records = rows.map(({ body, ...row }) => ({ ...row, record: ExamRecord.parse(JSON.parse(body)) }));
  const corrections = await newestCorrections(
    db,
    tenantId,
    records.map(({ record }) => record.sittingId),
  );
  return records.flatMap(({ record, ...row }): ResultOfOneself[] => {
    const { sittingId, exam, submittedAt, marks, fullMarks, passMarks } = record;
    if (exam.mode === 'learning') return [];
    return [
      {
        ...{ sittingId, title: exam.title, mode: exam.mode, submittedAt, marks, fullMarks, passMarks, ...row },
        correction: corrections.get(sittingId) ?? null,
        incidents: record.incidents.map(({ reason }) => reason),
      },
    ];
  });
}
