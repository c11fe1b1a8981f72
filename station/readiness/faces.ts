import type { Check } from '../../contract/words/readiness.ts';
import { judged, words } from '../../messages/checks.ts';
import { MODEL_ROLES, type ModelStatus } from '../../native/face/index.ts';
import type { Facts } from './facts.ts';

/** Check-in looks at five usable pictures and asks for a blink, which lasts 150 ms and more. */
const FRAME_MS = 150;

export const facesChecks = (facts: Facts): readonly Check[] => [
  ...(facts.measured.models ? [modelsCheck(facts.measured.models)] : []),
  thresholdsCheck(facts),
  ...speedCheck(facts),
];

function modelsCheck(models: readonly ModelStatus[]): Check {
  const wrong = models.filter(({ state }) => state !== 'ok');
  const others = wrong.map(({ file }) => ` · ${file}`).join('');
  const found = words('found.models', { right: models.length - wrong.length, all: models.length, others });
  // A changed file is worse than none.
  const worst = wrong.find(({ state }) => state === 'models-altered') ?? wrong[0];
  const reason = worst && worst.state !== 'ok' ? worst.state : undefined;
  return judged({ name: 'models', found, expected: words('expected.models', { all: models.length }) }, reason);
}

function thresholdsCheck({ known: { thresholds } }: Facts): Check {
  const expected = words('expected.calibrated');
  // The station does not start with them.
  if (thresholds === 'unusable')
    return judged({ name: 'thresholds', found: words('found.none'), expected }, 'calibration-unusable', 'NOT READY');
  const { id, accept, refuseBelow: refuse } = thresholds;
  return judged({ name: 'thresholds', found: words('found.thresholds', { id, accept, refuse }), expected });
}

function speedCheck({ known: { faces }, measured: { frameMs } }: Facts): readonly Check[] {
  const expected = words('expected.frame', { ms: FRAME_MS });
  if (faces.state === 'failed')
    return [judged({ name: 'face-speed', found: words('found.none'), expected }, faces.reason ?? 'models-failed')];
  if (frameMs === undefined) return [];
  const found = words('found.frame', { ms: frameMs.toFixed(0) });
  return [judged({ name: 'face-speed', found, expected }, frameMs > FRAME_MS ? 'faces-slow' : undefined)];
}

/** What a picture at check-in costs, where every network that looks at it runs once. Things are looked for in exams only. */
export const frameCost = (costs: Readonly<Record<(typeof MODEL_ROLES)[number], number>>): number =>
  MODEL_ROLES.filter((role) => role !== 'objects').reduce((sum, role) => sum + costs[role], 0);
