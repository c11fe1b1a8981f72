import type { Course } from '../../../contract/words/course.ts';
import { givenOf } from '../../../contract/words/form.ts';
import type { SittingId } from '../../../contract/words/ids.ts';
import { openBackground } from './background.ts';
import type { Before, Continued, SittingEvent } from './events.ts';
import { openLearning } from './learning.ts';
import type { Answer, Sitting, SittingEntry } from './sitting.ts';

/** A sitting as it begins: with what was done before, where anything was. */
export function open(entry: SittingEntry, event: Extract<SittingEvent, { type: 'opened' }>): Sitting {
  const { tenantId, candidateId, exam, identifiedBy, grant, continues, arrangements, before, seated } = event;
  const { act, ...seatedBy } = seated ?? {};
  return {
    id: entry.sitting as SittingId,
    tenantId,
    candidateId,
    exam,
    identifiedBy,
    ...(grant ? { grant } : {}),
    ...(arrangements ? { arrangements } : {}),
    hosts: [],
    stage: 'consenting',
    failedCaptures: 0,
    extraMs: 0,
    clock: { activeMs: 0, runningSince: null },
    answers: new Map(),
    flags: new Set(),
    checked: new Set(),
    incidents: [],
    evidence: new Map(),
    verdicts: new Map(),
    pictures: new Map(),
    ...(continues ? carriedOver(continues) : {}),
    ...(exam.course ? studiedBefore(exam.course, before) : {}),
    decisions: [
      ...(continues?.decisions ?? []),
      ...(seated ? [{ ...(seatedBy as typeof seated), action: 'seated' as const, at: entry.at }] : []),
    ],
    acts: new Set(act ? [act] : []),
    background: openBackground(entry, continues),
  };
}

/** What was answered rightly in an earlier sitting is answered, and was told then. */
function studiedBefore(course: Course, before: Before | undefined) {
  const answers = before?.answers ?? [];
  return {
    ...(before ? { before } : {}),
    learning: openLearning(course, before),
    answers: new Map(answers.map(({ itemId, ...given }) => [itemId, answerOf({ ...given, revision: 1 })])),
    checked: new Set(answers.map(({ itemId }) => itemId)),
  };
}

/** What a sitting brings along: all but who sits there, which is found out again. */
function carriedOver(continues: Continued) {
  const { extraMs, activeMs, answers, flags, incidents, verdicts, hosts } = continues;
  return {
    continues,
    hosts,
    extraMs,
    clock: { activeMs, runningSince: null },
    answers: new Map(answers.map(({ itemId, ...answer }) => [itemId, answerOf(answer)])),
    flags: new Set(flags),
    incidents,
    verdicts: new Map(verdicts.map(({ incidentId, verdict }) => [incidentId, verdict])),
  };
}

export const answerOf = ({ revision, ...given }: Omit<Continued['answers'][number], 'itemId'>): Answer => ({
  ...givenOf(given),
  revision,
});
