import type { IdentifiedBy } from '../../contract/records.ts';
import type { SeatLabel } from '../../contract/seat-label.ts';
import type { Candidate } from '../roster/index.ts';

/** Somebody whose seat is another one. */
export type TurnedAway = { readonly candidate: Candidate; readonly by: IdentifiedBy; readonly seat: SeatLabel };

/** Where whoever was turned away stands for a while: long enough for a proctor to come and let them sit here all the same. */
export type Doorstep = {
  readonly current: TurnedAway | undefined;
  put(someone: TurnedAway): void;
  clear(): void;
};

const STANDS_MS = 90_000;

export function openDoorstep(onChange: () => void): Doorstep {
  let current: TurnedAway | undefined;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    current = undefined;
  };
  return {
    get current() {
      return current;
    },
    put(someone) {
      clear();
      current = someone;
      timer = setTimeout(() => {
        clear();
        onChange();
      }, STANDS_MS);
      onChange();
    },
    clear,
  };
}
