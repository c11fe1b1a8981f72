import type { Weight } from './bundle.ts';
import type { HostSpeed, InterfaceBench } from './index.ts';
import type { Load } from './loads.ts';
import type { SittingSpeed } from './sitting.ts';
import type { Answered, Interactions, Spread } from './summary.ts';

/** How the bench of the interface reads. */
const cell = (value: number): string => value.toFixed(1).padStart(8);
const line = (name: string, { medianMs, p95Ms, maxMs, count }: Spread): string =>
  `${name.padEnd(34)} ${cell(medianMs)} ${cell(p95Ms)} ${cell(maxMs)} ${String(count).padStart(6)}`;
const HEAD = `${'ms'.padEnd(34)} ${['median', 'p95', 'most'].map((word) => word.padStart(8)).join(' ')} ${'times'.padStart(6)}`;

export function interfaceInWords({ rounds, laps, bundle, hosts }: InterfaceBench): string {
  const places = Object.entries(hosts).map(([name, speed]) =>
    'skipped' in speed ? `${name}: ${speed.skipped}` : `${name}\n${hostInWords(speed)}`,
  );
  return `${rounds} loads, ${laps} laps over the paper
the page: first ${weightInWords(bundle.first)}; all ${weightInWords(bundle.all)}

${places.join('\n\n')}
`;
}

const weightInWords = ({ files, bytes, gzipBytes }: Weight): string =>
  `${files} files, ${bytes} bytes (${gzipBytes} gzipped)`;

function hostInWords({ loads, bare, unwatched, watched, ratios }: HostSpeed): string {
  const sittings = 'skipped' in watched ? { unwatched } : { unwatched, watched };
  return [
    HEAD,
    ...loadInWords('cold', loads.cold),
    ...loadInWords('again', loads.again),
    ...answeredInWords('a bare button', bare),
    ...Object.entries(sittings).flatMap(([name, sitting]) => answeredInWords(name, sitting)),
    ...('skipped' in watched ? [`watched: ${watched.skipped}`] : slowestActs(watched)),
    ...Object.entries(sittings).map(([name, sitting]) => duringInWords(name, sitting)),
    ...Object.entries(ratios).map(([means, some]) => `p95 by ${means}: ${ratiosInWords(some)}`),
    ...Object.entries({ loading: loads, ...sittings }).flatMap(([name, { shifts }]) => shiftsInWords(name, shifts)),
  ].join('\n');
}

const answeredInWords = (name: string, { untilPaint, by, eventTiming }: Answered): readonly string[] => [
  line(`${name}, until painted`, untilPaint),
  ...Object.entries(by).map(([means, spread]) => line(`  by ${means}`, spread)),
  line(`${name}, Event Timing`, eventTiming),
];

const ratiosInWords = (ratios: object): string =>
  Object.entries(ratios)
    .map(([name, ratio]) => `${name} ${Number(ratio).toFixed(2)}`)
    .join(', ');

const loadInWords = (name: string, { firstPaint, largestPaint, usable }: Load): readonly string[] => [
  line(`${name}, first paint`, firstPaint),
  line(`${name}, largest paint`, largestPaint),
  line(`${name}, usable`, usable),
];

const SHOWN_ACTS = 5;
const slowestActs = ({ byAct }: SittingSpeed): readonly string[] =>
  Object.entries(byAct)
    .toSorted(([, p], [, q]) => q.p95Ms - p.p95Ms)
    .slice(0, SHOWN_ACTS)
    .map(([name, spread]) => line(`  ${name}`, spread));

function duringInWords(name: string, { longTasks, framesPerSecond, pauses }: SittingSpeed): string {
  const { count, longestMs, longestAfter = 'nothing', seconds } = longTasks;
  return `${name}: ${count} tasks over 50 ms in ${seconds.toFixed(0)} s of exam (the longest ${longestMs.toFixed(0)} ms, after ${longestAfter}), ${framesPerSecond.toFixed(1)} frames a second, ${pauses} pauses`;
}

const SHOWN_MOVES = 4;
const shiftsInWords = (name: string, shifts: Interactions['shifts']): readonly string[] =>
  Object.entries(shifts).map(([screen, { unasked, afterInput, upon }]) => {
    const moves = Object.entries(upon)
      .toSorted(([, p], [, q]) => q.value - p.value)
      .slice(0, SHOWN_MOVES)
      .map(([act, { value, what }]) => `${act} ${value.toFixed(4)}: ${what}`);
    return `${name}: moved on ${screen} ${unasked.toFixed(4)} unasked, ${afterInput.toFixed(4)} after input (${moves.join('; ')})`;
  });
