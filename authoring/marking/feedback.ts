import type { Feedback, Given } from '../../contract/words/form.ts';
import type { Item } from '../../contract/words/items.ts';
import { isRight, pairsOf } from './mark.ts';

/** What an answer was worth, what would have been right, and why. */
export function feedbackFor(item: Item, given: Given): Feedback {
  const { id, key, number, gaps, premises, explanation } = item;
  const told = {
    ...(number ? { rightNumber: number.value } : {}),
    ...(gaps ? { rightGaps: gaps.map(({ accepted }) => accepted) } : {}),
    ...(premises ? { rightPairs: pairsOf(item) } : {}),
    ...(explanation ? { explanation } : {}),
  };
  return { itemId: id, right: isRight(given, item), rightOptions: premises ? [] : key, ...told };
}
