import type { Exam } from '../../contract/exam.ts';
import type { CandidateId, StationId } from '../../contract/ids.ts';
import { Refusal } from '../../contract/reasons.ts';
import type { RescueContent, RescueManifest } from '../../contract/sealed/index.ts';
import { isWhole, type Stretch } from '../ledger/index.ts';
import { type Continued, replay, type Sitting, SittingEvent } from '../sitting/index.ts';

/** A sitting of another station, as it goes on here. */
export type Carried = { readonly candidateId: CandidateId; readonly exam: Exam; readonly continues: Continued };

/**
 * Reads what a sitting had come to out of the ledger it comes from.
 * @throws Refusal `rescue-invalid` where the lines do not follow one another, or do not tell of a sitting that was moved here
 */
export function carry(manifest: RescueManifest, content: RescueContent): Carried {
  if (!isWhole(content)) throw new Refusal('rescue-invalid', 'its lines do not follow one another');
  const { from, to, sittingId, tenantId } = manifest;
  const own = content.lines.filter(({ sitting }) => sitting === sittingId);
  const last = own.at(-1);
  const sitting = last && told(own);
  if (!sitting || sitting.tenantId !== tenantId || last.event.type !== 'moved' || last.event.to !== to)
    throw new Refusal('rescue-invalid', 'it tells of no sitting that was moved here');
  const continues = continuedFrom(from, sitting, { sequence: last.sequence, head: last.hash });
  return { candidateId: sitting.candidateId, exam: sitting.exam, continues };
}

function told(lines: Stretch['lines']): Sitting | undefined {
  try {
    return replay(lines.map((line) => ({ ...line, event: SittingEvent.parse(line.event) })));
  } catch (error) {
    throw new Refusal('rescue-invalid', String(error));
  }
}

function continuedFrom(from: StationId, sitting: Sitting, ledger: Continued['ledger']): Continued {
  const { id, form, startedAt, durationMs, extraMs, clock, answers, flags, incidents, verdicts, decisions } = sitting;
  if (!form || !startedAt) throw new Refusal('rescue-invalid', 'it had not begun');
  return {
    ...{ from, sitting: id, ledger, startedAt, form, durationMs, extraMs, activeMs: clock.activeMs },
    answers: [...answers].map(([itemId, answer]) => ({ itemId, ...answer })),
    flags: [...flags],
    incidents,
    verdicts: [...verdicts].map(([incidentId, verdict]) => ({ incidentId, verdict })),
    decisions,
  };
}

export const arrivedInWords = ({ continues: { from, answers } }: Carried) => ({
  zh: `来自 ${from} 的考试，已答 ${answers.length} 题`,
  en: `an exam from ${from}, ${answers.length} answers`,
});
