import type { ExamId, ProctorId, TenantId } from '../../contract/words/ids.ts';
import { pinDigitsOf } from '../../contract/words/proctor-pins.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { readExam } from '../exams/index.ts';
import { authoriseProctor, type Said } from '../people/index.ts';
import type { Operator } from '../tenants/index.ts';

/**
 * By whom something is decided about an exam: each of them says so with a PIN that is long enough for it.
 * @throws Refusal `no-exam`; when somebody says so, `pin-short`, and as {@link authoriseProctor}
 */
export async function openDeciding(
  actor: Operator,
  center: Center,
  tenantId: TenantId,
  examId: ExamId,
): Promise<(said: Said) => Promise<ProctorId>> {
  const exam = await readExam(actor, center.db, tenantId, examId);
  return async (said) => {
    if (said.pin.length < pinDigitsOf(exam)) throw new Refusal('pin-short', `${pinDigitsOf(exam)} digits`);
    return authoriseProctor(actor, center, tenantId, said);
  };
}
