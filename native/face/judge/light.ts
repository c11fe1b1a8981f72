import type { LightOutcome, ScreenColour } from '../../../contract/words/light.ts';
import type { ReasonCode } from '../../../contract/words/reasons.ts';
import type { SkinLight } from '../quality/skin-light.ts';
import { comparing, type Fit, MAX_LAG_MS } from './light-fit.ts';
import { colourOf, drawLight, FADE_MS, LIGHT_MS, type Light, lightOf, STEP_MS } from './light-steps.ts';
import { median } from './median.ts';

/**
 * A challenge of light: the screen shows colours in an order that is drawn, and the skin before it must give them back. What
 * counts is skin against what is around it, in each picture: a camera that makes pictures brighter, darker or bluer does so
 * with both. A recording gives back nothing of what is shown now; of paper and of a wall the surroundings answer as the face
 * does. Pure: what was drawn and what was seen give what is to be said.
 */
export type LightSample = SkinLight & {
  /** Milliseconds since the first colour. */
  readonly at: number;
};

export type LightVerdict = {
  readonly outcome: LightOutcome;
  readonly why?: ReasonCode;
  /** How much the face followed what was shown, -1..1. */
  readonly score?: number;
  /** What came back of each colour. */
  readonly seen?: readonly ScreenColour[];
  /** How much lighter it is before a white screen than before a dark one, as a part. */
  readonly answer?: number;
  readonly lagMs?: number;
};

/** Of other orders that could have been drawn, so many are held against what was seen. */
const OTHERS = 599;
/** Where no more of them fit as well as the one that was, it was answered: by chance that is one in three hundred, */
const AS_GOOD_ANSWERED = 1;
/** and where no more than these do, there may be an answer that is too weak to be sure of. */
const AS_GOOD_PERHAPS = 30;
/** Fewer pictures of the face say nothing. */
const LEAST_SAMPLES = 24;
/** Where more than this part of skin or wall is burnt out, it cannot become any brighter. */
const MOST_LOST = 0.5;
/** A face before a screen in a room that is lit answers at least so much; where less could be seen, silence means something. */
const EXPECTED = 0.02;
/** What shines by itself answers less than this, and so does a face in the sun. */
const WEAK = 0.006;

/** @param randomBelow draws the other orders */
export function judgeLight(
  drawn: readonly ScreenColour[],
  samples: readonly LightSample[],
  randomBelow: (limit: number) => number,
): LightVerdict {
  const used = samples.filter(({ at }) => at >= MAX_LAG_MS && at <= LIGHT_MS);
  if (used.length < LEAST_SAMPLES) return { outcome: 'cannot-tell', why: 'light-too-few' };
  if (median(used.map(({ lost }) => lost)) > MOST_LOST) return { outcome: 'cannot-tell', why: 'too-bright' };
  const others = Array.from({ length: OTHERS }, () => drawLight(randomBelow));
  const compare = comparing(
    used.map(({ at }) => at),
    drawn,
    others,
  );
  const { fit, asGood, floor } = compare(used.map(({ skin, around }) => ratioOf(skin, around)));
  const { score, answer, lagMs } = fit;
  const said = { score, answer, lagMs, seen: seenIn(used, drawn, fit) };
  if (asGood <= AS_GOOD_ANSWERED && fit.answer >= WEAK) return { outcome: 'answered', ...said };
  // What was seen may be an answer that something else spoils.
  const perhaps = asGood <= AS_GOOD_PERHAPS || (fit.answer >= EXPECTED && floor <= EXPECTED);
  if (perhaps) return { outcome: 'cannot-tell', why: 'light-weak', ...said };
  if (floor > EXPECTED) return { outcome: 'cannot-tell', why: 'light-unsteady', ...said };
  // Where face and surroundings follow together, as paper does before a screen.
  const whole = compare(used.map(({ skin }) => ratioOf(skin, GREY)));
  const flat = whole.asGood <= AS_GOOD_ANSWERED && whole.fit.answer >= EXPECTED;
  return { outcome: 'unanswered', ...(flat ? { why: 'light-everywhere' } : {}), ...said };
}

const GREY: Light = [1, 1, 1];
/** A channel that is black is next to nothing, and no less. */
const NEXT_TO_NOTHING = 1e-5;
const ratioOf = (skin: Light, around: Light): Light =>
  both(skin, around, (p, q) => Math.log(Math.max(p, NEXT_TO_NOTHING) / Math.max(q, NEXT_TO_NOTHING)));

/** What came back of each colour, as colours again: so that whoever looks at both sees whether they are alike. */
function seenIn(
  samples: readonly LightSample[],
  drawn: readonly ScreenColour[],
  { answer, lagMs }: Pick<Fit, 'answer' | 'lagMs'>,
): readonly ScreenColour[] {
  const ratios = samples.map(({ skin, around, at }) => ({ at, light: ratioOf(skin, around) }));
  const usual = meanOf(ratios.map(({ light }) => light));
  const shown = meanOf(drawn.map(lightOf));
  return drawn.map((_, step) => {
    const inStep = ratios.filter(({ at }) => isSteady(at - lagMs, step)).map(({ light }) => light);
    const back = inStep.length > 0 ? meanOf(inStep) : usual;
    const strength = Math.max(answer, LEAST_SEEN);
    return colourOf(
      both(
        shown,
        both(back, usual, (p, q) => (p - q) / strength),
        (p, q) => p + q,
      ),
    );
  });
}

/** Weaker answers are not made larger, or noise would be shown as colours. */
const LEAST_SEEN = 0.02;
const isSteady = (at: number, step: number): boolean => at >= step * STEP_MS + FADE_MS && at < (step + 1) * STEP_MS;
const both = (p: Light, q: Light, join: (p: number, q: number) => number): Light => [
  join(p[0], q[0]),
  join(p[1], q[1]),
  join(p[2], q[2]),
];
const meanOf = (lights: readonly Light[]): Light =>
  lights.reduce((sum, light) => both(sum, light, (p, q) => p + q / lights.length), [0, 0, 0] as Light);
