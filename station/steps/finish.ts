import { isRight, type MarkedForm, markForm, marksByTopic } from '../../authoring/marking/index.ts';
import { givenOf, isBlankAnswer } from '../../contract/words/form.ts';
import type { TopicMarks } from '../../contract/words/topic-marks.ts';
import { guestOf, type Sitting } from '../core/sitting/index.ts';
import { hasPassed, makeRecord } from '../keep/outbox/index.ts';
import { noteStudy } from './course.ts';
import type { Finishing, Practising } from './parts.ts';

type Answered = Pick<Sitting, 'answers' | 'exam'> & { readonly form: NonNullable<Sitting['form']> };

const NOTHING = { chosen: [] };

const mark = ({ banks }: Pick<Practising, 'banks'>, { form, answers, exam }: Answered): MarkedForm =>
  markForm(
    form.items,
    (item) => answers.get(item) ?? NOTHING,
    (item) => banks.item(form.bankId, item),
    exam.blueprint.scoring,
  );

/**
 * Takes a submitted sitting to its record: marking, record, outbox. Called after every change and at start, so that a
 * crash between two of these steps is taken up where it happened.
 */
export function finishSitting(parts: Finishing): void {
  const { seat, outbox, identity } = parts;
  const sitting = seat.current;
  if (!sitting?.form || (sitting.stage !== 'submitted' && sitting.stage !== 'graded')) return;
  const { form, exam } = sitting;
  const marked = mark(parts, { ...sitting, form });
  if (sitting.stage === 'submitted') {
    // This is heard of, and taken up again with the sitting graded.
    return seat.execute({ kind: 'grade', marks: marked.marks, passed: hasPassed(sitting, marked.marks) });
  }
  // A visitor never comes back as the same person.
  if (exam.mode === 'mock' && sitting.identifiedBy !== 'enrolled') noteMistakes(parts, { ...sitting, form }, marked);
  noteStudy(parts, sitting, marked);
  const stationId = identity.enrolment?.stationId;
  if (!stationId) return;
  const { basis, clock } = parts;
  const record = makeRecord({ sitting, exam, stationId, marked, basis, ledger: parts.ledger.head(), clock });
  seat.execute({ kind: 'record', recordHash: outbox.add(record) });
  parts.onReady();
}

/** Practice goes into the candidate's book: what was answered wrongly in, what was answered rightly out, blanks neither. */
function noteMistakes(
  { banks, mistakes }: Practising,
  sitting: Answered & Pick<Sitting, 'id' | 'candidateId' | 'tenantId' | 'grant'>,
  { items }: MarkedForm,
): void {
  const { id, candidateId, form, answers } = sitting;
  const results = items.flatMap(({ itemId }) => {
    const given = answers.get(itemId);
    if (!given || isBlankAnswer(given)) return [];
    const right = isRight(given, banks.item(form.bankId, itemId));
    return [{ itemId, right, given: givenOf(given) }];
  });
  mistakes.of(guestOf(sitting)).note(candidateId, results, id);
}

/** How the candidate did in each field; nothing before the form is marked. */
export function topicsOf(parts: Pick<Practising, 'banks'>, sitting: Sitting): readonly TopicMarks[] {
  const { form, result } = sitting;
  if (!form || !result) return [];
  return marksByTopic(form.items, mark(parts, { ...sitting, form }).items, (item) =>
    parts.banks.item(form.bankId, item),
  );
}
