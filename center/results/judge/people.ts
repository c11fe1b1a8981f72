import type { DecisionEntry } from '../../../contract/records/index.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import { VISITOR_ID } from '../../../contract/words/ids.ts';
import { RECOVERY_CODE } from '../../../contract/words/proctoring.ts';
import { type Case, type Finding, mustHave, unlessBefore } from './facts.ts';

/** Who sat it: somebody whose exam it is, with an attempt left. */
export function judgeCandidate(of: Case, exam: Exam): readonly Finding[] {
  const { record, facts, here } = of;
  const { candidateId, identifiedBy } = record;
  const isVisitor = candidateId.startsWith(VISITOR_ID);
  if (isVisitor || identifiedBy === 'enrolled') {
    const may = isVisitor && identifiedBy === 'enrolled' && (exam.mode !== 'formal' || exam.id === facts.visitorExamId);
    return mustHave(may, () => ({
      code: 'candidate-unknown',
      detail: `${candidateId} (${identifiedBy}) is no visitor here`,
    }));
  }
  const known = facts.candidate(candidateId);
  if (!known) return [unlessBefore(of, 'candidate-unknown', 'roster-before', candidateId)];
  // What somebody studies is given to them apart from their exam, and as often as they like.
  if (exam.mode === 'learning') return [];
  const { meanwhile } = here;
  const tooMany = exam.mode === 'formal' && here.runsBefore + 1 > exam.attempts;
  return [
    ...mustHave(known.exams.has(exam.id), () =>
      unlessBefore(of, 'exam-not-theirs', 'roster-before', `${candidateId} never had ${exam.id}`),
    ),
    ...mustHave(meanwhile.length === 0, () => ({ code: 'sat-twice', detail: meanwhile.join(', ') })),
    ...mustHave(!tooMany, () =>
      unlessBefore(of, 'attempts-exceeded', 'exam-before', `number ${here.runsBefore + 1} of ${exam.attempts}`),
    ),
  ];
}

/** What proctors did: they are this firm's, and did what the exam asks for. */
export function judgeProctors(of: Case, exam: Exam): readonly Finding[] {
  const { decisions, identity } = of.record;
  return [
    ...judgeNames(of),
    ...judgeUnlock(of, exam),
    ...mustHave(
      identity.how !== 'overridden' ||
        decisions.some(({ action, by }) => action === 'overridden' && by === identity.by),
      () => ({ code: 'override-missing', detail: 'let in by hand, and nobody decided so' }),
    ),
    ...decisions.flatMap((decision) => [...judgeSecond(of, exam, decision), ...judgeWord(of, decision)]),
  ];
}

function judgeNames({ record, facts }: Case): readonly Finding[] {
  const { decisions, identity } = record;
  const named = [
    ...decisions.flatMap(({ by, second }) => (second ? [by, second] : [by])),
    ...(identity.how === 'overridden' ? [identity.by] : []),
  ];
  // The terminal's own code opens what wrong PINs have locked: of the station's own firm only.
  const isOwn = !('grant' in record && record.grant);
  const unknown = new Set(named).difference(facts.proctors);
  if (isOwn) unknown.delete(RECOVERY_CODE);
  return [...unknown].map((id) => ({ code: 'proctor-unknown', detail: id }));
}

/** The candidate begins practice only. A sitting begins at the very moment in which it is unlocked. */
function judgeUnlock({ record }: Case, { mode }: Exam): readonly Finding[] {
  const unlocked = record.decisions.filter(({ action }) => action === 'unlocked');
  const begun = unlocked.some(({ at }) => at === record.startedAt);
  return mustHave(mode !== 'formal' || begun, () => ({
    code: 'unlock-missing',
    detail:
      unlocked.length > 0
        ? `unlocked at ${unlocked[0]?.at}, and it began at ${record.startedAt}`
        : 'no proctor unlocked it',
  }));
}

function judgeSecond(of: Case, { twoProctors = [] }: Exam, decision: DecisionEntry): readonly Finding[] {
  const { action, by, second } = decision;
  const what = action === 'overridden' ? 'override' : 'terminate';
  const ended = action === 'submitted' && of.record.cause === 'proctor-decision';
  const needsTwo = (action === 'overridden' || ended) && twoProctors.includes(what);
  if (second !== undefined) return mustHave(second !== by, () => ({ code: 'second-missing', detail: `${by} twice` }));
  return mustHave(!needsTwo, () => unlessBefore(of, 'second-missing', 'exam-before', `${action} by ${by} alone`));
}

/** A word that came by way of the center is one that it gave. */
function judgeWord({ record, facts }: Case, { via, by }: DecisionEntry): readonly Finding[] {
  if (via === undefined) return [];
  const given = facts.wordOf(via);
  const same = given !== undefined && given.by === by && given.examId === record.exam.id;
  return mustHave(same, () => ({ code: 'command-unknown', detail: `${via} of ${by}` }));
}
