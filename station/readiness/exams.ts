import type { Check, CheckStatus, Words } from '../../contract/words/readiness.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { judged, words } from '../../messages/checks.ts';
import type { ExamFacts, Facts } from './facts.ts';

const [MINUTE_MS, HOUR_MS] = [60_000, 3_600_000];
/** Whoever was taken off the list yesterday must not sit today. */
const OLD_MS = 24 * HOUR_MS;

const expected = words('expected.exams');

/** Without anything to sit nobody can be examined. What is old is still something, and items that are on their way are waited for. */
export function examsCheck({ known: { exams, now } }: Facts): Check {
  const say = (found: Words, reason?: Reason, badly?: Exclude<CheckStatus, 'READY'>) =>
    judged({ name: 'exams', found, expected }, reason, badly);
  if (exams === 'sealed') return say(words('found.sealed'), 'own-screen');
  if (!exams) return say(words('found.none'), 'not-assigned', 'NOT READY');
  const ageMs = Math.max(0, Date.parse(now) - Date.parse(exams.issuedAt));
  const found = inWords(exams, ageMs);
  if (exams.exams === 0) return say(found, 'not-assigned', 'NOT READY');
  if (exams.here < exams.banks) return say(found, 'banks-missing');
  if (exams.proctors === 0) return say(found, 'no-proctors');
  return say(found, ageMs > OLD_MS ? 'assignment-old' : undefined);
}

/** The age is a sentence of its own, so both languages are put together separately. */
function inWords({ exams, banks, here, proctors }: ExamFacts, ageMs: number): Words {
  const age =
    ageMs < 2 * HOUR_MS
      ? words('found.minutes', { count: Math.floor(ageMs / MINUTE_MS) })
      : words('found.hours', { count: Math.floor(ageMs / HOUR_MS) });
  const figures = { exams, banks, here, proctors };
  return {
    zh: words('found.exams', { ...figures, age: age.zh }).zh,
    en: words('found.exams', { ...figures, age: age.en }).en,
  };
}
