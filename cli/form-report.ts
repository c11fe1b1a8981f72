import type { Drawing, Simulation } from '../authoring/drawing/index.ts';
import { escapeHtml, htmlReport, htmlTable } from './html.ts';

/** A simulation as one HTML file: figures, and how often each item came up, in rotation and at random. */
export function exposureReport({ forms, items, rotation, random }: Simulation, title: string): string {
  const head = ['Cell', 'Items', 'Mean', 'Least', 'Most', 'Most / mean', 'Never'];
  const table = ({ exposure }: Drawing): string =>
    htmlTable(
      head,
      exposure.map(({ cell, items: count, mean, min, max, maxToMean, unused }) => [
        ...[cell, count, rounded(mean), min, max, rounded(maxToMean), unused],
      ]),
    );
  const facts = htmlTable(
    ['', 'In rotation', 'At random'],
    [
      ['Forms that break a rule', rotation.violations, random.violations],
      ['A form shares with the next, mean', share(rotation.overlap.mean), share(random.overlap.mean)],
      ['… at most', share(rotation.overlap.max), share(random.overlap.max)],
      ['Milliseconds a form, median', rounded(rotation.msPerForm.median), rounded(random.msPerForm.median)],
      ['… 99 of 100 at most', rounded(rotation.msPerForm.p99), rounded(random.msPerForm.p99)],
    ],
  );
  const body = [
    `<p>${forms} forms from ${items} items.</p>`,
    facts,
    '<h2>How often each item came up</h2>',
    '<p class="muted">Items from the one that came up most to the one that came up least. A flat line is an even burden.</p>',
    exposurePlot(rotation.counts, random.counts),
    `<h2>In rotation</h2>${table(rotation)}`,
    `<h2>At random</h2>${table(random)}`,
  ];
  return htmlReport(title, body.join('\n'));
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
const share = (part: number): string => `${(part * 100).toFixed(1)} %`;

const SIZE = { width: 640, height: 360, left: 56, bottom: 40 } as const;
/** More points than pixels draw nothing new. */
const POINTS = 400;

function exposurePlot(rotation: readonly number[], random: readonly number[]): string {
  const most = Math.max(rotation[0] ?? 0, random[0] ?? 0, 1);
  const line = (counts: readonly number[]): string => {
    const step = Math.max(1, Math.floor(counts.length / POINTS));
    const points = counts.flatMap((count, at) => (at % step === 0 ? [[at, count] as const] : []));
    return points.map(([at, count]) => `${x(at, counts.length)} ${y(count, most)}`).join('L');
  };
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * most));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="Exposure of each item">
<style>.grid{stroke:#d3dce2}.even{fill:none;stroke:#0b6b66;stroke-width:2.5}.random{fill:none;stroke:#b4552d;stroke-width:2}text{font:12px system-ui,sans-serif;fill:#51606c}</style>
${ticks.map((tick) => `<path class="grid" d="M${SIZE.left} ${y(tick, most)}H${SIZE.width}"/><text x="${SIZE.left - 8}" y="${Number(y(tick, most)) + 4}" text-anchor="end">${tick}</text>`).join('\n')}
<path class="random" d="M${line(random)}"/>
<path class="even" d="M${line(rotation)}"/>
<text x="${SIZE.width - 8}" y="20" text-anchor="end">${escapeHtml('— green: in rotation, red: at random')}</text>
<text x="${(SIZE.left + SIZE.width) / 2}" y="${SIZE.height - 8}" text-anchor="middle">items, most used first</text>
</svg>`;
}

const x = (at: number, of: number): string =>
  (SIZE.left + (at / Math.max(of - 1, 1)) * (SIZE.width - SIZE.left)).toFixed(1);
const y = (count: number, most: number): string =>
  ((1 - count / most) * (SIZE.height - SIZE.bottom - 8) + 8).toFixed(1);
