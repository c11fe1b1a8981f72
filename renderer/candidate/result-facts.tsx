import type { Stage } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';

type Result = Extract<Stage, { stage: 'result' }>;

/** How long it took, and for whoever has not passed, whether there is another try. */
export function ResultFacts({ result }: { readonly result: Result }) {
  const { t } = usePage();
  const { usedMs, attemptsLeft, passed } = result;
  const seconds = Math.round(usedMs / 1000);
  return (
    <p className="result-facts">
      <span>{t('result.used', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</span>
      {!passed && attemptsLeft !== undefined && (
        <span data-attempts-left={attemptsLeft}>
          {attemptsLeft === 0 ? t('result.no-attempt-left') : t('result.attempts-left', { count: attemptsLeft })}
        </span>
      )}
    </p>
  );
}
