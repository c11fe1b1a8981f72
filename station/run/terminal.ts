import { parseFrame } from '../../contract/page/frame.ts';
import { type RpcServer, serve } from '../../contract/page/rpc/server.ts';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import { methods, type Pushes } from '../../contract/page/station-api.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { isOnItsWay, tendMoves } from '../moving/moving.ts';
import { openBadgeDesk } from '../page/badge-wait.ts';
import { makeHandlers } from '../page/handlers.ts';
import { openNoticeBoard } from '../page/notice-board.ts';
import { stationView } from '../page/station-view.ts';
import { tendGate } from '../steps/gate.ts';
import { obey, settleCutShort } from '../steps/remote-command.ts';
import { startClockwork } from '../steps/timers.ts';
import { openDoorstep } from '../steps/turned-away.ts';
import { openVisitorDesk } from '../steps/visitor-enrolment.ts';
import { keepEvidence } from '../watch/evidence.ts';
import { reportLooks } from '../watch/look-report.ts';
import { startWatcher } from '../watch/scheduler.ts';
import type { Surroundings } from '../watch/surroundings.ts';
import type { TerminalParts } from './parts.ts';

export { openSurroundings } from '../watch/surroundings.ts';
export type { Devices, TerminalParts } from './parts.ts';

/** The station behind the screen: shows one page what is, and does what it validly asks. */
export type Terminal = {
  /** Connects the page. @returns false where another one is connected already (reason code `second-window`) */
  attach(transport: Transport): boolean;
  cardRead(number: string): void;
  /** Takes a command of the center, as it was signed. Never throws. @param at the center's time */
  obey(jws: string, at: Instant): Promise<void>;
  notice(reason: Reason): void;
  /** What the kiosk's shell sees around itself, and what of its lockdown does not hold. */
  readonly surroundings: Pick<Surroundings, 'observe' | 'lockdown'>;
  refresh(): void;
  /** Whether nobody sits here and nobody enrols. */
  readonly quiet: boolean;
  /** The center said something: of other stations, too. */
  heard(): void;
  stop(): void;
};

/** So long somebody may take to walk from one station to another. */
const RESCUE_TOLD_MS = 600_000;

export function openTerminal(outer: TerminalParts, onPage: (page: RpcServer<Pushes> | undefined) => void): Terminal {
  let overlay = false;
  let page: RpcServer<Pushes> | undefined;
  const eyes = outer.engine && reportLooks(outer.engine, () => overlay && refresh());
  const parts: TerminalParts = { ...outer, engine: eyes?.engine };
  const { seat, roster, log } = parts;

  const refresh = (): void => {
    const look = overlay ? eyes?.newest : undefined;
    page?.push('view', stationView(parts, { visitor, doorstep, notices, progress: watcher.progress, look }));
  };
  const notices = openNoticeBoard(refresh);
  const doorstep = openDoorstep((someone) => isOnItsWay(parts, someone.why), refresh);
  const badges = openBadgeDesk(parts.proctors);
  const callOff = (): void => {
    if (!isQuiet()) parts.readiness.callOff();
  };
  const visitor = openVisitorDesk(
    parts,
    () => {
      callOff();
      clockwork.wind();
    },
    () => notices.say('consent-declined'),
  );
  const handlers = {
    ...makeHandlers(parts, visitor, { badges, doorstep }, refresh),
    overlay: ({ shown }: { readonly shown: boolean }) => {
      overlay = shown;
      refresh();
      return {};
    },
  };
  const watcher = startWatcher(parts, refresh);
  const clockwork = startClockwork(parts, visitor, () => handlers.leave({}), refresh);

  const isQuiet = (): boolean => !seat.current && visitor.step === 'none';
  seat.onChange(callOff);
  seat.onChange(clockwork.wind);
  seat.onChange(keepEvidence(parts));
  seat.onChange(tendGate(parts, notices.say));
  const moves = tendMoves(parts);
  seat.onChange(moves.changed);
  parts.arrivals.onTaken(() => {
    moves.came();
    notices.say('rescue-taken', RESCUE_TOLD_MS);
  });
  seat.onChange(() => seat.current && notices.clear());
  settleCutShort(parts);
  roster.eraseVisitorsBut(seat.current?.candidateId);
  clockwork.wind();

  const detach = (): void => {
    page = undefined;
    overlay = false;
    onPage(undefined);
    badges.stop();
    parts.devices.camera = { state: 'starting' };
    clockwork.screenLost();
  };
  const takeBytes = (bytes: Uint8Array): void => {
    const frame = parseFrame(bytes);
    if (!frame) log.warn({ reason: 'frame-malformed' }, 'page');
    // What comes from a camera that is not on the list is not looked at.
    else if (parts.devices.camera.reason !== 'camera-unlisted') parts.camera.deliver(frame);
  };
  return {
    attach(transport) {
      if (page) return false;
      clockwork.screenBack();
      page = serve<typeof methods, Pushes>(transport, {
        methods,
        handlers,
        onBytes: takeBytes,
        onTrouble: ({ reason, method, error }) =>
          log.warn({ reason, method, ...(error ? { error: String(error) } : {}) }, 'page'),
      });
      transport.onClose(detach);
      onPage(page);
      refresh();
      return true;
    },
    obey: (jws, at) => obey(parts, jws, at),
    cardRead(number) {
      if (badges.card(number)) return;
      try {
        handlers.identify(number, 'card');
      } catch (error) {
        // A card laid down while somebody sits here is no news.
        const reason = error instanceof Refusal ? error.reason : 'internal';
        if (reason === 'internal') log.error({ error: String(error) }, 'card');
        if (reason !== 'not-allowed-now') notices.say(reason);
      }
    },
    notice: notices.say,
    surroundings: parts.surroundings,
    refresh,
    get quiet() {
      return isQuiet();
    },
    heard() {
      moves.heard();
      refresh();
    },
    stop() {
      watcher.stop();
      visitor.cancel();
      badges.stop();
      doorstep.clear();
      clockwork.stop();
      notices.stop();
    },
  };
}
