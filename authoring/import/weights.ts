/** How banks of this product score is for the blueprint to say: of a format's weights an item keeps which options are right. */

/** A part of the marks that does not come out even is rounded: 33.33333 three times. */
const NEAR = 0.01;
const alike = (weights: readonly number[]): boolean =>
  weights.every((weight) => Math.abs(weight - (weights[0] ?? 0)) <= NEAR);

/**
 * Whether weights say more than which options are right: parts of different size, parts that come to less than all the marks, one that is
 * half right, wrong ones that cost different amounts. One amount for all that is wrong is how a format says that guessing costs.
 */
export function saysMore(weights: readonly number[], isRight: (at: number) => boolean): boolean {
  const right = weights.filter((_, at) => isRight(at));
  const wrong = weights.filter((_, at) => !isRight(at));
  const all = right.reduce((sum, weight) => sum + weight, 0);
  const paysLess = right.length > 0 && all < 100 - weights.length * NEAR;
  return paysLess || !alike(right) || !alike(wrong) || wrong.some((weight) => weight > 0);
}

/** Whether fewer than all the right options get all the marks: then any of them will do, and a key of them all asks for more. */
export const paysTwice = (weights: readonly number[]): boolean =>
  weights.filter((weight) => weight > 0).reduce((sum, weight) => sum + weight, 0) > 100 + weights.length * NEAR;
