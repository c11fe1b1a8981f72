import { CertificateTerm, USUAL_MONTHS } from '../../contract/people-center/certificates.ts';
import type { ExamTerm } from '../../contract/platform/certificates.ts';
import { type ExamId, type Instant, instant, type TenantId } from '../../contract/words/ids.ts';
import { changing } from '../audit/index.ts';
import { type Queries, select } from '../database/index.ts';
import { listExams, mustHaveExam } from '../exams/index.ts';
import { type Manager, mustManage, mustRead, type Reader } from '../tenants/index.ts';

/**
 * How long certificates of an exam are good that are issued from now on. Not a part of the exam: what is signed of an exam, and
 * frozen, says nothing of it.
 * @throws Refusal `no-exam`
 */
export async function setCertificateTerm(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { examId, months }: CertificateTerm,
): Promise<void> {
  mustManage(actor, tenantId);
  await mustHaveExam(actor, db, tenantId, examId);
  const deed = { tenantId, what: 'certificate-term-set', subject: { kind: 'exam', id: examId } } as const;
  const state = async (tx: Queries) =>
    (
      await tx.query('SELECT months FROM certificate_terms WHERE tenant_id = $1 AND exam_id = $2 FOR UPDATE', [
        tenantId,
        examId,
      ])
    )[0];
  await changing(actor, db, deed, state, (tx) =>
    tx.query(
      `INSERT INTO certificate_terms (tenant_id, exam_id, months) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, exam_id) DO UPDATE SET months = excluded.months`,
      [tenantId, examId, months],
    ),
  );
}

export async function listCertificateTerms(
  actor: Reader,
  db: Queries,
  tenantId: TenantId,
): Promise<readonly CertificateTerm[]> {
  mustRead(actor, tenantId);
  return termsOf(db, tenantId);
}

/**
 * Of each formal exam of a firm, how long its certificates are good.
 * @returns `isUsual` where nobody said otherwise
 */
export async function listExamTerms(actor: Reader, db: Queries, tenantId: TenantId): Promise<readonly ExamTerm[]> {
  const said = new Map((await listCertificateTerms(actor, db, tenantId)).map(({ examId, months }) => [examId, months]));
  const exams = (await listExams(actor, db, tenantId)).filter(({ mode }) => mode === 'formal');
  return exams.map(({ id, title }) => ({
    ...{ examId: id, title, isUsual: !said.has(id) },
    months: said.has(id) ? (said.get(id) ?? null) : USUAL_MONTHS,
  }));
}

export const termsOf = (db: Queries, tenantId: TenantId): Promise<readonly CertificateTerm[]> =>
  select(
    db,
    CertificateTerm,
    'SELECT exam_id AS "examId", months FROM certificate_terms WHERE tenant_id = $1 ORDER BY exam_id',
    [tenantId],
  );

/** When a certificate expires that was earned at this time. */
export function expiryOf(terms: readonly CertificateTerm[], examId: ExamId, passedAt: Instant): Instant | null {
  const term = terms.find((one) => one.examId === examId);
  const months = term ? term.months : USUAL_MONTHS;
  return months === null ? null : monthsAfter(passedAt, months);
}

/** The same day of that month; its last day where it has no such day. */
export function monthsAfter(at: Instant, months: number): Instant {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return instant(date);
}
