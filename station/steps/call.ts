import type { SittingId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { CurrentSitting } from '../core/sitting/index.ts';

/** A raised hand: whoever sits here would like a proctor to come. It is no incident, and nothing of the sitting. */
export type ProctorCall = {
  readonly raised: boolean;
  /** @throws Refusal `not-allowed-now` where nobody sits here */
  raise(): void;
  lower(): void;
};

/** @param onChange after each change that somebody made; who leaves takes their hand along */
export function openProctorCall(seat: Pick<CurrentSitting, 'current' | 'taken'>, onChange: () => void): ProctorCall {
  let whose: SittingId | undefined;
  return {
    get raised() {
      return whose !== undefined && whose === seat.current?.id;
    },
    raise() {
      const { id, stage } = seat.taken();
      if (stage === 'recorded' || stage === 'closed') throw new Refusal('not-allowed-now', `called while ${stage}`);
      whose = id;
      onChange();
    },
    lower() {
      whose = undefined;
      onChange();
    },
  };
}
