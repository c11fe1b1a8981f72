import type { Translate } from '../../contract/messages/index.ts';
import type { DecisionView } from '../../contract/view.ts';

/** Who did what, and why. */
export function decisionInWords(t: Translate, { action, by, second, note, via }: DecisionView): string {
  const who = second === undefined ? by : t('decision.two', { by, second });
  const what = t(`decision.${action}`);
  return [
    t('decision.sentence', { who, what }),
    ...(note ? [note] : []),
    ...(via ? [t(`decision.via-${via}`)] : []),
  ].join(' · ');
}
