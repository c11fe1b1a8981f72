import type { GapKey, ItemDraft, ItemKind, OptionDraft } from '../../contract/words/items.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { readJudgement } from './answers.ts';
import { bareTex } from './bare-tex.ts';
import { isBlank, tidy } from './cells.ts';
import { emphasisSpokenOf } from './emphasis.ts';
import { charOf } from './labels.ts';
import { isUnread, type Unread } from './markup/index.ts';
import type { NumberKey } from './number-answers.ts';
import { bytesOf, lacksPicture, type Passage, plain, shown } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import { asksForPicture } from './spoken-pictures.ts';
import { markupIn } from './typed-markup.ts';
import { KIND_NAMES, type WrittenRow } from './written-row.ts';

/** A question as the exchange formats know one: options with their weight, of which more than nothing means right. */
export type Question = {
  /** Whether one option is right, or may be several; true-false tells itself by its options. */
  readonly several: boolean;
  readonly stem: Passage | Unread;
  readonly options: readonly { readonly text: Passage | Unread; readonly right: boolean }[];
  readonly topic: string;
  readonly explanation?: Passage | Unread | undefined;
  /** Whether the file says that options stay where they are. */
  readonly fixedOrder?: boolean | undefined;
  /** What the reader left out, by the names of its format. */
  readonly leftOut?: readonly string[] | undefined;
};

/** The item of a question; of one that is none, what stood there is kept for whoever mends it. */
export function readQuestion(question: Question): ItemReading {
  const reading = itemOfQuestion(question);
  return reading.ok ? reading : { ...reading, written: () => writtenQuestion(question) };
}

function itemOfQuestion(question: Question): ItemReading {
  const { several, stem, options, topic, explanation, fixedOrder = false } = question;
  const read = passagesOf(
    stem,
    options.map(({ text }) => text),
    explanation,
  );
  if ('reason' in read) return read;
  if (options.length < 2) return refuse('options-missing');
  const key = options.flatMap(({ right }, at) => (right ? [at] : []));
  if (key.length === 0) return refuse('key-missing');
  if (!several && key.length > 1) return refuse('key-count');
  const draft: ItemDraft = {
    kind: kindOf(several, read.texts),
    stem: wordsOf(read.stem),
    ...shown(read.stem),
    options: read.texts.map(optionOf),
    key,
    ...about(topic, explanation),
    ...(fixedOrder ? { fixedOrder } : {}),
  };
  return withLeftOut(itemOf(draft, [], bytesOf([read.stem, ...read.texts])), read, question);
}

/** A question that is answered with a number. */
export function readNumeric(
  question: Pick<Question, 'stem' | 'topic' | 'explanation' | 'leftOut'>,
  key: NumberKey,
): ItemReading {
  const { stem, topic, explanation } = question;
  const read = passagesOf(stem, [], explanation);
  if ('reason' in read) return read;
  const draft: ItemDraft = {
    kind: 'numeric',
    stem: wordsOf(read.stem),
    ...shown(read.stem),
    options: [],
    key: [],
    ...key,
    ...about(topic, explanation),
  };
  return withLeftOut(itemOf(draft, [], bytesOf([read.stem])), read, question);
}

/** A question that is answered with words: each of these counts, as it stands there. */
export function readWords(
  question: Pick<Question, 'stem' | 'topic' | 'explanation' | 'leftOut'>,
  answers: readonly string[],
  caseCounts = false,
): ItemReading {
  // A star stands for any words, and behind a backslash for itself.
  if (answers.some((text) => /(?<!\\)\*/.test(text))) return refuse('construct-unread', { construct: '*' });
  const accepted = answers.map((text) => text.replaceAll('\\*', '*'));
  return readGapped(question, [{ accepted, ...(caseCounts ? { caseCounts } : {}) }]);
}

/** A question that is answered with words in gaps. */
export function readGapped(
  question: Pick<Question, 'stem' | 'topic' | 'explanation' | 'leftOut'>,
  keys: readonly GapKey[],
): ItemReading {
  const { stem, topic, explanation } = question;
  const read = passagesOf(stem, [], explanation);
  if ('reason' in read) return read;
  const construct = keys
    .flatMap(({ accepted }) => accepted)
    .map(markupIn)
    .find((found) => found !== undefined);
  if (construct !== undefined) return refuse('construct-unread', { construct });
  const gaps = keys.map(({ accepted, ...gap }) => ({
    ...gap,
    accepted: [...new Set(accepted.map(tidy))].filter((text) => text !== ''),
  }));
  if (gaps.some(({ accepted }) => accepted.length === 0)) return refuse('key-missing');
  const draft: ItemDraft = {
    kind: 'text',
    stem: wordsOf(read.stem),
    ...shown(read.stem),
    ...{ options: [], key: [] },
    gaps,
    ...about(topic, explanation),
  };
  return withLeftOut(itemOf(draft, [], bytesOf([read.stem])), read, question);
}

/** A question that is answered by putting its options into the order in which they are given here. */
export function readOrdered(question: Omit<Question, 'several'>): ItemReading {
  const { stem, options, topic, explanation } = question;
  const read = passagesOf(
    stem,
    options.map(({ text }) => text),
    explanation,
  );
  if ('reason' in read) return read;
  if (options.length < 2) return refuse('options-missing');
  const draft: ItemDraft = {
    kind: 'order',
    stem: wordsOf(read.stem),
    ...shown(read.stem),
    options: read.texts.map(optionOf),
    key: read.texts.map((_, at) => at),
    ...about(topic, explanation),
  };
  return withLeftOut(itemOf(draft, [], bytesOf([read.stem, ...read.texts])), read, question);
}

/** A question that is answered by putting an option beside each premise; an option may be nobody's, or that of several. */
export type MatchQuestion = Omit<Question, 'several' | 'options'> & {
  readonly premises: readonly (Passage | Unread)[];
  readonly options: readonly (Passage | Unread)[];
  /** Of each premise the place of its option. */
  readonly key: readonly number[];
};

export function readMatched(question: MatchQuestion): ItemReading {
  const { stem, premises, options, key, topic, explanation, fixedOrder } = question;
  const read = passagesOf(stem, [...premises, ...options], explanation);
  if ('reason' in read) return read;
  if (premises.length === 0) return refuse('premises-missing');
  if (options.length < 2) return refuse('options-missing');
  const draft: ItemDraft = {
    kind: 'match',
    stem: wordsOf(read.stem),
    ...shown(read.stem),
    premises: read.texts.slice(0, premises.length).map(optionOf),
    options: read.texts.slice(premises.length).map(optionOf),
    key,
    ...about(topic, explanation),
    ...(fixedOrder ? { fixedOrder } : {}),
  };
  return withLeftOut(itemOf(draft, [], bytesOf([read.stem, ...read.texts])), read, question);
}

type Read = { readonly stem: Passage; readonly texts: readonly Passage[] };

/** What a candidate sees, where all of it can be shown. */
function passagesOf(
  stem: Passage | Unread,
  options: readonly (Passage | Unread)[],
  explanation: Passage | Unread | undefined,
): Read | Unread {
  if (isUnread(stem)) return stem;
  const unread = options.find(isUnread);
  if (unread) return unread;
  const texts = options.filter((option): option is Passage => !isUnread(option));
  const told = explanation && !isUnread(explanation) ? [explanation] : [];
  if ([stem, ...texts, ...told].some(({ tableUnreadable }) => tableUnreadable)) return refuse('table-unreadable');
  if ([stem, ...texts].some(lacksPicture) || speaksInVain(stem, texts)) return refuse('picture-needed');
  if (isBlank(stem.text)) return refuse('stem-missing');
  const [tex] = [stem, ...texts].flatMap(({ text }) => bareTex(text) ?? []);
  const construct = tex ?? emphasisSpokenOf(stem, texts);
  return construct === undefined ? { stem, texts } : refuse('construct-unread', { construct });
}

/** Whether it speaks of a picture, and has none. */
const speaksInVain = (stem: Passage, texts: readonly Passage[]): boolean =>
  [stem, ...texts].every(({ pictures }) => pictures.length === 0) &&
  [stem, ...texts].some(({ text }) => asksForPicture(text));

const wordsOf = ({ text, en }: Passage): Localized => ({ zh: text, ...(en ? { en } : {}) });

const optionOf = (passage: Passage): OptionDraft => ({
  ...(isBlank(passage.text) && passage.pictures.length > 0 ? {} : wordsOf(passage)),
  ...shown(passage),
});

/** An explanation is words; where it has a picture too, or nothing else, the words are what is kept. */
function about(topic: string, explanation: Question['explanation']): Pick<ItemDraft, 'topic' | 'explanation'> {
  const isKept = explanation && !isUnread(explanation) && !isBlank(explanation.text);
  return { topic: tidy(topic), ...(isKept ? { explanation: wordsOf(explanation) } : {}) };
}

type Told = Pick<Question, 'explanation' | 'leftOut'>;

function withLeftOut(
  reading: ItemReading,
  { stem, texts }: Read,
  { explanation, leftOut: read = [] }: Told,
): ItemReading {
  const seen = [stem, ...texts].flatMap((passage) => passage.leftOut ?? []);
  const leftOut = [...new Set([...read, ...seen, ...missingIn(explanation)])];
  return reading.ok && leftOut.length > 0 ? { ...reading, leftOut } : reading;
}

/** What an explanation has that is not kept: no candidate needs it to answer. */
function missingIn(explanation: Question['explanation']): readonly string[] {
  if (!explanation) return [];
  if (isUnread(explanation)) return [`explanation ${explanation.construct ?? ''}`.trim()];
  const missing = [...(explanation.leftOut ?? []), ...(explanation.pictures.length > 0 ? ['<img>'] : [])];
  return missing.map((construct) => `explanation ${construct}`);
}

function kindOf(several: boolean, texts: readonly Passage[]): ItemKind {
  if (several) return 'multiple';
  const said = texts.map(({ text }) => readJudgement(text));
  return texts.length === 2 && said.includes(true) && said.includes(false) ? 'true-false' : 'single';
}

const kept = (passage: Passage | Unread): Passage => (isUnread(passage) ? plain('') : passage);

function writtenQuestion({ several, topic, ...question }: Question): WrittenRow {
  const [stem, options] = [kept(question.stem), question.options.map(({ text }) => kept(text))];
  const explanation = question.explanation && kept(question.explanation).text;
  return {
    ...{ kind: KIND_NAMES[kindOf(several, options)], stem: stem.text, options: options.map(({ text }) => text), topic },
    key: question.options.map(({ right }, at) => (right ? charOf(at) : '')).join(''),
    about: {
      ...(explanation && !isBlank(explanation) ? { explanation } : {}),
      ...(question.fixedOrder ? { fixedOrder: '是' } : {}),
    },
    pictures: { stem: stem.pictures, options: new Map(options.map(({ pictures }, at) => [at, pictures])) },
  };
}
