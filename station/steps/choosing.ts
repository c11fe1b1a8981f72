import { IDLE_LIMITS } from '../../contract/page/idle-limits.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Arriving } from './arriving.ts';

export type Chooser = Omit<Arriving, 'examId' | 'begun'> & {
  /** Tells one from the next. */
  readonly ticket: number;
  /** Several. */
  readonly exams: readonly Exam[];
};

/** Whoever named themselves and has more than one thing to do here, for a while. */
export type Choosing = {
  readonly current: Chooser | undefined;
  put(someone: Omit<Chooser, 'ticket'>): void;
  clear(): void;
};

export function openChoosing(onChange: () => void): Choosing {
  let current: Chooser | undefined;
  let timer: NodeJS.Timeout | undefined;
  let tickets = 0;
  const become = (next: Chooser | undefined): void => {
    clearTimeout(timer);
    if (!next && !current) return;
    current = next;
    if (next) timer = setTimeout(() => become(undefined), IDLE_LIMITS.choosing);
    onChange();
  };
  return {
    get current() {
      return current;
    },
    put(someone) {
      tickets += 1;
      become({ ticket: tickets, ...someone });
    },
    clear: () => become(undefined),
  };
}
