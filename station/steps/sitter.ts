import { coversExam, type Grant } from '../../contract/records/grants.ts';
import type { ExamId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Grants } from '../keep/grants/index.ts';
import type { Beginnings } from '../keep/moves/index.ts';
import type { Outbox } from '../keep/outbox/index.ts';
import type { Candidate, Roster } from '../keep/roster/index.ts';

/** Somebody on a roster, and the grant by which their firm uses this station; none where it is the firm's own. */
export type Sitter = { readonly candidate: Candidate; readonly grant?: Grant };

/** Who may sit here, and what they have sat already. */
export type Rosters = {
  readonly roster: Roster;
  readonly grants: Grants;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly beginnings: Beginnings;
};

/**
 * Whoever has this number: on the roster of whose station it is, or of a firm with a grant that runs now and covers their exam.
 * Who is on several sits where they have an attempt left, or else a course, and of those first for the firm whose grant ends first.
 */
export function findSitter(parts: Rosters, number: string): Sitter | undefined {
  const { roster, grants, clock } = parts;
  const found = [...grants.running(clock.wall()), undefined].flatMap((grant): Sitter[] => {
    const candidate = roster.of(grant?.tenantId).findByNumber(number);
    const covered = (id: ExamId): boolean => !grant || coversExam(grant, id);
    if (!candidate || ![candidate.examId, ...coursesOf(candidate)].some(covered)) return [];
    return [{ candidate, ...(grant ? { grant } : {}) }];
  });
  return (
    found.find((one) => hasAttemptLeft(parts, one)) ??
    found.find(({ candidate }) => coursesOf(candidate).length > 0) ??
    found[0]
  );
}

/** What they are to study besides. */
export const coursesOf = ({ courses = [] }: Candidate): readonly ExamId[] => courses;

/** Whoever studies may come as often as they like. */
export function hasAttemptLeft(parts: Rosters, sitter: Sitter): boolean {
  const { candidate, grant } = sitter;
  const exam = parts.roster.of(grant?.tenantId).assignment?.exams.find(({ id }) => id === candidate.examId);
  const attempts = attemptsOf(parts, sitter);
  return exam?.mode === 'learning' || (attempts !== undefined && attempts.used < attempts.of);
}

/** By what the center counted, and what it had not heard of when it counted: by its beginning or by its record, each sitting once. */
export function attemptsOf(
  { roster, outbox, beginnings }: Pick<Rosters, 'roster' | 'outbox' | 'beginnings'>,
  { candidate, grant }: { readonly candidate: Candidate; readonly grant?: Pick<Grant, 'tenantId'> },
): { readonly used: number; readonly of: number } | undefined {
  const { assignment } = roster.of(grant?.tenantId);
  const exam = assignment?.exams.find(({ id }) => id === candidate.examId);
  if (!assignment || !exam) return undefined;
  const of = { tenant: assignment.tenant.id, candidate: candidate.id, exam: exam.id };
  const { issuedAt } = assignment;
  const unheard = outbox.attempts(of, issuedAt).filter((sitting) => !beginnings.isCounted(sitting, issuedAt));
  return { used: candidate.attemptsUsed + unheard.length, of: exam.attempts };
}

/** Nothing begins under a grant that does not run. @throws Refusal `grant-missing` */
export function mustBeGranted({ grants, clock }: Rosters, grant: Grant['id'] | undefined): void {
  if (grant && !grants.running(clock.wall()).some(({ id }) => id === grant)) throw new Refusal('grant-missing', grant);
}
