import { Refusal } from '../../contract/words/reasons.ts';
import type { Proctors } from '../keep/proctors/index.ts';

/** Where a proctor's card is waited for, which otherwise would be a candidate's. */
export type BadgeWait = {
  /** Settles with what stands in for the PIN. @throws Refusal `badge-late` after a while, `badge-unknown` */
  wait(): Promise<string>;
  /** A card was read. @returns whether it was waited for */
  card(number: string): boolean;
  stop(): void;
};

const PATIENCE_MS = 20_000;

export function openBadgeWait({ byBadge }: Pick<Proctors, 'byBadge'>): BadgeWait {
  let waiting: { readonly take: (number: string) => void; readonly giveUp: () => void } | undefined;
  return {
    async wait() {
      waiting?.giveUp();
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const giveUp = (): void => reject(new Refusal('badge-late'));
      const timer = setTimeout(giveUp, PATIENCE_MS);
      const mine = { take: resolve, giveUp };
      waiting = mine;
      try {
        return await byBadge(await promise);
      } finally {
        clearTimeout(timer);
        if (waiting === mine) waiting = undefined;
      }
    },
    card(number) {
      const asked = waiting;
      waiting = undefined;
      asked?.take(number);
      return asked !== undefined;
    },
    stop() {
      waiting?.giveUp();
      waiting = undefined;
    },
  };
}
