import type { Locale } from '../../contract/words/localized.ts';
import { faceReportWords } from '../../messages/face-report.ts';
import { escapeHtml, htmlReport, htmlTable } from '../html.ts';
import type { Evaluation, Figures, Interval } from './evaluation.ts';
import type { ErrorRates } from './verification.ts';

/** The evaluation as one HTML file that needs nothing else: figures by group, and the DET curves as SVG. */
export function detReport(evaluation: Evaluation, pairs: string, lang: Locale = 'zh'): string {
  const words = faceReportWords[lang];
  const { folds, failuresToDetect, unreadable, accuracy, accuracyStandardError: error } = evaluation;
  const facts: readonly (readonly [string, string])[] = [
    [words.pairs, words.comparisons(evaluation.pairs, evaluation.photos, evaluation.genuine, evaluation.impostor)],
    [
      words.accuracy,
      folds > 1 ? words.overFolds(percent(accuracy), percent(error), folds) : words.ofTheSame(percent(accuracy)),
    ],
    [words.equalErrorRate, percent(evaluation.eer)],
    [words.notFound, words.matchNobody(failuresToDetect)],
    [words.unreadable, words.matchNobody(unreadable.length)],
    [words.time, words.perPhoto(evaluation.msPerImage.toFixed(1))],
  ];
  const everybody = { name: words.everybody, ...evaluation };
  const body = [
    htmlTable(['', ''], facts),
    ...[everybody, ...evaluation.groups].map((group) => figuresTables(group, lang)),
    `<h2>${words.trade}</h2>`,
    detCurve([everybody, ...evaluation.groups]),
  ];
  return htmlReport(words.title(pairs), body.join('\n'), lang);
}

function figuresTables({ name, ...figures }: Figures & { readonly name: string }, lang: Locale): string {
  const words = faceReportWords[lang];
  const between = ([from, to]: Interval): string => `${percent(from)} ${words.to} ${percent(to)}`;
  const points = figures.points.map(({ targetFmr, threshold, fnmr, fnmrInterval }) => {
    const once = figures.balanced.find((point) => point.targetFmr === targetFmr);
    const balanced = once ? `${once.threshold.toFixed(4)}, ${percent(once.fnmr)}, ${between(once.fnmrInterval)}` : '–';
    return [String(targetFmr), threshold.toFixed(4), percent(fnmr), between(fnmrInterval), balanced];
  });
  const used = figures.atThresholds.map(({ name: which, threshold, fmr, fmrInterval, fnmr, fnmrInterval }) => [
    ...[words.names[which], threshold.toFixed(4)],
    ...[percent(fmr), between(fmrInterval), percent(fnmr), between(fnmrInterval)],
  ]);
  const usedHead = [words.inUse, words.threshold, words.fmr, words.interval, words.fnmr, words.interval];
  return [
    `<h2>${escapeHtml(name)}</h2><p class="muted">${words.who(figures.people, figures.genuine, figures.impostor)}</p>`,
    htmlTable([words.fmrAtMost, words.threshold, words.fnmr, words.interval, words.balancedFnmr], points),
    ...(used.length > 0 ? [htmlTable(usedHead, used)] : []),
  ].join('\n');
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

type Line = { readonly name: string; readonly curve: readonly ErrorRates[] };
/** Told apart by how they are dashed, too. */
const STROKES = ['#0b6b66', '#a3420b', '#3b4fa0', '#7a2f73'] as const;
const DASHES = ['none', '7 4', '2 3', '10 3 2 3'] as const;

/** The DET curves alone, as an SVG file. */
export function detCurve(lines: readonly Line[]): string {
  const curves = lines.map(({ name, curve }, i) => {
    const look = `stroke="${STROKES[i % STROKES.length]}" stroke-dasharray="${DASHES[i % DASHES.length]}"`;
    const top = 20 + 18 * i;
    const legend = `<path class="curve" ${look} d="M${SIZE.width - 190} ${top}h28"/><text x="${SIZE.width - 156}" y="${top + 4}">${escapeHtml(name)}</text>`;
    return `<path class="curve" ${look} d="M${drawn(curve).join('L')}"/>${lines.length > 1 ? legend : ''}`;
  });
  const grid = TICKS.map(
    (tick) => `<path class="grid" d="M${x(tick)} 0V${SIZE.height - SIZE.bottom}M${SIZE.left} ${y(tick)}H${SIZE.width}"/>
<text x="${x(tick)}" y="${SIZE.height - SIZE.bottom + 18}" text-anchor="middle">${tick}</text>
<text x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="False non-matches against false matches">
<style>.grid{stroke:#d3dce2}.curve{fill:none;stroke-width:2.5}text{font:12px system-ui,sans-serif;fill:#51606c}</style>
${grid.join('\n')}
${curves.join('\n')}
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
