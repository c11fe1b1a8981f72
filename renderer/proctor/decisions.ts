import type { DecisionView } from '../../contract/page/view.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import type { Translate } from '../../messages/index.ts';

/** Who did what: for everybody who can see the screen. */
export function actionInWords(t: Translate, { action, by, second, via, minutes }: DecisionView): string {
  const who = second === undefined ? by : t('decision.two', { by, second });
  const what = minutes === undefined ? t(`decision.${action}`) : t('decision.extended-by', { minutes });
  return [t('decision.sentence', { who, what }), ...(via ? [t(`decision.via-${via}`)] : [])].join(' · ');
}

type Words = { readonly t: Translate; readonly explain: (reason: ReasonCode) => string; readonly locale: Locale };

/** Who did what, to what, and why: the reason may be nobody else's business. */
export function decisionInWords({ t, explain, locale }: Words, decision: DecisionView): string {
  const list = new Intl.ListFormat(locale);
  const { compared, about, verdict, note } = decision;
  return [
    actionInWords(t, decision),
    ...(compared ? [t('decision.compared', { fields: list.format(compared.map((one) => t(`compared.${one}`))) })] : []),
    // What happened, without what was to be done about it then.
    ...(about ? [explain(about).split(/(?<=[。.])/)[0] ?? ''] : []),
    ...(verdict ? [t(`incidents.${verdict}`)] : []),
    ...(note ? [note] : []),
  ].join(' · ');
}
