import type { Given } from '../../contract/words/form.ts';
import { type Key, pairsOf } from './mark.ts';

/** An answer that is right: of several ways to say it the first. */
export const rightAnswerTo = ({ key, number, gaps, premises }: Key): Given => ({
  ...(premises ? { chosen: [], pairs: pairsOf({ key, premises }) } : { chosen: key }),
  ...(number ? { typed: String(number.value) } : {}),
  ...(gaps ? { gaps: gaps.map(({ accepted: [first = ''] }) => first) } : {}),
});
