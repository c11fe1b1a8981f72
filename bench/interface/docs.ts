import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Weight } from './bundle.ts';
import type { HostSpeed, InterfaceBench } from './index.ts';
import type { SittingSpeed } from './sitting.ts';
import type { Answered, Interactions, Spread } from './summary.ts';
import type { Counted, TapsBench, Way } from './taps.ts';

/** Puts what was measured where it is read: between the marks of that name in docs/interface.md. */
export function writeIntoDocs(name: 'speed' | 'taps', text: string): void {
  const file = join(resolve(import.meta.dirname, '../..'), 'docs/interface.md');
  const before = readFileSync(file, 'utf8');
  const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(before)) throw new Error(`${file} has no place for ${name}`);
  writeFileSync(
    file,
    before.replace(marked, (_, from: string, to: string) => `${from}${text}\n${to}`),
  );
}

const PLACES = { browser: 'headless Chromium', kiosk: 'kiosk' } as const;

type Cell = (speed: HostSpeed) => string;
const some = (...spreads: readonly Spread[]): string =>
  spreads.map(({ medianMs, p95Ms }) => `${medianMs.toFixed(0)}, ${p95Ms.toFixed(0)}`).join('; ');
const watched =
  (of: (speed: SittingSpeed) => string): Cell =>
  (speed) =>
    'skipped' in speed.watched ? '–' : of(speed.watched);
const byMeans = ({ by: { mouse, touch, key } }: Answered): string => some(mouse, touch, key);
const tasksAMinute = ({ longTasks: { count, seconds } }: SittingSpeed): string => ((count / seconds) * 60).toFixed(0);
const unaskedOn = ({ shifts }: Interactions): number =>
  Object.values(shifts).reduce((sum, { unasked }) => sum + unasked, 0);

const ROWS: Readonly<Record<string, Cell>> = {
  'first paint, nothing kept; again': ({ loads: { cold, again } }) => some(cold.firstPaint, again.firstPaint),
  'first screen usable, nothing kept; again': ({ loads: { cold, again } }) => some(cold.usable, again.usable),
  'an act until its picture, camera watching': watched(({ untilPaint }) => some(untilPaint)),
  'the same without a camera': ({ unwatched }) => some(unwatched.untilPaint),
  'a button on a bare page': ({ bare }) => some(bare.untilPaint),
  'by mouse; touch; key, camera watching': watched(byMeans),
  'by mouse; touch; key, without one': ({ unwatched }) => byMeans(unwatched),
  'by mouse; touch; key, on a bare page': ({ bare }) => byMeans(bare),
  'an act by Event Timing, camera watching': watched(({ eventTiming }) => some(eventTiming)),
  'p95 watched to unwatched, by mouse; touch; key': ({ ratios: { mouse, touch, key } }) =>
    [mouse, touch, key].map(({ watchedToUnwatched }) => watchedToUnwatched?.toFixed(2) ?? '–').join('; '),
  'tasks over 50 ms a minute of exam, watching; not': (speed) =>
    [watched(tasksAMinute)(speed), tasksAMinute(speed.unwatched)].join('; '),
  'moved unasked, all screens of the worse sitting': ({ unwatched, watched: other }) =>
    Math.max(unaskedOn(unwatched), 'skipped' in other ? 0 : unaskedOn(other)).toFixed(4),
};

export function speedTable({ hosts, bundle, rounds, laps }: InterfaceBench): string {
  const measured = Object.entries(hosts).flatMap(([name, speed]) =>
    'skipped' in speed ? [] : [{ name: PLACES[name as keyof typeof PLACES], speed }],
  );
  return [
    `| ms: median, p95 | ${measured.map(({ name }) => name).join(' | ')} |`,
    `|---|${measured.map(() => '---').join('|')}|`,
    ...Object.entries(ROWS).map(([what, of]) => `| ${[what, ...measured.map(({ speed }) => of(speed))].join(' | ')} |`),
    '',
    `${rounds} loads and ${laps} laps over the paper each. Loaded first: ${weight(bundle.first)}; of ${weight(bundle.all)} in all.`,
  ].join('\n');
}

const weight = ({ files, bytes, gzipBytes }: Weight): string =>
  `${files} files, ${Math.round(bytes / 1000)} kB (${Math.round(gzipBytes / 1000)} kB gzipped)`;

export function tapsTable({ ways, deeds }: TapsBench): string {
  const row = (what: string, { taps, keys, seconds }: Counted): string =>
    `| ${what} | ${taps} | ${keys} | ${seconds.toFixed(1)} |`;
  const wayRows = ([name, { candidate, proctor }]: [string, Way]): readonly string[] => [
    row(proctor ? `${name}: to the wait for the unlock` : `${name}: to the first item`, candidate),
    ...(proctor ? [row(`${name}: the proctor unlocks`, proctor)] : []),
  ];
  return [
    '| | taps | keys | seconds |',
    '|---|---|---|---|',
    ...('skipped' in ways ? [] : Object.entries(ways as Readonly<Record<string, Way>>).flatMap(wayRows)),
    ...Object.entries(deeds).map(([deed, counted]) => row(`a proctor, \`${deed}\``, counted)),
  ].join('\n');
}
