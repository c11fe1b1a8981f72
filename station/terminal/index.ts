import { parseFrame } from '../../contract/frame.ts';
import { type Reason, Refusal } from '../../contract/reasons.ts';
import { type RpcServer, serve } from '../../contract/rpc/server.ts';
import type { Transport } from '../../contract/rpc/transport.ts';
import { methods, type Pushes } from '../../contract/station-api.ts';
import type { Stage, StationView } from '../../contract/view.ts';
import { whoIs } from '../roster/index.ts';
import { newIncidentId } from '../sitting/index.ts';
import { openBadgeDesk } from './badge-desk.ts';
import { openDoorstep } from './doorstep.ts';
import { keepEvidence } from './evidence.ts';
import { finishSitting, topicsOf } from './finish.ts';
import { tendGate } from './gate.ts';
import { makeHandlers } from './handlers.ts';
import { reportLooks } from './look-report.ts';
import { tendMoves } from './moving.ts';
import type { TerminalParts } from './parts.ts';
import { offerFor } from './practice.ts';
import { obey } from './proctor-acts.ts';
import { stageView } from './stage-view.ts';
import { decisionsOf, incidentsOf } from './story-view.ts';
import { openVisitorDesk } from './visitor.ts';
import { startWatcher } from './watcher.ts';

export type { Devices, TerminalParts } from './parts.ts';

/** The station behind the screen: shows one page what is, and does what it validly asks. */
export type Terminal = {
  /** Connects the page. @returns false where another one is connected already (reason code `second-window`) */
  attach(transport: Transport): boolean;
  cardRead(number: string): void;
  /** Takes a command of the center, as it was signed. Never throws. */
  obey(jws: string): void;
  notice(reason: Reason): void;
  refresh(): void;
  stop(): void;
};

const NOTICE_MS = 10_000;
const FINISH_RETRY_MS = 5_000;
/** A page that reloads is back within this; after that the candidate sees nothing and the clock must stand. */
const SCREEN_GRACE_MS = 2_000;

/** Whoever walks away leaves no name on the screen, and the seat to the next. */
const IDLE_MS = { consenting: 300_000, enrolling: 300_000, recorded: 180_000 } as const;

export function openTerminal(outer: TerminalParts, onPage: (page: RpcServer<Pushes> | undefined) => void): Terminal {
  let overlay = false;
  const eyes = outer.engine && reportLooks(outer.engine, () => overlay && refresh());
  const parts: TerminalParts = { ...outer, engine: eyes?.engine };
  const { seat, roster, passes, log } = parts;
  let page: RpcServer<Pushes> | undefined;
  let notice: { readonly reason: Reason; readonly timer: NodeJS.Timeout } | undefined;
  let timeUp: NodeJS.Timeout | undefined;
  let screenLost: NodeJS.Timeout | undefined;
  let finishLater: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;

  const refresh = (): void => page?.push('view', view());
  const say = (reason: Reason): void => {
    clearTimeout(notice?.timer);
    const timer = setTimeout(() => {
      notice = undefined;
      refresh();
    }, NOTICE_MS);
    notice = { reason, timer };
    refresh();
  };
  const visitor = openVisitorDesk(
    parts,
    () => {
      leaveWhenIdle();
      refresh();
    },
    () => say('consent-declined'),
  );
  const badges = openBadgeDesk(parts.proctors);
  const doorstep = openDoorstep(() => refresh());
  const handlers = {
    ...makeHandlers(parts, visitor, { badges, doorstep }, { refresh, say }),
    overlay: ({ shown }: { readonly shown: boolean }) => {
      overlay = shown;
      refresh();
      return {};
    },
  };
  const watcher = startWatcher(parts, refresh);

  const idleLimit = (): number | undefined => {
    const { stage } = seat.current ?? {};
    if (stage) return stage === 'consenting' || stage === 'recorded' ? IDLE_MS[stage] : undefined;
    return visitor.step === 'consent' || visitor.step === 'failed' ? IDLE_MS.enrolling : undefined;
  };
  const leaveWhenIdle = (): void => {
    clearTimeout(idle);
    const limit = idleLimit();
    if (limit) idle = setTimeout(() => guarded(() => handlers.leave({})), limit);
  };
  const idleStage = (): Stage => {
    const { step, progress } = visitor;
    const why = visitor.notice ? { notice: visitor.notice } : notice ? { notice: notice.reason } : {};
    const away = doorstep.current;
    const turnedAway = away ? { turnedAway: { who: whoIs(away.candidate), seat: away.seat } } : {};
    if (step === 'none') return { stage: 'idle', ...why, ...turnedAway };
    if (step !== 'capturing') return { stage: 'enrolling', step, ...why };
    const who = { name: '', number: '', visitor: true };
    const advice = progress.advice ? { advice: progress.advice } : {};
    return {
      stage: 'capturing',
      who,
      purpose: 'enrolment',
      attempt: 1,
      attempts: 1,
      progress: progress.part,
      ...advice,
    };
  };
  const current = (): Stage => {
    const sitting = seat.current;
    if (!sitting) return idleStage();
    const candidate = roster.find(sitting.candidateId);
    return stageView({
      sitting,
      who: candidate ? whoIs(candidate) : { name: '', number: '', visitor: true },
      exam: sitting.exam,
      extraMinutes: candidate?.extraMinutes ?? 0,
      remainingMs: seat.remainingMs(),
      progress: watcher.progress,
      receipt: parts.outbox.receiptOf(sitting.id),
      topics: () => topicsOf(parts, sitting),
      practice: () => offerFor(parts, sitting),
      byCode: sitting.exam.mode === 'formal' && parts.codes.isOpen(sitting.exam.id),
      passUntil: sitting.exam.mode === 'gate' ? passes.validUntil(sitting.candidateId, sitting.exam.id) : undefined,
    });
  };
  const view = (): StationView => ({
    station: {
      name: parts.name,
      tenant: roster.assignment?.tenant.name ?? '',
      version: parts.version,
      badges: parts.proctors.haveBadges,
    },
    devices: { ...parts.devices, center: parts.centerState() },
    waitingRecords: parts.outbox.waitingRecords,
    incidents: incidentsOf(seat.current),
    decisions: decisionsOf(seat.current, roster.proctors),
    current: current(),
    ...(overlay && eyes?.newest ? { look: eyes.newest } : {}),
  });

  const onChange = (): void => {
    clearTimeout(timeUp);
    if (seat.current?.stage === 'in-progress') timeUp = setTimeout(endOfTime, seat.remainingMs());
    finish();
    leaveWhenIdle();
    refresh();
  };
  /** A sitting that cannot be finished now (a full disk) is finished later; the candidate sees the result then. */
  const finish = (): void => {
    clearTimeout(finishLater);
    if (!guarded(() => finishSitting(parts))) finishLater = setTimeout(onChange, FINISH_RETRY_MS);
  };
  /** What nobody waits for must not take the station down. */
  const guarded = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      log.error({ error: String(error) }, 'terminal');
      return false;
    }
  };
  const endOfTime = (): void => {
    if (seat.current?.stage !== 'in-progress') return;
    if (seat.remainingMs() > 0) return onChange();
    if (!guarded(() => seat.execute({ kind: 'submit', cause: 'time-up' })))
      timeUp = setTimeout(endOfTime, FINISH_RETRY_MS);
  };
  seat.onChange(onChange);
  seat.onChange(keepEvidence(parts));
  seat.onChange(tendGate(parts, say));
  seat.onChange(tendMoves(parts));
  roster.eraseVisitorsBut(seat.current?.candidateId);
  onChange();

  const detach = (): void => {
    page = undefined;
    overlay = false;
    onPage(undefined);
    parts.devices.camera = { state: 'starting' };
    screenLost = setTimeout(() => {
      if (seat.current?.stage !== 'in-progress') return;
      guarded(() => seat.execute({ kind: 'interrupt', reason: 'screen-lost', incidentId: newIncidentId() }));
    }, SCREEN_GRACE_MS);
  };

  return {
    attach(transport) {
      if (page) return false;
      clearTimeout(screenLost);
      page = serve<typeof methods, Pushes>(transport, {
        methods,
        handlers,
        onBytes(bytes) {
          const frame = parseFrame(bytes);
          // What comes from a camera that is not on the list is not looked at.
          if (frame && parts.devices.camera.reason !== 'camera-unlisted') parts.camera.deliver(frame);
          if (!frame) log.warn({ reason: 'frame-malformed' }, 'page');
        },
        onTrouble: ({ reason, method, error }) =>
          log.warn({ reason, method, ...(error ? { error: String(error) } : {}) }, 'page'),
      });
      transport.onClose(detach);
      onPage(page);
      refresh();
      return true;
    },
    obey: (jws) => obey(parts, jws),
    cardRead(number) {
      if (badges.card(number)) return;
      try {
        handlers.identify(number, 'card');
      } catch (error) {
        // A card laid down while somebody sits here is no news.
        const reason = error instanceof Refusal ? error.reason : 'internal';
        if (reason === 'internal') log.error({ error: String(error) }, 'card');
        if (reason !== 'not-allowed-now') say(reason);
      }
    },
    notice: say,
    refresh,
    stop() {
      watcher.stop();
      visitor.cancel();
      badges.stop();
      doorstep.clear();
      clearTimeout(timeUp);
      clearTimeout(finishLater);
      clearTimeout(screenLost);
      clearTimeout(idle);
      clearTimeout(notice?.timer);
    },
  };
}
