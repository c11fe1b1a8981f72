import type { Logger } from 'pino';
import { watchWallClock } from '../core/clock/index.ts';
import type { CurrentSitting } from '../core/sitting/index.ts';
import { eraseExpired } from '../keep/evidence/index.ts';
import type { Surroundings } from '../watch/index.ts';
import type { Kept } from './kept.ts';

/** The most exam time that a power cut gives back. */
const PULSE_MS = 5_000;
const RETAIN_MS = 3_600_000;
/** From here on it is said that pictures take up much space. */
const NEARLY_FULL = 0.8;

export type RoundsParts = Pick<Kept, 'clock' | 'ledger' | 'evidence'> & {
  readonly seat: CurrentSitting;
  readonly surroundings: Pick<Surroundings, 'observe'>;
  readonly log: Logger;
};

/** What a station does again and again whatever else happens: signs of life, the wall clock, pictures whose time is over. */
export function startRounds({ seat, surroundings, clock, ledger, evidence, log }: RoundsParts): Disposable {
  const clockMoved = watchWallClock(clock);
  const guarded = (what: string, work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      log.error({ error: String(error) }, what);
    }
  };
  const beat = guarded('pulse', () => {
    seat.beat();
    const ms = clockMoved();
    if (ms === 0) return;
    log.warn({ ms }, 'the wall clock was set');
    surroundings.observe({ reason: 'clock-set', what: `${Math.round(ms / 1000)} s`, lastedMs: 0 });
  });
  const retain = guarded('retention', () => {
    const gone = eraseExpired(evidence, ledger, clock.wall());
    const { bytes, most } = evidence.usage;
    if (gone > 0) log.info({ pictures: gone }, 'erased: their time is over');
    if (bytes > most * NEARLY_FULL) log.warn({ bytes, most }, 'the space for pictures is nearly used up');
  });
  retain();
  const timers = [setInterval(beat, PULSE_MS), setInterval(retain, RETAIN_MS)];
  return {
    [Symbol.dispose]() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
