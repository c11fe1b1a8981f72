import type { Logger } from 'pino';
import { parseFrame } from '../../contract/page/frame.ts';
import { type Handlers, serve } from '../../contract/page/rpc/server.ts';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import { type Methods, methods, type Pushes } from '../../contract/page/station-api.ts';
import type { GrantId, Instant } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { hashOf } from '../../proof/index.ts';
import type { Signal } from '../core/signal/index.ts';
import { guestOf } from '../core/sitting/index.ts';
import type { Claims } from '../keep/moves/index.ts';
import { WITH_CODE } from '../keep/proctors/index.ts';
import { isOnItsWay } from '../moving/index.ts';
import {
  type HandlerParts,
  makeHandlers,
  nameSomebody,
  openBadgeWait,
  openLastChip,
  openNoticeBoard,
  openView,
  type PageLine,
  type Viewing,
} from '../page/index.ts';
import {
  type CardSaid,
  deskSubject,
  type Gatekeeping,
  giveUpSeat,
  keepMoves,
  obey,
  openChoosing,
  openDesks,
  openProctorCall,
  openTurnedAway,
  type RemoteProctoring,
  settleCutShort,
  startTimers,
  tendGate,
} from '../steps/index.ts';
import {
  type KeepingEvidence,
  keepEvidence,
  reportLooks,
  type Surroundings,
  startScheduler,
  type Watching,
} from '../watch/index.ts';

/** What a terminal is put together from: what its steps, its watch and its page each work with. */
export type TerminalParts = Omit<
  HandlerParts & Viewing & Watching & KeepingEvidence & Gatekeeping & RemoteProctoring,
  'turnedAway' | 'choosing' | 'badges' | 'notices' | 'call' | 'lookNow' | 'desks' | 'chip' | 'basis'
> & {
  readonly claims: Claims;
  readonly line: PageLine;
  /** Something on the screen is not as it was. */
  readonly shown: Signal;
  readonly log: Logger;
};

/** The station behind the screen: shows one page what is, and does what it validly asks. */
export type Terminal = {
  /** Connects the page. @returns false where another one is connected already (reason code `second-window`) */
  attach(transport: Transport): boolean;
  /** @param said what it says besides, of a real card */
  cardRead(number: string, said?: CardSaid): void;
  /** Takes a command of the center, as it was signed. Never throws. @param at the center's time @param grant under which it was fetched */
  obey(jws: string, at: Instant, grant?: GrantId): Promise<void>;
  notice(reason: Reason): void;
  /** What the kiosk's shell sees around itself, and what of its lockdown does not hold. */
  readonly surroundings: Pick<Surroundings, 'observe' | 'lockdown'>;
  /** The center said something: of other stations, too. */
  heard(): void;
  stop(): void;
};

/** So long somebody may take to walk from one station to another. */
const RESCUE_TOLD_MS = 600_000;

export function openTerminal(outer: TerminalParts): Terminal {
  const { seat, roster, readiness, visitor, line, shown, log } = outer;
  const eyes = outer.engine && reportLooks(outer.engine, () => view.overlay && shown.tell());
  const notices = openNoticeBoard(shown.tell);
  const turnedAway = openTurnedAway(({ why }) => why.kind === 'moved' && isOnItsWay(outer, why), shown.tell);
  const choosing = openChoosing(shown.tell);
  const badges = openBadgeWait(outer.proctors);
  const call = openProctorCall(seat, shown.tell);
  const chip = openLastChip();
  const desks = openDesks({
    clock: outer.clock,
    subject: (about) => deskSubject({ seat, turnedAway }, about),
    isProctor: (id, guest) => (id === WITH_CODE.id && !guest) || roster.of(guest).proctors.some((one) => one.id === id),
  });
  const { version, models, thresholds } = outer;
  const basis = { version, models, calibration: hashOf(thresholds) };
  const parts = { ...outer, basis, engine: eyes?.engine, notices, turnedAway, choosing, badges, call, desks, chip };
  const watcher = startScheduler(parts, shown.tell);
  const view = openView(parts, () => ({ progress: watcher.progress, look: eyes?.newest }));
  const handlers = makeHandlers({ ...parts, lookNow: watcher.lookNow });
  const timers = startTimers(parts, visitor, () => (seat.current ? giveUpSeat(parts) : handlers.leave({})));
  const moves = keepMoves(parts);

  const isQuiet = (): boolean => !seat.current && visitor.step === 'none';
  const follow = (): void => {
    if (!isQuiet()) readiness.callOff();
    timers.wind();
  };
  for (const follows of [follow, keepEvidence(parts), tendGate(parts, notices.say), moves.changed])
    seat.onChange(follows);
  const numberHere = (): string | undefined =>
    seat.current && roster.of(guestOf(seat.current)).find(seat.current.candidateId)?.number;
  let seated: string | undefined;
  seat.onChange(() => {
    if (seat.current) {
      notices.clear();
      seated = numberHere();
    } else if (seated !== undefined) chip.forget(seated);
  });
  seat.onSettled(shown.tell);
  visitor.onChange(follow);
  visitor.onChange(shown.tell);
  visitor.onDeclined(() => notices.say('consent-declined'));
  shown.on(view.refresh);
  outer.arrivals.onTaken(() => {
    moves.came();
    notices.say('rescue-taken', RESCUE_TOLD_MS);
  });
  settleCutShort(parts);
  roster.eraseVisitorsBut(seat.current?.candidateId);
  timers.wind();

  /** Nobody's chip takes the place of that of whoever sits here. */
  const isWanted = ({ numbers }: CardSaid): boolean => {
    const theirs = numberHere();
    return !seat.current || numbers.some((number) => number === theirs);
  };
  const detach = (): void => {
    line.disconnect();
    view.forget();
    badges.stop();
    desks.closeAll();
    parts.devices.now('camera', { state: 'starting' });
    parts.camera.pageGone();
    timers.screenLost();
  };
  const takeBytes = (bytes: Uint8Array): void => {
    const frame = parseFrame(bytes);
    // What comes from a camera that is not on the list is not looked at.
    if (frame && parts.devices.camera.reason === 'camera-unlisted') return;
    const reason = frame ? parts.camera.deliver(frame) : 'frame-malformed';
    if (reason) log.warn({ reason, ...(frame ? { capturedAt: frame.capturedAt } : {}) }, 'page');
  };
  return {
    attach(transport) {
      let gone = false;
      const isServed = line.take(() => {
        timers.screenBack();
        return serve<Methods, Pushes>(transport, {
          methods,
          handlers: { ...thenShow(handlers, shown), overlay: view.showLooks, stay: timers.stay },
          // A line that was closed may still have something in it: that answers nothing which the next page was asked.
          onBytes: (bytes) => gone || takeBytes(bytes),
          onTrouble: ({ reason, method, error }) =>
            log.warn({ reason, method, ...(error ? { error: String(error) } : {}) }, 'page'),
        });
      });
      if (!isServed) return false;
      transport.onClose(() => {
        gone = true;
        detach();
      });
      view.refresh();
      return true;
    },
    obey: (jws, at, grant) => obey(parts, jws, at, grant),
    cardRead(number, said) {
      if (badges.card(number)) return;
      if (said && isWanted(said)) chip.read(said);
      try {
        nameSomebody(parts, { numbers: said?.numbers ?? [number], by: 'card', card: said });
      } catch (error) {
        // A card laid down while somebody sits here is no news.
        const reason = error instanceof Refusal ? error.reason : 'internal';
        if (reason === 'internal') log.error({ error: String(error) }, 'card');
        if (reason !== 'not-allowed-now') notices.say(reason);
      }
    },
    notice: notices.say,
    surroundings: parts.surroundings,
    heard() {
      moves.heard();
      shown.tell();
    },
    stop() {
      watcher.stop();
      visitor.cancel();
      badges.stop();
      turnedAway.clear();
      choosing.clear();
      timers.stop();
      notices.stop();
      seat.settle();
      view.stop();
    },
  };
}

/** A wrong PIN or code makes the next one wait: after whatever took its time the screen says how it is now. */
function thenShow<H extends Partial<Handlers<Methods>>>(handlers: H, shown: Signal): H {
  const all = Object.entries(handlers) as [string, (asked: unknown) => unknown][];
  return Object.fromEntries(
    all.map(([name, handle]) => [
      name,
      (asked: unknown) => {
        const answer = handle(asked);
        return answer instanceof Promise ? answer.finally(shown.tell) : answer;
      },
    ]),
  ) as H;
}
