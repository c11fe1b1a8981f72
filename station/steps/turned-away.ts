import type { IdentifiedBy } from '../../contract/records/index.ts';
import type { SeatLabel } from '../../contract/words/seat-label.ts';
import type { Away } from '../moving/index.ts';
import type { CardDoubt } from './card-check.ts';
import type { Sitter } from './sitter.ts';

/** Why somebody was turned away: their seat is another one, their exam goes on at another station, or their card has doubts. */
export type TurnedAwayReason =
  | { readonly kind: 'other-seat'; readonly seat: SeatLabel }
  | ({ readonly kind: 'moved' } & Away)
  | { readonly kind: 'card' };

export type TurnedAway = Sitter & {
  /** Tells one from the next: what a proctor decides is for whom they saw. */
  readonly ticket: number;
  readonly by: IdentifiedBy;
  readonly document?: string | undefined;
  readonly why: TurnedAwayReason;
  /** What of their card a proctor must settle, whatever they were turned away for. */
  readonly doubts: readonly CardDoubt[];
};

/** Whoever was turned away last, for a while: long enough for a proctor to come and decide otherwise. */
export type LastTurnedAway = {
  readonly current: TurnedAway | undefined;
  put(someone: Omit<TurnedAway, 'ticket'>): void;
  clear(): void;
};

const SHOWN_MS = 90_000;
/** Whatever they wait for: no name stays on the screen longer than this. */
const LONGEST_MS = 900_000;

/** @param stays whether somebody must not be sent off yet */
export function openTurnedAway(stays: (someone: TurnedAway) => boolean, onChange: () => void): LastTurnedAway {
  let current: TurnedAway | undefined;
  let timer: NodeJS.Timeout | undefined;
  let tickets = 0;
  const clear = (): void => {
    clearTimeout(timer);
    current = undefined;
  };
  const wait = (waitedMs = SHOWN_MS): void => {
    timer = setTimeout(() => {
      if (current && waitedMs < LONGEST_MS && stays(current)) return wait(waitedMs + SHOWN_MS);
      clear();
      onChange();
    }, SHOWN_MS);
  };
  return {
    get current() {
      return current;
    },
    put(someone) {
      clear();
      tickets += 1;
      current = { ticket: tickets, ...someone };
      wait();
      onChange();
    },
    clear() {
      clear();
      onChange();
    },
  };
}
