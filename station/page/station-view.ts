import type { LookReport, Stage, StationView, TurnedAwayView } from '../../contract/page/view.ts';
import type { Host } from '../../contract/words/hosts.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import { guestOf } from '../core/sitting/index.ts';
import type { MediaStore } from '../keep/media/index.ts';
import type { Passes } from '../keep/passes/index.ts';
import { whoIs } from '../keep/roster/index.ts';
import { awayNow, nameOf } from '../moving/index.ts';
import type { Provisioning } from '../provision/index.ts';
import type { StationReadiness } from '../readiness/index.ts';
import {
  attemptsOf,
  extraMinutesFor,
  offerFor,
  type Proctoring,
  type TurnedAway,
  topicsOf,
  type VisitorEnrolment,
} from '../steps/index.ts';
import type { Devices, Progress } from '../watch/index.ts';
import { choosingView } from './choosing-view.ts';
import type { NoticeBoard } from './notice-board.ts';
import type { ReceiptCodes } from './receipt-codes.ts';
import { stageView } from './stage-view.ts';
import { decisionsOf, incidentsOf } from './story-view.ts';

/** What a view is made of. */
export type Viewing = Omit<Proctoring, 'leaveKiosk'> & {
  /** What people call this terminal. */
  readonly name: string;
  readonly host: Host;
  readonly version: string;
  /** Where this station stands in its room. */
  readonly place?: SeatLabel | undefined;
  readonly devices: Devices;
  readonly passes: Passes;
  readonly media: MediaStore;
  readonly readiness: StationReadiness;
  readonly provisioning?: Provisioning | undefined;
  readonly visitor: VisitorEnrolment;
  readonly notices: NoticeBoard;
  readonly receiptCodes: ReceiptCodes;
};

/** What the camera shows at this moment. */
export type Looking = {
  readonly progress: Progress;
  /** What the face check sees, while the page asks for it. */
  readonly look: LookReport | undefined;
};

const NOBODY = { name: '', number: '', visitor: true } as const;

/** Everything the page is told. */
export function stationView(parts: Viewing, { progress, look }: Looking): StationView {
  const { seat, roster, proctors } = parts;
  const { now: readiness, progress: checking } = parts.readiness;
  const { results } = parts.outbox;
  // While somebody sits here, what their firm is called.
  const firm = roster.of(guestOf(seat.current));
  const tenant = firm.assignment?.tenant.name ?? '';
  return {
    station: {
      name: parts.place ? `${parts.name} · ${parts.place}` : parts.name,
      host: parts.host,
      tenant,
      version: parts.version,
      badges: proctors.haveBadges,
    },
    devices: parts.devices.all(),
    ...(parts.call.raised ? { called: true } : {}),
    waitingRecords: results.waiting,
    refusedRecords: results.refused.records,
    incidents: incidentsOf(seat.current),
    waits: {
      pinMs: proctors.waitMs,
      codeMs: seat.current ? parts.codes.waitMs(seat.current.candidateId) : 0,
      administratorMs: parts.provisioning?.waitMs ?? 0,
    },
    decisions: decisionsOf(seat.current, firm.proctors),
    current: seat.current ? sittingStage(parts, progress) : idleStage(parts),
    // Whoever sits an exam has no use for it, and each answer would carry it.
    readiness: seat.current ? { ...readiness, checks: [] } : readiness,
    ...(parts.provisioning?.setUp ? { setUp: parts.provisioning.setUp } : {}),
    ...(checking === undefined ? {} : { checking }),
    ...(look ? { look } : {}),
  };
}

function sittingStage(parts: Viewing, progress: Progress): Stage {
  const { seat, roster, passes, codes, outbox } = parts;
  const sitting = seat.current;
  if (!sitting) return { stage: 'idle' };
  const { exam, candidateId, arrangements } = sitting;
  const guest = guestOf(sitting);
  const candidate = roster.of(guest).find(candidateId);
  return stageView({
    sitting,
    who: { ...(candidate ? whoIs(candidate) : NOBODY), ...(arrangements ? { arrangements } : {}) },
    exam,
    extraMinutes: extraMinutesFor(sitting, candidate),
    remainingMs: seat.remainingMs(),
    progress,
    receipt: outbox.receiptOf(sitting.id),
    topics: () => topicsOf(parts, sitting),
    practice: () => offerFor(parts, sitting),
    byCode: exam.mode === 'formal' && codes.isOpen(exam.id, guest),
    passUntil: exam.mode === 'gate' ? passes.validUntil(candidateId, exam.id, guest) : undefined,
    isHere: parts.media.has,
    receiptCode: () => parts.receiptCodes.codeOf(sitting.id),
    // A visitor never comes back as the same person, and of a course nobody counts.
    attemptsLeft: () =>
      candidate && sitting.identifiedBy !== 'enrolled' && exam.id === candidate.examId && exam.mode !== 'learning'
        ? leftOf(attemptsOf(parts, { candidate, ...(guest ? { grant: { tenantId: guest } } : {}) }))
        : undefined,
  });
}

/** Nobody on the roster sits here: a card is waited for, or a visitor enrols. */
function idleStage(parts: Viewing): Stage {
  const { visitor, turnedAway: desk, choosing, notices } = parts;
  if (choosing.current) return choosingView(parts, choosing.current);
  const { step, progress } = visitor;
  // What is told to whoever comes next is not for somebody who enrols.
  const notice = visitor.notice ?? (step === 'none' ? notices.current : undefined);
  const why = notice ? { notice } : {};
  const turnedAway = desk.current ? { turnedAway: turnedAwayView(parts, desk.current) } : {};
  if (step === 'none') return { stage: 'idle', ...offeredHere(parts), ...why, ...turnedAway };
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

/** What whoever comes in can do here, also of firms that use this station by a grant. */
function offeredHere({
  roster,
  grants,
  clock,
}: Viewing): Pick<Extract<Stage, { stage: 'idle' }>, 'exams' | 'visitors' | 'slips'> {
  const guests = new Set(grants.running(clock.wall()).map(({ tenantId }) => tenantId));
  const exams = [undefined, ...guests].flatMap((guest) => roster.of(guest).assignment?.exams ?? []);
  const titles = exams.filter(({ mode }) => mode === 'formal' || mode === 'gate').map(({ title }) => title);
  const slips = exams.some((exam) => exam.slips === 'allowed') ? { slips: true } : {};
  return { exams: titles, visitors: Boolean(roster.assignment?.visitorExamId), ...slips };
}

function turnedAwayView(parts: Viewing, { ticket, candidate, grant, why, doubts }: TurnedAway): TurnedAwayView {
  const who = whoIs(candidate);
  if (why.kind !== 'moved') return { ticket, who, why, doubts };
  const { to, sitting } = awayNow(parts, why);
  const fromHere = sitting ? { fromHere: parts.departures.stateOf({ sitting, to }) } : {};
  return { ticket, who, doubts, why: { kind: 'moved', to: nameOf(parts, to, grant?.tenantId), ...fromHere } };
}

const leftOf = (attempts: ReturnType<typeof attemptsOf>): number | undefined =>
  attempts && Math.max(0, attempts.of - attempts.used);
