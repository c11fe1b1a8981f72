import type { DecisionView } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { decisionInWords } from './decisions.ts';

/** What proctors did in this sitting, the newest first. */
export function Decisions({ decisions }: { readonly decisions: readonly DecisionView[] }) {
  const page = usePage();
  const { t, locale } = page;
  if (decisions.length === 0) return null;
  return (
    <section aria-label={t('decisions.title')}>
      <h3>{t('decisions.title')}</h3>
      <ol className="decisions">
        {decisions.toReversed().map((decision) => (
          <li key={`${decision.at} ${decision.action}`}>
            <time dateTime={decision.at}>{new Date(decision.at).toLocaleTimeString(locale)}</time>
            <span>{decisionInWords(page, decision)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
