import type { Given } from '../../contract/words/form.ts';
import type { Key } from './mark.ts';

/** An answer that is right: of several ways to say it the first. */
export const rightAnswerTo = ({ key, number, gaps }: Key): Given => ({
  chosen: key,
  ...(number ? { typed: String(number.value) } : {}),
  ...(gaps ? { gaps: gaps.map(({ accepted: [first = ''] }) => first) } : {}),
});
