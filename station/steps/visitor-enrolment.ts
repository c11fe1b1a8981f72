import type { Locale } from '../../contract/words/localized.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { areAll, meanDirection, templateOf } from '../../native/face/index.ts';
import { openSignal } from '../core/signal/index.ts';
import { look, type Progress } from '../watch/index.ts';
import type { Enrolling } from './parts.ts';

/** Enrolment of a visitor's own face: consent, a few looks, a template that goes when the visitor goes. */
export type VisitorEnrolment = {
  readonly step: 'none' | 'consent' | 'capturing' | 'failed';
  readonly progress: Progress;
  readonly notice?: Reason | undefined;
  begin(): void;
  /** Also to being looked at in the practice that follows: a visitor is asked once. */
  consent(given: boolean, locale: Locale): void;
  cancel(): void;
  onChange(listener: () => void): void;
  /** A visitor would rather not be looked at. */
  onDeclined(listener: () => void): void;
};

const FRAMES = { usable: 5, frames: 120, pauseMs: 80 };

export function openVisitorEnrolment(parts: Enrolling): VisitorEnrolment {
  let step: VisitorEnrolment['step'] = 'none';
  let progress: Progress = { part: 0 };
  let notice: Reason | undefined;
  let controller = new AbortController();
  const fault = (error: unknown): void => parts.log.error({ error: String(error) }, 'visitor enrolment');
  const [changed, declined] = [openSignal(fault), openSignal(fault)];

  const to = (next: typeof step, why?: Reason): void => {
    step = next;
    notice = why;
    changed.tell();
  };
  const enrol = async (locale: Locale): Promise<void> => {
    const { engine, roster, seat } = parts;
    const examId = roster.assignment?.visitorExamId;
    const tenantId = roster.assignment?.tenant.id;
    if (!engine) return to('failed', parts.devices.faces.reason ?? 'models-failed');
    if (!examId || !tenantId) return to('failed', 'no-exam');
    const exam = roster.exam(examId);
    const { signal } = controller;
    const seen = await look(parts.camera, engine, {
      ...FRAMES,
      signal,
      onFrame: ({ reason: advice }, usable) => {
        progress = { part: usable / FRAMES.usable, ...(advice ? { advice } : {}) };
        changed.tell();
      },
    });
    if (signal.aborted) return;
    const people = seen.observations.flatMap(({ person }) =>
      person && person.live >= parts.thresholds.live ? [person.embedding] : [],
    );
    // The camera itself says best what is wrong with it.
    if (seen.trouble) return to('failed', parts.devices.camera.reason ?? seen.trouble);
    if (people.length < FRAMES.usable) return to('failed', seen.observations.at(-1)?.reason ?? 'not-live');
    const template = meanDirection(people);
    if (!areAll(template, seen.observations, parts.thresholds.sameFace)) return to('failed', 'face-changed');
    const candidateId = roster.addVisitor('访客 Visitor', examId);
    roster.saveTemplate(candidateId, null, templateOf(engine.embedder, [template]));
    step = 'none';
    seat.open({ tenantId, candidateId, exam, identifiedBy: 'enrolled' });
    seat.execute({ kind: 'consent', given: true, locale });
  };
  return {
    get step() {
      return step;
    },
    get progress() {
      return progress;
    },
    get notice() {
      return notice;
    },
    begin() {
      controller.abort();
      to('consent');
    },
    consent(given, locale) {
      controller.abort();
      if (!given) {
        to('none');
        return declined.tell();
      }
      controller = new AbortController();
      progress = { part: 0 };
      to('capturing');
      const { signal } = controller;
      enrol(locale).catch((error) => {
        if (signal.aborted) return;
        parts.log.warn({ error: String(error) }, 'visitor enrolment');
        to('failed', error instanceof Refusal ? error.reason : 'models-failed');
      });
    },
    cancel() {
      controller.abort();
      to('none');
    },
    onChange: changed.on,
    onDeclined: declined.on,
  };
}
