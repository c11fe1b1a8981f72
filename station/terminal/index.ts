import { parseFrame } from '../../contract/frame.ts';
import type { Instant } from '../../contract/ids.ts';
import { type Reason, Refusal } from '../../contract/reasons.ts';
import { type RpcServer, serve } from '../../contract/rpc/server.ts';
import type { Transport } from '../../contract/rpc/transport.ts';
import { methods, type Pushes } from '../../contract/station-api.ts';
import { openBadgeDesk } from './badge-desk.ts';
import { startClockwork } from './clockwork.ts';
import { openDoorstep } from './doorstep.ts';
import { keepEvidence } from './evidence.ts';
import { obey, settleCutShort } from './from-afar.ts';
import { tendGate } from './gate.ts';
import { makeHandlers } from './handlers.ts';
import { reportLooks } from './look-report.ts';
import { isOnItsWay, tendMoves } from './moving.ts';
import { openNoticeBoard } from './notice.ts';
import type { TerminalParts } from './parts.ts';
import { stationView } from './station-view.ts';
import type { Surroundings } from './surroundings.ts';
import { openVisitorDesk } from './visitor.ts';
import { startWatcher } from './watcher.ts';

export type { Devices, TerminalParts } from './parts.ts';
export { openSurroundings } from './surroundings.ts';

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
