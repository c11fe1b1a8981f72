import { drawEverywhere, findLacks, openFormMaker, openSolver, simulate } from '../../authoring/drawing/index.ts';
import type { ExamRules, RulesLook } from '../../contract/platform/exams.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import type { ExamId, TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Queries } from '../database/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { checkExam } from './check-exam.ts';
import { bankOfExam, examUnder } from './rules.ts';

/** So many forms say how even they are; of what is slow to draw, as many as there is time for. */
const [FEWEST, MOST, MS] = [8, 400, 800];

/**
 * What rules would come to: what the bank lacks for them, and what forms by them are like. Changes nothing.
 * @throws Refusal `no-exam`
 */
export async function lookAtRules(
  actor: Manager,
  db: Queries,
  tenantId: TenantId,
  { id, rules }: { readonly id: ExamId; readonly rules: ExamRules },
): Promise<RulesLook> {
  mustManage(actor, tenantId);
  const { exam, bank } = await bankOfExam(actor, db, tenantId, id);
  const { blueprint } = rules;
  const lacks = findLacks(bank, blueprint).map(({ rows, missing, why }) => ({ rows, missing, why }));
  const said = { marks: fullMarks(blueprint), lacks };
  try {
    checkExam(examUnder(exam, rules), bank);
    return { ...said, problem: null, drawn: await drawSome(bank, rules) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason, detail } = error;
    return { ...said, problem: { reason, ...(detail ? { detail } : {}) }, drawn: null };
  }
}

async function drawSome(bank: Bank, { blueprint }: ExamRules): Promise<RulesLook['drawn']> {
  const solver = await openSolver();
  drawEverywhere(openFormMaker(bank, blueprint, solver), blueprint);
  const started = performance.now();
  simulate(bank, blueprint, { forms: FEWEST, seed: 'look', solver });
  const each = (performance.now() - started) / FEWEST;
  const forms = Math.max(FEWEST, Math.min(MOST, Math.floor(MS / each)));
  const { rotation } = simulate(bank, blueprint, { forms, seed: 'look', solver });
  const { violations, overlap, exposure } = rotation;
  return {
    ...{ forms, violations, overlap },
    piles: exposure.map(({ rows, items, mean, max, unused }) => ({
      ...{ rows, items, unused, mean: mean / forms, mostOften: max / forms },
    })),
  };
}
