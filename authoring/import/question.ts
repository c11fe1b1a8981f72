import type { ItemDraft, ItemKind, OptionDraft } from '../../contract/words/items.ts';
import { readJudgement } from './answers.ts';
import { isBlank, tidy } from './cells.ts';
import { tidyContent } from './content.ts';
import { charOf } from './labels.ts';
import type { NumberKey } from './numbers.ts';
import { bytesOf, lacksPicture, type Passage, plain, shown } from './passage.ts';
import { type ItemReading, type RowReason, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import { KIND_NAMES, type WrittenRow } from './written-row.ts';

/** A question as the exchange formats know one: options with their weight, of which more than nothing means right. */
export type Question = {
  /** Whether one option is right, or may be several; true-false tells itself by its options. */
  readonly several: boolean;
  /** Nothing where it holds what is neither text nor picture. */
  readonly stem: Passage | undefined;
  readonly options: readonly { readonly text: Passage | undefined; readonly right: boolean }[];
  readonly topic: string;
  readonly explanation?: Passage | undefined;
};

/** The item of a question; of one that is none, what stood there is kept for whoever mends it. */
export function readQuestion(question: Question): ItemReading {
  const reading = itemOfQuestion(question);
  return reading.ok ? reading : { ...reading, written: () => writtenQuestion(question) };
}

function itemOfQuestion({ several, stem, options, topic, explanation }: Question): ItemReading {
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
  };
  return itemOf(draft, [], bytesOf([stem, ...texts]));
}

/** A question that is answered with a number. */
export function readNumeric(
  { stem, topic, explanation }: Pick<Question, 'stem' | 'topic' | 'explanation'>,
  key: NumberKey,
): ItemReading {
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
  return itemOf(draft, [], bytesOf([stem]));
}

function problemOf(stem: Passage, texts: readonly Passage[], explanation: Passage | undefined): RowReason | undefined {
  if ([stem, ...texts, explanation].some((passage) => passage?.tableUnreadable)) return 'table-unreadable';
  if ([stem, ...texts].some(lacksPicture)) return 'picture-needed';
  return isBlank(stem.text) ? 'stem-missing' : undefined;
}

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

const found = (passage: Passage | undefined): Passage['pictures'] => passage?.pictures ?? [];

const writtenQuestion = ({ several, stem, options, topic, explanation }: Question): WrittenRow => ({
  kind: KIND_NAMES[
    kindOf(
      several,
      options.map(({ text }) => text ?? plain('')),
    )
  ],
  ...{ stem: stem?.text ?? '', options: options.map(({ text }) => text?.text ?? ''), topic },
  key: options.map(({ right }, at) => (right ? charOf(at) : '')).join(''),
  about: explanation && !isBlank(explanation.text) ? { explanation: explanation.text } : {},
  pictures: { stem: found(stem), options: new Map(options.map(({ text }, at) => [at, found(text)])) },
});
