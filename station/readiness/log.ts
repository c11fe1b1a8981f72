import type { Check } from '../../contract/words/readiness.ts';
import { judged, words } from '../../messages/checks.ts';
import type { Contradiction } from '../keep/log-heads/index.ts';
import type { Facts } from './facts.ts';

/** So long the line to the center may be gone before somebody has to look. */
const UNPROVEN_MS = 3_600_000;

/** Exams go on whatever the center does with its log: what is signed here is signed. But it has to be said, and kept. */
export function logCheck({ known: { log, now } }: Facts): readonly Check[] {
  if (!log) return [];
  const { entries: count = 0, unprovenSince, contradictions } = log;
  const measured = { name: 'log', expected: words('expected.log') } as const;
  const worst = contradictions.find(({ why }) => why !== 'time') ?? contradictions[0];
  if (worst) return [judged({ ...measured, found: both(worst) }, worst.why === 'time' ? 'log-time' : 'log-forked')];
  const late = unprovenSince && Date.parse(now) - Date.parse(unprovenSince) > UNPROVEN_MS;
  if (late) return [judged({ ...measured, found: words('found.log-unproven', { count }) }, 'log-unproven')];
  return [judged({ ...measured, found: words('found.log', { count }) })];
}

/** Which two heads, in figures that anybody can compare: entries, the beginning of the root, and when. */
const both = ({ first, second }: Contradiction) =>
  words('found.log-heads', { first: inFigures(first), second: inFigures(second) });

const inFigures = ({ size, root, at }: Contradiction['first']): string =>
  `${size} ${root.slice(0, 16)}${at ? ` ${at}` : ''}`;
