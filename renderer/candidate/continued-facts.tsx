import type { ContinuedView } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';

/** What a candidate brings along from another station. */
export function ContinuedFacts({ continued }: { readonly continued: ContinuedView | undefined }) {
  const { t } = usePage();
  if (!continued) return null;
  const { answered, remainingMs } = continued;
  return (
    <p className="lead" data-continued={answered}>
      {t('continued.facts', { answered, minutes: Math.floor(remainingMs / 60_000) })}
    </p>
  );
}
