import type { Reason } from '../../contract/words/reasons.ts';

/** One sentence on the screen of a seat where nobody sits, for a while. */
export type NoticeBoard = {
  readonly current: Reason | undefined;
  say(reason: Reason, forMs?: number): void;
  /** Somebody sits down: what was said was for them. */
  clear(): void;
  stop(): void;
};

const SHOWN_MS = 10_000;

export function openNoticeBoard(onChange: () => void): NoticeBoard {
  let current: Reason | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    get current() {
      return current;
    },
    say(reason, forMs = SHOWN_MS) {
      clearTimeout(timer);
      current = reason;
      timer = setTimeout(() => {
        current = undefined;
        onChange();
      }, forMs);
      onChange();
    },
    clear() {
      clearTimeout(timer);
      current = undefined;
    },
    stop: () => clearTimeout(timer),
  };
}
