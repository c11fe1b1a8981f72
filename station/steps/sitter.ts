import { coversExam, type Grant } from '../../contract/records/grants.ts';
import type { ExamId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Grants } from '../keep/grants/index.ts';
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

export const hasAttemptLeft = (rosters: Rosters, { candidate, grant }: Sitter): boolean =>
  attemptsLeft(rosters, candidate, grant?.tenantId) > 0;

/**
 * By what the center counted, and what it had not heard of when it counted.
 * @param guest whose candidate it is, where not of whose station it is
 */
export function attemptsLeft(
  { roster, outbox }: Pick<Rosters, 'roster' | 'outbox'>,
  candidate: Candidate,
  guest: TenantId | undefined,
): number {
  const { assignment } = roster.of(guest);
  const exam = assignment?.exams.find(({ id }) => id === candidate.examId);
  if (!assignment || !exam) return 0;
  // Whoever studies may come as often as they like.
  if (exam.mode === 'learning') return Number.POSITIVE_INFINITY;
  const of = { tenant: assignment.tenant.id, candidate: candidate.id, exam: exam.id };
  return Math.max(0, exam.attempts - candidate.attemptsUsed - outbox.attempts(of, assignment.issuedAt));
}

/** Nothing begins under a grant that does not run. @throws Refusal `grant-missing` */
export function mustBeGranted({ grants, clock }: Rosters, grant: Grant['id'] | undefined): void {
  if (grant && !grants.running(clock.wall()).some(({ id }) => id === grant)) throw new Refusal('grant-missing', grant);
}
