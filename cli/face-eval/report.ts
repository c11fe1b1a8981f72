import { escapeHtml, htmlReport } from '../html.ts';
import type { Evaluation } from './evaluation.ts';
import type { ErrorRates } from './verification.ts';

/** The evaluation as one HTML file that needs nothing else: figures, and the DET curve as SVG. */
export function detReport(evaluation: Evaluation, title: string): string {
  const { pairs, photos, genuine, impostor, folds, failuresToDetect, unreadable } = evaluation;
  const facts: readonly (readonly [string, string])[] = [
    ['Pairs', `${pairs} of ${photos} photos (${genuine} same, ${impostor} different compared)`],
    [
      'Accuracy',
      folds > 1
        ? `${percent(evaluation.accuracy)} ± ${percent(evaluation.accuracyStandardError)} (standard error over ${folds} folds, threshold from the others)`
        : `${percent(evaluation.accuracy)} at the best threshold of these same pairs: optimistic`,
    ],
    ['Equal error rate', percent(evaluation.eer)],
    ['No face found', `${failuresToDetect} photos; they match nobody`],
    ['Unreadable', `${unreadable.length} photos; they match nobody`],
    ['Time', `${evaluation.msPerImage.toFixed(1)} ms per photo and thread, decoding included`],
  ];
  const points = evaluation.points.map(
    ({ targetFmr, threshold, fnmr, fnmrInterval: [from, to] }) =>
      `<tr><td>${targetFmr}</td><td>${threshold.toFixed(4)}</td><td>${percent(fnmr)}</td><td>${percent(from)} to ${percent(to)}</td></tr>`,
  );
  const body = [
    `<table>${facts.map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</table>`,
    '<h2>Thresholds</h2>',
    `<table><tr><th>FMR at most</th><th>threshold</th><th>FNMR</th><th>95 % interval</th></tr>${points.join('')}</table>`,
    '<h2>Detection error trade-off</h2>',
    detCurve(evaluation.curve),
  ];
  return htmlReport(title, body.join('\n'));
}

const SIZE = { width: 640, height: 480, left: 64, bottom: 48 } as const;
/** Rates below the least are drawn on the axis. */
const LEAST = 1e-6;
const MOST = 1;
const TICKS = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1] as const;

/** Where a rate stands on a logarithmic axis, 0..1: the way NIST draws the trade-off of face verification. */
const place = (rate: number): number =>
  (Math.log10(Math.max(rate, LEAST)) - Math.log10(LEAST)) / (Math.log10(MOST) - Math.log10(LEAST));
const x = (fmr: number): number => SIZE.left + place(fmr) * (SIZE.width - SIZE.left);
const y = (fnmr: number): number => (1 - place(fnmr)) * (SIZE.height - SIZE.bottom);

/** The DET curve alone, as an SVG file. */
export function detCurve(curve: readonly ErrorRates[]): string {
  const grid = TICKS.map(
    (tick) => `<path class="grid" d="M${x(tick)} 0V${SIZE.height - SIZE.bottom}M${SIZE.left} ${y(tick)}H${SIZE.width}"/>
<text x="${x(tick)}" y="${SIZE.height - SIZE.bottom + 18}" text-anchor="middle">${tick}</text>
<text x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="False non-matches against false matches">
<style>.grid{stroke:#d3dce2}.curve{fill:none;stroke:#0b6b66;stroke-width:2.5}text{font:12px system-ui,sans-serif;fill:#51606c}</style>
${grid.join('\n')}
<path class="curve" d="M${drawn(curve).join('L')}"/>
<text x="${(SIZE.left + SIZE.width) / 2}" y="${SIZE.height - 8}" text-anchor="middle">false match rate</text>
<text transform="rotate(-90)" x="${-(SIZE.height - SIZE.bottom) / 2}" y="14" text-anchor="middle">false non-match rate</text>
</svg>`;
}

/** The corners of the line: millions of points draw the same as some hundreds. */
function drawn(curve: readonly ErrorRates[]): string[] {
  const points = curve.map(({ fmr, fnmr }) => ({ u: x(fmr).toFixed(1), v: y(fnmr).toFixed(1) }));
  const moved = points.filter(({ u, v }, i) => u !== points[i - 1]?.u || v !== points[i - 1]?.v);
  const corners = moved.filter(({ u, v }, i) => {
    const [before, after] = [moved[i - 1], moved[i + 1]];
    return !((u === before?.u && u === after?.u) || (v === before?.v && v === after?.v));
  });
  return corners.map(({ u, v }) => `${u} ${v}`);
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
