import type { Logger } from 'pino';
import { jumpBetween, type Moment, momentOf, openLastMoment, watchWallClock } from '../core/clock/index.ts';
import type { LedgerCheck } from '../core/ledger/index.ts';
import type { CurrentSitting } from '../core/sitting/index.ts';
import { eraseExpired } from '../keep/evidence/index.ts';
import { eraseAgedTemplates } from '../keep/roster/index.ts';
import type { Surroundings } from '../watch/index.ts';
import type { Kept } from './kept.ts';

/** The most exam time that a power cut gives back. */
const PULSE_MS = 5_000;
const RETAIN_MS = 3_600_000;
/** As far back a start knows what the clock said. */
const MOMENT_MS = 60_000;
/** The ledger is gone over in steps of some milliseconds, with rests; whoever sits here notices nothing. */
const [STEP_REST_MS, CHECK_AGAIN_MS] = [50, 600_000];
/** From here on it is said that pictures take up much space. */
const NEARLY_FULL = 0.8;

export type RoundsParts = Pick<Kept, 'database' | 'clock' | 'ledger' | 'evidence' | 'centerTime'> & {
  readonly seat: CurrentSitting;
  readonly surroundings: Pick<Surroundings, 'observe'>;
  readonly ledgerCheck: LedgerCheck;
  readonly log: Logger;
};

/** What a station does again and again whatever else happens: signs of life, the wall clock, the ledger, pictures and faces whose time is over. */
export function startRounds(parts: RoundsParts): Disposable {
  const { database, seat, clock, ledger, evidence, log } = parts;
  const guarded = (what: string, work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      log.error({ error: String(error) }, what);
    }
  };
  const wallClock = watchClock(parts);
  const beat = guarded('pulse', () => {
    seat.beat();
    wallClock.look();
  });
  const retain = guarded('retention', () => {
    const gone = eraseExpired(evidence, ledger, clock.wall());
    const { bytes, most } = evidence.usage;
    if (gone > 0) log.info({ pictures: gone }, 'erased: their time is over');
    const faces = eraseAgedTemplates(database, clock.wall());
    if (faces > 0) log.info({ faces }, 'added faces erased: their time is over');
    if (bytes > most * NEARLY_FULL) log.warn({ bytes, most }, 'the space for pictures is nearly used up');
  });
  const moment = guarded('clock', wallClock.keep);
  guarded('clock', wallClock.sinceLastRun)();
  moment();
  retain();
  const timers = [setInterval(beat, PULSE_MS), setInterval(moment, MOMENT_MS), setInterval(retain, RETAIN_MS)];
  const checking = checkLedger(parts);
  return {
    [Symbol.dispose]() {
      for (const timer of timers) clearInterval(timer);
      checking[Symbol.dispose]();
      moment();
    },
  };
}

/** Each time that the wall clock was set is a line of the ledger, whoever sits here or nobody. */
function watchClock({ database, seat, surroundings, clock, ledger, centerTime, log }: RoundsParts) {
  const last = openLastMoment(database);
  const moved = watchWallClock(clock);
  const note = (ms: number): void => {
    if (ms === 0) return;
    log.warn({ ms }, 'the wall clock was set');
    centerTime.jumped({ at: clock.wall(), ms });
    const { stage } = seat.current ?? {};
    if (stage && stage !== 'recorded' && stage !== 'closed') seat.execute({ kind: 'clock', ms });
    else ledger.append(null, [{ type: 'clock-set', ms }]);
    surroundings.observe({ reason: 'clock-set', what: `${Math.round(ms / 1000)} s`, lastedMs: 0 });
  };
  return {
    look: () => note(moved()),
    keep: () => last.write(momentOf(clock)),
    sinceLastRun() {
      const now = momentOf(clock);
      note(jumpBetween(last.read() ?? lastLine(ledger, now), now));
    },
  };
}

/** Where nobody wrote down when the station ran last: it did when it wrote its last line. */
function lastLine(ledger: RoundsParts['ledger'], now: Moment): Moment {
  const { sequence } = ledger.head();
  const [line] = ledger.stretch(sequence, sequence).lines;
  return line ? { ...now, wall: Date.parse(line.at), run: line.boot, machine: null } : now;
}

/** Begins once the station runs: nobody waits for it. */
function checkLedger({ ledgerCheck, log }: RoundsParts): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let told = false;
  const turn = (): void => {
    let more = false;
    try {
      more = ledgerCheck.step();
      const { broken } = ledgerCheck.state;
      if (broken !== undefined && !told) log.error({ line: broken }, 'the ledger is not as it was written');
      told ||= broken !== undefined;
    } catch (error) {
      log.error({ error: String(error) }, 'the ledger could not be checked');
    }
    timer = setTimeout(turn, more ? STEP_REST_MS : CHECK_AGAIN_MS);
  };
  timer = setTimeout(turn, STEP_REST_MS);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
