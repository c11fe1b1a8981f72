import type { Check, CheckName, CheckStatus, Words } from '../contract/words/readiness.ts';
import type { Reason } from '../contract/words/reasons.ts';
import { explain, type MessageKey, type MessageValues, translator } from './index.ts';

const [zh, en] = [translator('zh'), translator('en')];

/** A sentence of the catalogue, in both languages. */
export const words = (key: MessageKey, values: MessageValues = {}): Words => ({
  zh: zh(key, values),
  en: en(key, values),
});

/** What reads alike in every language: a path, a name, a figure with its unit. */
export const asIs = (text: string): Words => ({ zh: text, en: text });

const adviceOf = (reason: Reason): Words => ({ zh: explain(reason, 'zh'), en: explain(reason, 'en') });

export type Measured = { readonly name: CheckName; readonly found: Words; readonly expected: Words };

/** READY where nothing is wrong; what is wrong says why, and what to do about it. */
export function judged(measured: Measured, reason?: Reason, badly: Exclude<CheckStatus, 'READY'> = 'WARNING'): Check {
  if (!reason) return { ...measured, status: 'READY' };
  return { ...measured, status: badly, advice: adviceOf(reason), reason };
}
