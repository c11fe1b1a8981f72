import { BANK } from '../../../authoring/bank.fixture.ts';
import { COURSE, LEARNING, WITH_PACKAGE } from '../../../authoring/course.fixture.ts';
import { courseForm } from '../../../authoring/drawing/index.ts';
import type { CaptureOutcome } from '../../../contract/words/exam.ts';
import { LessonId, PackageOpeningId } from '../../../contract/words/ids.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { PackageSaid } from '../../../contract/words/scorm.ts';
import type { Command } from './command.ts';
import { type Before, lessonsOf, newIncidentId } from './index.ts';
import { judge, openSeated, SAMPLES, WHO } from './sitting.fixture.ts';

export const FORM = courseForm(BANK, { ...LEARNING, course: COURSE }, 'a course');
export const [FILM, PAGE, PAPER] = ['le_film', 'le_page', 'le_paper'].map((id) => LessonId.parse(id)) as [
  LessonId,
  LessonId,
  LessonId,
];
const unlock: Command = { kind: 'unlock', by: 'candidate', form: FORM, durationMs: 3_600_000, host: 'kiosk' };
export const study = (lessonId: LessonId, seconds: number, position = 0): Command => ({
  ...{ kind: 'study', lessonId, position },
  ms: seconds * 1000,
});
export const note = (reason: Reason, quiet = false): Command => ({
  ...{ kind: 'note', reason, quiet },
  incidentId: newIncidentId(),
});

/** Said by a package. */
export const hear = (
  said: PackageSaid,
  { lessonId = LessonId.parse('le_package'), opening = 'po_1' }: { lessonId?: LessonId; opening?: string } = {},
): Command => ({
  ...{ kind: 'hear-package', lessonId, said },
  opening: PackageOpeningId.parse(opening),
});

type Opening = { readonly before?: Before; readonly overridden?: boolean; readonly packaged?: boolean };

/** A course that is being studied, by somebody the camera knows or a proctor let in. */
export function open({ before, overridden = false, packaged = false }: Opening = {}) {
  const station = openSeated();
  station.seat.open({ ...WHO, exam: packaged ? WITH_PACKAGE : LEARNING, ...(before ? { before } : {}) });
  station.seat.execute(SAMPLES.consent);
  const known = overridden ? [SAMPLES.refuse, SAMPLES.override] : [SAMPLES.judge];
  for (const command of [...known, unlock]) station.seat.execute(command);
  const of = (id: LessonId) => {
    const lesson = lessonsOf(station.sitting).find((one) => one.lesson.id === id);
    if (!lesson) throw new Error(`no lesson ${id}`);
    return lesson;
  };
  return {
    station,
    of,
    /** So many seconds pass, and the page reports them. */
    watch(id: LessonId, seconds: number, position = 0) {
      station.clock.advance(seconds * 1000);
      station.seat.execute(study(id, seconds, position));
    },
    look: (outcome: CaptureOutcome = 'match') => station.seat.execute(judge(outcome)),
    seconds: (id: LessonId) => of(id).creditedMs / 1000,
  };
}
