import type { Scores } from '../../contract/page/proctor-desk.ts';
import { usePage } from '../context.ts';
import { LikenessScale } from './likeness-scale.tsx';
import { sharesAt } from './score-shares.ts';

type Verdict = 'same' | 'unsure' | 'other';

const shown = (value: number): string => value.toFixed(2);

/** What the machine measured, in words first: how like, against what, how often that is met, and whether alive. */
export function Likeness({ scores: { similarity, live, thresholds, curve } }: { readonly scores: Scores }) {
  const { t } = usePage();
  const { accept, refuseBelow, live: liveAt } = thresholds;
  if (similarity === undefined) return <p className="muted likeness-none">{t('likeness.none')}</p>;
  const verdict: Verdict = similarity >= accept ? 'same' : similarity < refuseBelow ? 'other' : 'unsure';
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
      <LikenessScale similarity={similarity} thresholds={thresholds} curve={curve} />
      {curve && <HowOften curve={curve} similarity={similarity} />}
    </div>
  );
}

type HowOftenProps = { readonly curve: NonNullable<Scores['curve']>; readonly similarity: number };

/** What a score of 0.41 means is not to be known by heart. */
function HowOften({ curve, similarity }: HowOftenProps) {
  const { t, locale } = usePage();
  const shares = sharesAt(curve, similarity);
  if (!shares) return null;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const share = (part: number): string =>
    part === 0
      ? t('likeness.nobody')
      : part < RARE
        ? t('likeness.rare', { share: percent.format(RARE) })
        : percent.format(part);
  return (
    <dl className="how-often">
      <dt className="strangers">{t('likeness.strangers')}</dt>
      <dd>{share(shares.strangersFrom)}</dd>
      <dt className="genuine">{t('likeness.genuine')}</dt>
      <dd>{share(shares.genuineBelow)}</dd>
    </dl>
  );
}

/** What is rarer is said to be: a few hundred pairs say no more. */
const RARE = 0.001;
