import type { Reason } from '../../contract/reasons.ts';

/** One sentence on the screen of a seat where nobody sits, for a while. */
export type NoticeBoard = { readonly current: Reason | undefined; say(reason: Reason): void; stop(): void };

const SHOWN_MS = 10_000;

export function openNoticeBoard(onChange: () => void): NoticeBoard {
  let current: Reason | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    get current() {
      return current;
    },
    say(reason) {
      clearTimeout(timer);
      current = reason;
      timer = setTimeout(() => {
        current = undefined;
        onChange();
      }, SHOWN_MS);
      onChange();
    },
    stop: () => clearTimeout(timer),
  };
}
