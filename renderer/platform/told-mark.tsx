import type { ToldResult } from '../../contract/platform/told-results.ts';
import { usePlatform } from './context.tsx';

/** Whether anybody proves a result that somebody told of: said wherever one is shown. */
export function ToldMark({ proven }: { readonly proven: ToldResult['proven'] }) {
  const { t } = usePlatform();
  if (!proven) return <span className="badge bad">{t('told.unproven')}</span>;
  return (
    <span className="badge warn proven" title={proven.key}>
      {t('told.proven-by', { center: proven.by })}
    </span>
  );
}

export function ToldOutcome({ passed }: Pick<ToldResult, 'passed'>) {
  const { t } = usePlatform();
  return <>{t(passed === null ? 'told.not-said' : passed ? 'results.passed' : 'results.failed')}</>;
}
