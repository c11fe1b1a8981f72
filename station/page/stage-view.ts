import type { Clock, ContinuedView, ExamSummary, Stage, Who } from '../../contract/page/view.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { courseItems } from '../../contract/words/course.ts';
import { type Exam, templateRuleOf } from '../../contract/words/exam.ts';
import { isBlankAnswer } from '../../contract/words/form.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PracticeOffer } from '../../contract/words/practice.ts';
import { assertNever, type Reason } from '../../contract/words/reasons.ts';
import type { TopicMarks } from '../../contract/words/topic-marks.ts';
import { asksForGestures, asksForLight, MAX_FAILED_CAPTURES, type Sitting } from '../core/sitting/index.ts';
import { mayLeave } from '../steps/index.ts';
import type { Progress } from '../watch/index.ts';
import { type IsHere, learningView, learntView } from './learning-view.ts';

export type StageSource = {
  readonly sitting: Sitting;
  readonly who: Who;
  readonly exam: Exam;
  readonly remainingMs: number;
  /** Granted to this candidate. */
  readonly extraMinutes: number;
  readonly progress: Progress;
  readonly receipt: 'waiting' | 'verified';
  readonly topics: () => readonly TopicMarks[];
  readonly practice: () => PracticeOffer;
  /** Whether a session is open whose code unlocks this exam. */
  readonly byCode: boolean;
  readonly passUntil: Instant | undefined;
  /** Whether a file of a course has come. */
  readonly isHere: IsHere;
  /** What is taken along of a record. */
  readonly receiptCode: () => string | undefined;
  /** How often this candidate may sit the exam again. */
  readonly attemptsLeft: () => number | undefined;
};

/** A sitting as its screen. */
export function stageView(source: StageSource): Stage {
  const { sitting, who, exam, remainingMs, extraMinutes, progress, practice, byCode, isHere } = source;
  const base = { who, exam: summary(exam, extraMinutes) };
  const watched = sitting.consent === true;
  const seated = { ...base, sittingId: sitting.id };
  const clock: Clock = { remainingMs, running: sitting.stage === 'in-progress' };
  const advice = progress.advice ? { advice: progress.advice } : {};
  const challenge = progress.challenge ? { challenge: progress.challenge } : {};
  const light = progress.light ? { light: progress.light } : {};
  const failed = progress.failed ? { failed: progress.failed } : {};
  switch (sitting.stage) {
    case 'consenting':
      return { stage: 'consenting', ...base, ...continued(sitting), ...templateDays(sitting) };
    case 'capturing': {
      const attempt = { attempt: sitting.failedCaptures + 1, attempts: MAX_FAILED_CAPTURES };
      return {
        stage: 'capturing',
        who,
        purpose: 'check-in',
        ...attempt,
        progress: progress.part,
        ...advice,
        ...challenge,
        ...light,
        ...failed,
      };
    }
    case 'refused':
      return { stage: 'refused', ...base, watched, reason: sitting.refusal, mayLeave: mayLeave(sitting) };
    case 'awaiting-unlock':
      return {
        stage: 'awaiting-unlock',
        ...base,
        ...continued(sitting),
        identity: sitting.identity.how,
        ...(byCode ? { byCode } : {}),
        ...(exam.mode === 'mock' ? { practice: practice() } : {}),
      };
    case 'in-progress':
      return {
        stage: 'in-progress',
        ...seated,
        watched,
        clock,
        ...openIncident(sitting),
        ...learningView(sitting, isHere),
      };
    case 'paused':
    case 'locked': {
      const until = sitting.stage === 'paused' ? 'match' : 'proctor';
      return {
        stage: 'paused',
        ...seated,
        watched,
        clock,
        reason: sitting.pauseReason,
        until,
        ...learningView(sitting, isHere),
        ...advice,
        ...challenge,
      };
    }
    case 'submitted':
    case 'graded':
    case 'recorded':
      return { stage: 'result', ...seated, ...resultView(source), ...learntView(sitting, isHere) };
    case 'closed':
      return { stage: 'idle' };
    default:
      return assertNever(sitting);
  }
}

/** What a form came to; from its record on, what is taken along of it and what it leaves. */
function resultView({ sitting, receipt, topics, passUntil, receiptCode, attemptsLeft }: StageSource) {
  const { marks = 0, passed = false } = sitting.result ?? {};
  const cause = sitting.submitCause ?? 'handed-in';
  const recorded = sitting.stage === 'recorded';
  const [code, left] = recorded ? [receiptCode(), attemptsLeft()] : [];
  return {
    ...{ marks, passed, topics: topics(), cause, receipt, usedMs: sitting.clock.activeMs },
    ...(sitting.submittedAt ? { submittedAt: sitting.submittedAt } : {}),
    ...(passUntil ? { passUntil } : {}),
    ...(code === undefined ? {} : { receiptCode: code }),
    ...(left === undefined ? {} : { attemptsLeft: left }),
  };
}

/** The last look told somebody something: say so until the next look is fine again. */
function openIncident(sitting: Sitting): { notice: Reason } | Record<string, never> {
  const outcome = sitting.lastCapture?.outcome;
  const told = sitting.incidents.some((incident) => incident.outcome === outcome);
  return outcome && outcome !== 'match' && told ? { notice: outcome } : {};
}

function continued({ continues, answers, extraMs }: Sitting): { continued: ContinuedView } | Record<string, never> {
  if (!continues) return {};
  const { durationMs, activeMs } = continues;
  const answered = [...answers.values()].filter((answer) => !isBlankAnswer(answer)).length;
  return { continued: { answered, remainingMs: Math.max(0, durationMs + extraMs - activeMs) } };
}

/** Whoever is asked to agree knows how long a face of theirs may stay, where one may. */
function templateDays(sitting: Sitting): { templateDays: number } | Record<string, never> {
  const may = sitting.identifiedBy === 'card' && asksForGestures(sitting) && asksForLight(sitting);
  const rule = may ? templateRuleOf(sitting.exam) : undefined;
  return rule ? { templateDays: rule.days } : {};
}

/** Of a course every question is asked, each for one mark. */
function asked({ blueprint, course }: Exam): Pick<ExamSummary, 'items' | 'fullMarks'> {
  const items = course ? courseItems(course).length : blueprint.rows.reduce((sum, row) => sum + row.count, 0);
  return { items, fullMarks: course ? items : fullMarks(blueprint) };
}

const summary = (exam: Exam, extraMinutes: number): ExamSummary => ({
  id: exam.id,
  title: exam.title,
  mode: exam.mode,
  ...asked(exam),
  passMarks: exam.passMarks,
  durationSeconds: exam.durationSeconds + extraMinutes * 60,
  ...(exam.twoProctors ? { twoProctors: exam.twoProctors } : {}),
});
