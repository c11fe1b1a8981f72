import { Meter } from 'react-aria-components/Meter';
import type { Scores } from '../../contract/page/proctor-desk.ts';
import { usePage } from '../context.ts';
import { type Stretch, stretchesOf } from './score-shares.ts';

type ScaleProps = Pick<Scores, 'thresholds' | 'curve'> & { readonly similarity: number };

/** Units of the drawing, which is as wide as there is room. */
const [WIDTH, HILLS, BAND] = [400, 36, 8];
/** Where nothing says how alike strangers are, less than this tells nobody anything. */
const [LEAST, MOST] = [-0.2, 1];

const clamped = (similarity: number): number => Math.min(MOST, Math.max(LEAST, similarity));
const placeOf = (similarity: number): number => ((clamped(similarity) - LEAST) / (MOST - LEAST)) * WIDTH;

/**
 * A similarity on a scale: below it what counts as somebody else, as unsure, and as the same person; above it how alike
 * strangers and the right people are, where the calibration says.
 */
export function LikenessScale({ similarity, thresholds: { accept, refuseBelow }, curve }: ScaleProps) {
  const { t } = usePage();
  const stretches = curve ? stretchesOf(curve) : [];
  const here = placeOf(similarity);
  const zones = [
    ['other', LEAST, refuseBelow],
    ['unsure', refuseBelow, accept],
    ['same', accept, MOST],
  ] as const;
  return (
    <Meter
      className="likeness-scale"
      {...{ value: similarity, minValue: LEAST, maxValue: MOST }}
      valueLabel={t('likeness.measured', { similarity: similarity.toFixed(2), accept: accept.toFixed(2) })}
      aria-label={t('scores.similarity')}
    >
      <svg viewBox={`0 -8 ${WIDTH} ${HILLS + BAND + 8}`} aria-hidden="true">
        <path className="hill strangers" d={hillOf(stretches, 'strangers')} />
        <path className="hill genuine" d={hillOf(stretches, 'genuine')} />
        {zones.map(([zone, from, to]) => (
          <rect
            key={zone}
            className={`zone ${zone}`}
            x={placeOf(from)}
            y={HILLS}
            width={placeOf(to) - placeOf(from)}
            height={BAND}
          />
        ))}
        {[refuseBelow, accept].map((threshold) => (
          <path key={threshold} className="threshold" d={`M${placeOf(threshold)} 0V${HILLS + BAND}`} />
        ))}
        <path className="here" d={`M${here} ${HILLS + BAND}V0l-6 -8h12l-6 8`} />
      </svg>
    </Meter>
  );
}

/** As high as the commonest stretch, so that both kinds are seen: there are many more strangers than anybody has photos. */
function hillOf(stretches: readonly Stretch[], of: 'genuine' | 'strangers'): string {
  const highest = Math.max(...stretches.map((stretch) => stretch[of]));
  if (!(highest > 0)) return '';
  const points = stretches.map((stretch) => `${placeOf(stretch.at)} ${HILLS * (1 - stretch[of] / highest)}`);
  const ends = [stretches[0], stretches.at(-1)].map((end) => placeOf(end?.at ?? 0));
  return `M${ends[0]} ${HILLS}L${points.join('L')}L${ends[1]} ${HILLS}Z`;
}
