import type { LookReport, Stage, StationView, TurnedAwayView } from '../../contract/page/view.ts';
import { whoIs } from '../keep/roster/index.ts';
import { awayNow, nameOf } from '../moving/moving.ts';
import type { TerminalParts } from '../run/parts.ts';
import { topicsOf } from '../steps/finish.ts';
import type { Doorstep, TurnedAway } from '../steps/turned-away.ts';
import type { VisitorDesk } from '../steps/visitor-enrolment.ts';
import type { NoticeBoard } from './notice-board.ts';
import { offerFor } from './practice.ts';
import { type Progress, stageView } from './stage-view.ts';
import { decisionsOf, incidentsOf } from './story-view.ts';

export type Shown = {
  readonly visitor: VisitorDesk;
  readonly doorstep: Doorstep;
  readonly notices: NoticeBoard;
  readonly progress: Progress;
  /** What the face check sees, while the page asks for it. */
  readonly look: LookReport | undefined;
};

const NOBODY = { name: '', number: '', visitor: true } as const;

/** Everything the page is told. */
export function stationView(parts: TerminalParts, shown: Shown): StationView {
  const { seat, roster, proctors } = parts;
  const { now: readiness, progress: checking } = parts.readiness;
  const tenant = roster.assignment?.tenant.name ?? '';
  return {
    station: {
      name: parts.place ? `${parts.name} · ${parts.place}` : parts.name,
      host: parts.host,
      tenant,
      version: parts.version,
      badges: proctors.haveBadges,
    },
    devices: { ...parts.devices, center: parts.centerState() },
    waitingRecords: parts.outbox.waitingRecords,
    incidents: incidentsOf(seat.current),
    waits: { pinMs: proctors.waitMs, codeMs: parts.codes.waitMs, administratorMs: parts.provisioning?.waitMs ?? 0 },
    decisions: decisionsOf(seat.current, roster.proctors),
    current: seat.current ? sittingStage(parts, shown) : idleStage(parts, shown),
    // Whoever sits an exam has no use for it, and each answer would carry it.
    readiness: seat.current ? { ...readiness, checks: [] } : readiness,
    ...(parts.provisioning?.setUp ? { setUp: parts.provisioning.setUp } : {}),
    ...(checking === undefined ? {} : { checking }),
    ...(shown.look ? { look: shown.look } : {}),
  };
}

function sittingStage(parts: TerminalParts, { progress }: Shown): Stage {
  const { seat, roster, passes, codes, outbox } = parts;
  const sitting = seat.current;
  if (!sitting) return { stage: 'idle' };
  const { exam, candidateId } = sitting;
  const candidate = roster.find(candidateId);
  return stageView({
    sitting,
    who: candidate ? whoIs(candidate) : NOBODY,
    exam,
    extraMinutes: candidate?.extraMinutes ?? 0,
    remainingMs: seat.remainingMs(),
    progress,
    receipt: outbox.receiptOf(sitting.id),
    topics: () => topicsOf(parts, sitting),
    practice: () => offerFor(parts, sitting),
    byCode: exam.mode === 'formal' && codes.isOpen(exam.id),
    passUntil: exam.mode === 'gate' ? passes.validUntil(candidateId, exam.id) : undefined,
  });
}

/** Nobody on the roster sits here: a card is waited for, or a visitor enrols. */
function idleStage(parts: TerminalParts, { visitor, doorstep, notices }: Shown): Stage {
  const { step, progress } = visitor;
  // What is told to whoever comes next is not for somebody who enrols.
  const notice = visitor.notice ?? (step === 'none' ? notices.current : undefined);
  const why = notice ? { notice } : {};
  const turnedAway = doorstep.current ? { turnedAway: turnedAwayView(parts, doorstep.current) } : {};
  if (step === 'none') return { stage: 'idle', ...why, ...turnedAway };
  if (step !== 'capturing') return { stage: 'enrolling', step, ...why };
  return {
    stage: 'capturing',
    who: NOBODY,
    purpose: 'enrolment',
    attempt: 1,
    attempts: 1,
    progress: progress.part,
    ...(progress.advice ? { advice: progress.advice } : {}),
  };
}

function turnedAwayView(parts: TerminalParts, { ticket, candidate, why }: TurnedAway): TurnedAwayView {
  const who = whoIs(candidate);
  if (why.kind === 'other-seat') return { ticket, who, why };
  const { to, sitting } = awayNow(parts, why);
  const fromHere = sitting ? { fromHere: parts.departures.stateOf({ sitting, to }) } : {};
  return { ticket, who, why: { kind: 'moved', to: nameOf(parts, to), ...fromHere } };
}
