import type { ReasonCode } from '../../contract/words/reasons.ts';
import { WORKER_WORDS, type WorkerTranslate } from '../../messages/worker/index.ts';
import { usePage } from '../context.ts';

const REGIONS = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Words for one's own exams, and days as the phone has them. */
export type OwnWords = {
  readonly w: WorkerTranslate;
  /** With the day of the week. */
  readonly weekday: (at: string) => string;
  readonly day: (at: string) => string;
  readonly time: (at: string) => string;
  readonly moment: (at: string) => string;
  /** What happened at an exam: without what whoever sat there was asked to do about it. */
  readonly happened: (reason: string) => string;
};

export function useOwnWords(): OwnWords {
  const { locale, explain } = usePage();
  const written = (options: Intl.DateTimeFormatOptions) => (at: string) =>
    new Intl.DateTimeFormat(REGIONS[locale], options).format(new Date(at));
  return {
    w: WORKER_WORDS[locale],
    weekday: written({ month: 'long', day: 'numeric', weekday: 'long' }),
    day: written({ dateStyle: 'medium' }),
    time: written({ timeStyle: 'short' }),
    moment: written({ dateStyle: 'medium', timeStyle: 'short' }),
    happened: (reason) => explain(reason as ReasonCode).split(/，请|。|\.(?:\s|$)/)[0] ?? reason,
  };
}
