import type { ItemKind } from '../../../contract/items.ts';
import { readJudgement } from './answers.ts';
import { isBlank, tidy } from './cells.ts';
import type { NumberKey } from './numbers.ts';
import { type ItemReading, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';

/** A question as the exchange formats know one: options with their weight, of which more than nothing means right. */
export type Question = {
  /** Whether one option is right, or may be several; true-false tells itself by its options. */
  readonly several: boolean;
  readonly stem: string | undefined;
  readonly options: readonly { readonly text: string | undefined; readonly right: boolean }[];
  readonly topic: string;
  readonly explanation?: string | undefined;
};

/** A text that is undefined holds a picture, or something else that cannot be shown. */
export function readQuestion({ several, stem, options, topic, explanation }: Question): ItemReading {
  const texts = options.map(({ text }) => text);
  if (stem === undefined || texts.includes(undefined)) return refuse('picture-needed');
  if (isBlank(stem)) return refuse('stem-missing');
  if (options.length < 2) return refuse('options-missing');
  const key = options.flatMap(({ right }, at) => (right ? [at] : []));
  if (key.length === 0) return refuse('key-missing');
  if (!several && key.length > 1) return refuse('key-count');
  return itemOf({
    kind: kindOf(several, texts as readonly string[]),
    stem: { zh: tidy(stem) },
    options: (texts as readonly string[]).map((text) => ({ zh: tidy(text) })),
    key,
    topic: tidy(topic),
    ...(explanation && !isBlank(explanation) ? { explanation: { zh: tidy(explanation) } } : {}),
  });
}

/** A question that is answered with a number. */
export function readNumeric(
  { stem, topic, explanation }: Pick<Question, 'stem' | 'topic' | 'explanation'>,
  key: NumberKey,
): ItemReading {
  if (stem === undefined) return refuse('picture-needed');
  if (isBlank(stem)) return refuse('stem-missing');
  const why = explanation && !isBlank(explanation) ? { explanation: { zh: tidy(explanation) } } : {};
  return itemOf({
    kind: 'numeric',
    stem: { zh: tidy(stem) },
    options: [],
    key: [],
    ...key,
    topic: tidy(topic),
    ...why,
  });
}

function kindOf(several: boolean, texts: readonly string[]): ItemKind {
  if (several) return 'multiple';
  const said = texts.map(readJudgement);
  return texts.length === 2 && said.includes(true) && said.includes(false) ? 'true-false' : 'single';
}
