import type { Translate } from '../../contract/messages/index.ts';
import type { DecisionView } from '../../contract/view.ts';

/** Who did what: for everybody who can see the screen. */
export function deedInWords(t: Translate, { action, by, second, via }: DecisionView): string {
  const who = second === undefined ? by : t('decision.two', { by, second });
  const what = t(`decision.${action}`);
  return [t('decision.sentence', { who, what }), ...(via ? [t(`decision.via-${via}`)] : [])].join(' · ');
}

/** Who did what, and why: the reason may be nobody else's business. */
export const decisionInWords = (t: Translate, decision: DecisionView): string =>
  [deedInWords(t, decision), ...(decision.note ? [decision.note] : [])].join(' · ');
