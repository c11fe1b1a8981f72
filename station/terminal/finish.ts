import { markForm } from '../forms/index.ts';
import { makeRecord } from '../records/index.ts';
import type { TerminalParts } from './parts.ts';

/**
 * Takes a submitted sitting to its record: marking, record, outbox. Called after every change and at start, so that a
 * crash between two of these steps is taken up where it happened.
 */
export function finishSitting(parts: TerminalParts): void {
  const { seat, banks, outbox, identity } = parts;
  const sitting = seat.current;
  if (!sitting?.form || (sitting.stage !== 'submitted' && sitting.stage !== 'graded')) return;
  const { form, answers, exam } = sitting;
  const marked = markForm(
    form.items,
    (item) => answers.get(item)?.chosen ?? [],
    (item) => banks.item(form.bankId, item).key,
  );
  if (sitting.stage === 'submitted') {
    // This comes back here with the sitting graded.
    return seat.execute({ kind: 'grade', marks: marked.marks, passed: marked.marks >= exam.passMarks });
  }
  const stationId = identity.enrolment?.stationId;
  if (!stationId) return;
  const record = makeRecord({ sitting, exam, stationId, marked, ledger: parts.ledger.head(), clock: parts.clock });
  seat.execute({ kind: 'record', recordHash: outbox.add(record) });
  parts.onRecord();
}
