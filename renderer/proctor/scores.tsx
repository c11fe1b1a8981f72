import type { Scores } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';

/** What the machine measured, and what it measures against, for the proctor who must decide. */
export function ScoresTable({ scores: { similarity, live, thresholds } }: { readonly scores: Scores }) {
  const { t } = usePage();
  const shown = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(2));
  return (
    <dl className="scores">
      <dt>{t('scores.similarity')}</dt>
      <dd>{shown(similarity)}</dd>
      <dd className="muted">
        {t('scores.accept', { accept: shown(thresholds.accept), refuse: shown(thresholds.refuseBelow) })}
      </dd>
      <dt>{t('scores.live')}</dt>
      <dd>{shown(live)}</dd>
      <dd className="muted">{t('scores.live-at', { live: shown(thresholds.live) })}</dd>
    </dl>
  );
}
