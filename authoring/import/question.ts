import type { ItemDraft, ItemKind, OptionDraft } from '../../contract/words/items.ts';
import { readJudgement } from './answers.ts';
import { isBlank, tidy } from './cells.ts';
import { tidyContent } from './content.ts';
import type { NumberKey } from './number-answers.ts';
import { bytesOf, lacksPicture, type Passage, shown } from './passage.ts';
import { type ItemReading, type RowReason, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import { asksForPicture } from './stem.ts';

/** A question as the exchange formats know one: options with their weight, of which more than nothing means right. */
export type Question = {
  /** Whether one option is right, or may be several; true-false tells itself by its options. */
  readonly several: boolean;
  /** Nothing where it holds what is neither text nor picture. */
  readonly stem: Passage | undefined;
  readonly options: readonly { readonly text: Passage | undefined; readonly right: boolean }[];
  readonly topic: string;
  /** Nothing behind the name: there is one, and it holds what is neither text nor picture. */
  readonly explanation?: Passage | undefined;
  /** Whether the file says that options stay where they are. */
  readonly fixedOrder?: boolean | undefined;
  /** What the reader left out, by the names of its format. */
  readonly leftOut?: readonly string[] | undefined;
};

export function readQuestion(question: Question): ItemReading {
  const { several, stem, options, topic, explanation, fixedOrder = false } = question;
  const texts = options.map(({ text }) => text);
  if (!stem || !texts.every((text) => text !== undefined)) return refuse('picture-needed');
  const problem = problemOf(stem, texts, explanation);
  if (problem) return refuse(problem);
  if (options.length < 2) return refuse('options-missing');
  const key = options.flatMap(({ right }, at) => (right ? [at] : []));
  if (key.length === 0) return refuse('key-missing');
  if (!several && key.length > 1) return refuse('key-count');
  const draft: ItemDraft = {
    kind: kindOf(several, texts),
    stem: { zh: tidyContent(stem.text) },
    ...shown(stem),
    options: texts.map(optionOf),
    key,
    ...about(topic, explanation),
    ...(fixedOrder ? { fixedOrder } : {}),
  };
  return telling(itemOf(draft, [], bytesOf([stem, ...texts])), question);
}

/** A question that is answered with a number. */
export function readNumeric(
  question: Pick<Question, 'stem' | 'topic' | 'explanation' | 'leftOut'>,
  key: NumberKey,
): ItemReading {
  const { stem, topic, explanation } = question;
  if (!stem) return refuse('picture-needed');
  const problem = problemOf(stem, [], explanation);
  if (problem) return refuse(problem);
  const draft: ItemDraft = {
    kind: 'numeric',
    stem: { zh: tidyContent(stem.text) },
    ...shown(stem),
    options: [],
    key: [],
    ...key,
    ...about(topic, explanation),
  };
  return telling(itemOf(draft, [], bytesOf([stem])), question);
}

/** What was left out goes with what was read; of an explanation that is more than words only those are kept. */
function telling(reading: ItemReading, question: Pick<Question, 'explanation' | 'leftOut'>): ItemReading {
  const { explanation, leftOut = [] } = question;
  const isLess = explanation ? explanation.pictures.length > 0 : 'explanation' in question;
  const all = [...leftOut, ...(isLess ? ['explanation'] : [])];
  return reading.ok && all.length > 0 ? { ...reading, leftOut: [...(reading.leftOut ?? []), ...all] } : reading;
}

function problemOf(stem: Passage, texts: readonly Passage[], explanation: Passage | undefined): RowReason | undefined {
  if ([stem, ...texts, explanation].some((passage) => passage?.tableUnreadable)) return 'table-unreadable';
  if ([stem, ...texts].some(lacksPicture)) return 'picture-needed';
  if (speaksInVain(stem, texts)) return 'picture-needed';
  return isBlank(stem.text) ? 'stem-missing' : undefined;
}

/** Whether it speaks of a picture, and has none. */
const speaksInVain = (stem: Passage, texts: readonly Passage[]): boolean =>
  [stem, ...texts].every(({ pictures }) => pictures.length === 0) &&
  [stem, ...texts].some(({ text }) => asksForPicture(text));

const optionOf = (passage: Passage): OptionDraft => ({
  ...(isBlank(passage.text) && passage.pictures.length > 0 ? {} : { zh: tidyContent(passage.text) }),
  ...shown(passage),
});

/** An explanation is words; where it has a picture too, or nothing else, the words are what is kept. */
function about(topic: string, explanation: Passage | undefined): Pick<ItemDraft, 'topic' | 'explanation'> {
  const why = tidyContent(explanation?.text ?? '');
  return { topic: tidy(topic), ...(why === '' ? {} : { explanation: { zh: why } }) };
}

function kindOf(several: boolean, texts: readonly Passage[]): ItemKind {
  if (several) return 'multiple';
  const said = texts.map(({ text }) => readJudgement(text));
  return texts.length === 2 && said.includes(true) && said.includes(false) ? 'true-false' : 'single';
}
