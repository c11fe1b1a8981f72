import type { Bulletin } from '../../contract/platform/bulletin.ts';
import { percent, rowName } from './bulletin-words.ts';
import { usePlatform } from './context.tsx';

/** More rows than that no picture shows. */
const MOST = 15;
const RATES = ['learning', 'sitting', 'passing'] as const;
const [NAMES, BARS, NUMBERS, BAR, GAP] = [170, 430, 80, 14, 14];
const HEIGHT = RATES.length * BAR + GAP;
const MOST_LETTERS = 12;

/** The three rates of the first rows, as bars. All of it stands in the table: whoever reads that misses nothing. */
export function BulletinChart({ bulletin: { rows, grouping } }: { readonly bulletin: Bulletin }) {
  const { t } = usePlatform();
  const shown = rows.filter(({ score }) => score !== null).slice(0, MOST);
  if (shown.length === 0) return null;
  const cut = (name: string) => (name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1)}…` : name);
  return (
    <figure className="bulletin-chart" aria-hidden="true">
      <figcaption>
        {t('bulletin.chart')}
        {RATES.map((name) => (
          <span key={name} className={`legend ${name}`}>
            {t(`bulletin.${name}`)}
          </span>
        ))}
      </figcaption>
      <div className="slot">
        <svg viewBox={`0 0 ${NAMES + BARS + NUMBERS} ${shown.length * HEIGHT}`} role="presentation">
          {shown.map((row, at) => (
            <g key={row.id ?? row.name} transform={`translate(0 ${at * HEIGHT + GAP / 2})`}>
              <text x={NAMES - 10} y={BAR * 1.9} textAnchor="end">
                {cut(rowName(t, row, grouping))}
              </text>
              {RATES.map((name, line) => (
                <g key={name} transform={`translate(${NAMES} ${line * BAR})`}>
                  <rect className={name} width={Math.max(1, (row[name] ?? 0) * BARS)} height={BAR - 2} />
                  <text className="number" x={(row[name] ?? 0) * BARS + 6} y={BAR - 4}>
                    {percent(row[name])}
                  </text>
                </g>
              ))}
            </g>
          ))}
        </svg>
      </div>
    </figure>
  );
}
