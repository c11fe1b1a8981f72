import type { Observation } from '../engine/observation.ts';
import type { Measure } from '../quality/report.ts';
import { isSeenAgain, type PhoneLooks, withLook } from './phones.ts';

/**
 * Watches over a seat between two identifications. What a single frame shows is no finding: a condition must last before
 * it is told, and be gone for a while before it may be told again. Pure: what was, one more frame, and what is.
 */
export const CONDITIONS = [
  'no-face',
  'several-faces',
  'looking-away',
  'eyes-closed',
  'face-covered',
  'camera-covered',
  'phone-seen',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** How long a condition must last before it is told, and how long it must be gone before it is over. */
export type Patience = { readonly raiseMs: number; readonly clearMs: number };

/** A hand on the chin, a glance at the desk, a sneeze, glasses pushed up: all of them are over sooner. */
export const USUAL_PATIENCE: Readonly<Record<Condition, Patience>> = {
  'no-face': { raiseMs: 4_000, clearMs: 1_500 },
  'several-faces': { raiseMs: 2_500, clearMs: 3_000 },
  'looking-away': { raiseMs: 10_000, clearMs: 3_000 },
  'eyes-closed': { raiseMs: 12_000, clearMs: 3_000 },
  'face-covered': { raiseMs: 10_000, clearMs: 3_000 },
  'camera-covered': { raiseMs: 2_500, clearMs: 1_500 },
  'phone-seen': { raiseMs: 500, clearMs: 20_000 },
};

type Level = {
  readonly ms: number;
  readonly raised: boolean;
  readonly since: number;
  /** When a frame last told of it: not every frame tells of everything. */
  readonly at: number;
};
export type Monitor = {
  readonly levels: Readonly<Record<Condition, Level>>;
  /** What the last looks for things took for a phone, oldest first. */
  readonly phones: PhoneLooks;
};
export type Finding = {
  readonly condition: Condition;
  /** What a proctor can judge it by. */
  readonly evidence: Evidence;
};
export type Evidence = {
  readonly lastedMs: number;
  readonly faces: number;
  readonly yaw?: number;
  readonly eyesOpen?: number;
  readonly light?: number;
  readonly score?: number;
};

/** Frames farther apart than this say nothing about the time between them. */
const [USUAL_GAP_MS, FIRST_MS] = [1_500, 500];
/** Things are looked for in every third frame only. */
const MAX_GAP_MS: Readonly<Partial<Record<Condition, number>>> = { 'phone-seen': 5_000 };
/** As far as a face can still be compared. In poor contrast a head turned by 49 degrees looks turned by 39. */
const AWAY_DEGREES = 35;
/** Of lids drawn over the eyes of three people every look is below; of people at work, in 20 feeds, 4 looks in 280 are. */
const CLOSED = 0.45;
/** A lens under a thumb or a cloth: dark or of one colour, and no edge anywhere. */
const COVERED = { contrast: 9, dark: 12 } as const;

export const startMonitor = (at: number): Monitor => ({
  levels: Object.fromEntries(
    CONDITIONS.map((one) => [one, { ms: 0, raised: false, since: at, at }]),
  ) as Monitor['levels'],
  phones: [],
});

/** @param at milliseconds on the clock that started the monitor */
export function watchSeat(
  monitor: Monitor,
  seen: Observation,
  at: number,
  patience: Readonly<Record<Condition, Patience>> = USUAL_PATIENCE,
): { readonly monitor: Monitor; readonly raised: readonly Finding[]; readonly cleared: readonly Condition[] } {
  const raised: Finding[] = [];
  const cleared: Condition[] = [];
  const levels = { ...monitor.levels };
  const phones = withLook(monitor.phones, seen, at);
  for (const condition of CONDITIONS) {
    const holds = conditionHolds(condition, seen, phones);
    if (holds === undefined) continue;
    const before = levels[condition];
    // Nobody knows how long before its first frame something began.
    const limit = before.ms === 0 ? FIRST_MS : (MAX_GAP_MS[condition] ?? USUAL_GAP_MS);
    const passed = Math.min(at - before.at, limit);
    const after = step(before, holds, passed, patience[condition], at);
    levels[condition] = after;
    if (after.raised && !before.raised) raised.push({ condition, evidence: evidenceOf(seen, at - after.since) });
    if (before.raised && !after.raised) cleared.push(condition);
  }
  return { monitor: { levels, phones }, raised, cleared };
}

/**
 * A level that fills while the condition holds and empties while it does not, each at its own speed: odd frames in between
 * change little, and nothing flickers.
 */
function step(level: Level, holds: boolean, passed: number, { raiseMs, clearMs }: Patience, at: number): Level {
  const change = holds ? passed : -passed * (raiseMs / clearMs);
  const ms = Math.min(Math.max(level.ms + change, 0), raiseMs);
  const raised = level.raised ? ms > 0 : ms >= raiseMs;
  return { ms, raised, since: ms === 0 ? at : level.since, at };
}

/** Nothing where the frame does not tell. */
function conditionHolds(
  condition: Condition,
  { scene, faces, signs, things, reason, quality }: Observation,
  phones: PhoneLooks,
): boolean | undefined {
  const covered = scene.contrast < COVERED.contrast || scene.mean < COVERED.dark;
  switch (condition) {
    case 'camera-covered':
      return covered && faces.length === 0;
    case 'no-face':
      return faces.length === 0 && !covered;
    case 'several-faces':
      return reason === 'several-faces';
    case 'looking-away':
      return signs ? Math.abs(signs.yaw) > AWAY_DEGREES : undefined;
    case 'eyes-closed':
      return signs ? signs.eyesOpen < CLOSED : undefined;
    case 'face-covered':
      return signs ? quality.some(isCovered) : undefined;
    case 'phone-seen':
      return things && isSeenAgain(phones);
  }
}

/** A mask, a scarf: whoever wears it cannot be compared. */
const isCovered = ({ component, verdict }: Measure): boolean =>
  component === 'FaceOcclusionPrevention' && verdict === 'fail';

function evidenceOf({ scene, faces, signs, things }: Observation, lastedMs: number): Evidence {
  const phone = things?.find(({ kind }) => kind === 'cell-phone');
  return {
    lastedMs: Math.round(lastedMs),
    faces: faces.length,
    light: Math.round(scene.mean),
    ...(signs ? { yaw: Math.round(signs.yaw), eyesOpen: rounded(signs.eyesOpen) } : {}),
    ...(phone ? { score: rounded(phone.score) } : {}),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
