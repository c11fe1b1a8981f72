import type { Scores } from '../../contract/view.ts';
import { usePage } from '../context.ts';

/** What the machine measured, for the proctor who must decide. */
export function ScoresLine({ scores }: { readonly scores: Scores }) {
  const { t } = usePage();
  if (scores.similarity === undefined && scores.live === undefined) return null;
  const shown = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(2));
  return (
    <p className="muted scores">
      {t('unlock.scores', { similarity: shown(scores.similarity), live: shown(scores.live) })}
    </p>
  );
}
