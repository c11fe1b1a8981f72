import type { Course } from '../../../contract/words/course.ts';
import { givenOf } from '../../../contract/words/form.ts';
import type { SittingId } from '../../../contract/words/ids.ts';
import { openBackground } from './background.ts';
import type { Before, Continued, SittingEvent } from './events.ts';
import { openLearning } from './learning.ts';
import type { Answer, Sitting, SittingEntry } from './sitting.ts';

/** A sitting as it begins: with what was done before, where anything was. */
export function open(entry: SittingEntry, event: Extract<SittingEvent, { type: 'opened' }>): Sitting {
  const { tenantId, candidateId, exam, identifiedBy, document, grant, continues, arrangements, before } = event;
  const { seated } = event;
  return {
    id: entry.sitting as SittingId,
    tenantId,
    candidateId,
    exam,
    identifiedBy,
    ...(document ? { document } : {}),
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
    evidence: new Map(),
    pictures: new Map(),
    ...(continues ? carriedOver(continues) : {}),
    ...(exam.course ? studiedBefore(exam.course, before) : {}),
    ...letPass(entry, event),
    acts: new Set(seated?.act ? [seated.act] : []),
    background: openBackground(entry, continues),
  };
}

/** Whom a proctor let sit here, and in spite of what: each doubt is an incident that the same word has settled. */
function letPass({ at }: SittingEntry, { continues, doubts = [], seated }: Extract<SittingEvent, { type: 'opened' }>) {
  const { incidents = [], verdicts = [], decisions = [] } = continues ?? {};
  const { act: _, compared, ...by } = seated ?? {};
  const settled = (seated ? doubts : []).map(({ id }) => ({ incidentId: id, verdict: 'dismissed' as const }));
  const word = seated && { ...(by as typeof seated), at };
  return {
    incidents: [...incidents, ...doubts.map(({ id, reason }) => ({ id, reason, at, paused: false }))],
    verdicts: new Map([...verdicts, ...settled].map(({ incidentId, verdict }) => [incidentId, verdict])),
    decisions: [
      ...decisions,
      ...(word ? [{ ...word, action: 'seated' as const, ...(compared ? { compared } : {}) }] : []),
      ...settled.flatMap((one) => (word ? [{ ...word, action: 'reviewed' as const, ...one }] : [])),
    ],
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
  const { extraMs, activeMs, answers, flags, hosts } = continues;
  return {
    continues,
    hosts,
    extraMs,
    clock: { activeMs, runningSince: null },
    answers: new Map(answers.map(({ itemId, ...answer }) => [itemId, answerOf(answer)])),
    flags: new Set(flags),
  };
}

export const answerOf = ({ revision, ...given }: Omit<Continued['answers'][number], 'itemId'>): Answer => ({
  ...givenOf(given),
  revision,
});
