import type { Exam } from '../../../contract/words/exam.ts';
import type { CandidateId, StationId, TenantId } from '../../../contract/words/ids.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { words } from '../../../messages/checks.ts';
import type { RescueContent, RescueManifest } from '../../../proof/sealed/index.ts';
import { isWhole, type Stretch } from '../../core/ledger/index.ts';
import { type Continued, replay, type Sitting, SittingEvent } from '../../core/sitting/index.ts';

/** A sitting of another station, as it goes on here. */
export type Carried = {
  readonly tenantId: TenantId;
  readonly candidateId: CandidateId;
  readonly exam: Exam;
  readonly continues: Continued;
};

/**
 * Reads what a sitting had come to out of the ledger it comes from. Where it goes, the station it comes from has signed: that
 * may be another place than its ledger names first.
 * @throws Refusal `rescue-invalid` where the lines do not follow one another, or do not tell of a sitting that was moved
 */
export function carry(manifest: RescueManifest, content: RescueContent): Carried {
  if (!isWhole(content)) throw new Refusal('rescue-invalid', 'its lines do not follow one another');
  const { from, sittingId, tenantId } = manifest;
  const carried = carriedFrom(
    from,
    content.lines.filter(({ sitting }) => sitting === sittingId),
  );
  if (carried.tenantId !== tenantId) throw new Refusal('rescue-invalid', 'it is of another firm');
  return carried;
}

/**
 * What a sitting had come to when it was moved, by its own lines up to there.
 * @throws Refusal `rescue-invalid`
 */
export function carriedFrom(from: StationId, lines: Stretch['lines']): Carried {
  const end = lines.find(({ event }) => event.type === 'moved');
  const sitting = end && told(lines.slice(0, lines.indexOf(end) + 1));
  if (!sitting) throw new Refusal('rescue-invalid', 'it tells of no sitting that was moved');
  const { tenantId, candidateId, exam } = sitting;
  return { tenantId, candidateId, exam, continues: continuedFrom(from, sitting, end) };
}

function told(lines: Stretch['lines']): Sitting | undefined {
  try {
    return replay(lines.map((line) => ({ ...line, event: SittingEvent.parse(line.event) })));
  } catch (error) {
    throw new Refusal('rescue-invalid', String(error));
  }
}

function continuedFrom(from: StationId, sitting: Sitting, { sequence, hash }: Stretch['lines'][number]): Continued {
  const {
    id,
    form,
    startedAt,
    durationMs,
    extraMs,
    clock,
    answers,
    flags,
    incidents,
    verdicts,
    decisions,
    hosts,
    background,
  } = sitting;
  if (!form || !startedAt) throw new Refusal('rescue-invalid', 'it had not begun');
  return {
    ...{
      from,
      sitting: id,
      root: sitting.continues?.root ?? id,
      ledger: { sequence, head: hash },
      startedAt,
      form,
      durationMs,
      extraMs,
      activeMs: clock.activeMs,
    },
    answers: [...answers].map(([itemId, answer]) => ({ itemId, ...answer })),
    flags: [...flags],
    incidents,
    verdicts: [...verdicts].map(([incidentId, verdict]) => ({ incidentId, verdict })),
    decisions,
    ...(hosts?.length ? { hosts } : {}),
    ...(background.begun ? { jumps: background.jumps, boots: background.boots } : {}),
  };
}

export const arrivedInWords = ({ continues: { from, answers } }: Carried) =>
  words('inbox.arrived', { from, answers: answers.length });
