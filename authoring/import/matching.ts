import { isBlank, tidy } from './cells.ts';
import type { Unread } from './markup/index.ts';
import { type Passage, plain } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { type MatchQuestion, readMatched } from './question.ts';
import { markupIn } from './typed-markup.ts';

/** A premise, nothing where the answer belongs to none, and the words of its answer. */
export type MatchedPair = { readonly premise: Passage | Unread | undefined; readonly answer: string };

/**
 * A matching question as Moodle has it: answers are words, those that say the same are one, and all of them can be put beside each
 * premise.
 */
export function readPairsOf(
  question: Omit<MatchQuestion, 'premises' | 'options' | 'key'>,
  pairs: readonly MatchedPair[],
): ItemReading {
  const answers = pairs.map(({ answer }) => tidy(answer));
  if (pairs.some(({ premise, answer }) => premise && isBlank(answer))) return refuse('key-missing');
  const construct = answers.map(markupIn).find((found) => found !== undefined);
  if (construct !== undefined) return refuse('construct-unread', { construct });
  const options = [...new Set(answers)].filter((answer) => answer !== '');
  const asked = pairs.flatMap(({ premise }, at) => (premise ? [{ premise, answer: answers[at] ?? '' }] : []));
  return readMatched({
    ...question,
    premises: asked.map(({ premise }) => premise),
    options: options.map(plain),
    key: asked.map(({ answer }) => options.indexOf(answer)),
  });
}
