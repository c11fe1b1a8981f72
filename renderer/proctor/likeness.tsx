import type { Scores } from '../../contract/page/proctor-desk.ts';
import { usePage } from '../context.ts';
import { Meter } from '../design/meter.tsx';

type Verdict = 'same' | 'unsure' | 'other';

const shown = (value: number): string => value.toFixed(2);

/** What the machine measured, in words first: how like, against what, and whether alive. */
export function Likeness({ scores: { similarity, live, thresholds } }: { readonly scores: Scores }) {
  const { t } = usePage();
  const { accept, refuseBelow, live: liveAt } = thresholds;
  if (similarity === undefined) return <p className="muted likeness-none">{t('likeness.none')}</p>;
  const verdict: Verdict = similarity >= accept ? 'same' : similarity < refuseBelow ? 'other' : 'unsure';
  const share = Math.min(1, Math.max(0, similarity));
  return (
    <div className={`likeness ${verdict}`} data-likeness={verdict}>
      <p>
        <strong>{t(`likeness.${verdict}`)}</strong>
        <span className="measured">
          {t('likeness.measured', { similarity: shown(similarity), accept: shown(accept) })}
        </span>
        {live !== undefined && (
          <span className="measured">
            {t(live >= liveAt ? 'likeness.live' : 'likeness.not-live', { live: shown(live), at: shown(liveAt) })}
          </span>
        )}
      </p>
      <div className="likeness-bar">
        <Meter share={share} label={t('scores.similarity')} />
        <i className="threshold" style={{ insetInlineStart: `${accept * 100}%` }} />
      </div>
    </div>
  );
}
