import { type GiftAnswers, readAnswers } from './gift-answers.ts';
import { hide, show } from './gift-escapes.ts';
import { type Paragraph, paragraphsOf } from './gift-paragraphs.ts';
import { formatNamed, type TextFormat, type Unread, writtenPassage } from './markup/index.ts';
import { readPairsOf } from './matching.ts';
import { moodleTopic } from './moodle-topic.ts';
import { readNumberAnswers } from './number-answers.ts';
import { type Passage, plain } from './passage.ts';
import { openPassages } from './passage-questions.ts';
import { type ItemReading, refuse } from './problems.ts';
import { type Question, readNumeric, readQuestion, readWords } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { decodeText } from './text.ts';
import { paysTwice, saysMore } from './weights.ts';

/**
 * Moodle's GIFT: single and multiple choice, true or false, one number, words, pairs. Any other kind of question is rejected as `kind-unknown`, by
 * its name. Rows are lines of the file. Source: docs.moodle.org/en/GIFT_format.
 * @throws Refusal `not-a-workbook` where the bytes are no text
 */
export function readGift(bytes: Uint8Array): Source {
  const rows: ReadRow[] = [];
  let topic = '';
  const passages = openPassages();
  for (const paragraph of paragraphsOf(decodeText(bytes))) {
    const category = /^\$CATEGORY:\s*(.*)$/.exec(paragraph.text)?.[1];
    if (category !== undefined) {
      topic = moodleTopic(category);
      passages.end();
      continue;
    }
    const reading = readOne(paragraph, topic);
    const kind = reading.ok ? undefined : reading.construct;
    const said = () => seen(withoutTitle(hide(paragraph.text)));
    rows.push({ sheet: '', row: paragraph.line, reading: passages.checked(kind, reading, said) });
  }
  return { rows, skippedSheets: [] };
}

/** A text behind the name of its format; without one it has that of the question. */
function formatted(text: string, usual: TextFormat): { readonly format: TextFormat; readonly body: string } {
  const [, name, body = ''] = /^\s*(?:\[(html|moodle|plain|markdown)\])?(.*)$/is.exec(text) ?? [];
  return { format: (name && formatNamed(name)) || usual, body };
}

/** The format carries no files. */
function seen(text: string, usual: TextFormat = 'moodle'): Passage | Unread {
  const { format, body } = formatted(text, usual);
  return writtenPassage(show(body), format, () => undefined);
}

/** What a question is about, besides what stands between its braces. */
type Asked = Pick<Question, 'stem' | 'topic' | 'explanation' | 'leftOut'> & {
  /** The format of a question is that of its answers, unless one says another. */
  readonly seen: (text: string) => Passage | Unread;
};

const withoutTitle = (text: string): string => text.replace(/^\s*::[^:]*(?::[^:]+)*::/, '');

function readOne({ text: paragraph, tags }: Paragraph, topic: string): ItemReading {
  const text = withoutTitle(hide(paragraph));
  if (!/[{}]/.test(text)) return refuse('kind-unknown', { construct: 'description' });
  const [, before = '', block, after = ''] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/s.exec(text) ?? [];
  if (block === undefined) {
    const isSeveral = /^[^{}]*(\{[^{}]*\}[^{}]*){2,}$/s.test(text);
    return isSeveral
      ? refuse('kind-unknown', { construct: 'several {}' })
      : refuse('construct-unread', { construct: '{ without }' });
  }
  const { format } = formatted(before, 'moodle');
  const inFormat = (part: string): Passage | Unread => seen(part, format);
  const end = block.lastIndexOf('####');
  const asked: Asked = {
    topic,
    // A word is missing in the middle of the sentence.
    stem: seen(after.trim() === '' ? before : `${before.trimEnd()}（ ）${after.trimStart()}`),
    ...(end < 0 ? {} : { explanation: inFormat(block.slice(end + 4)) }),
    leftOut: tags,
    seen: inFormat,
  };
  return readKind(readAnswers(end < 0 ? block : block.slice(0, end)), asked);
}

function readKind(answers: GiftAnswers, { seen: inFormat, ...asked }: Asked): ItemReading {
  if (answers.is === 'other') return refuse('kind-unknown', { construct: answers.kind });
  if (answers.is === 'unread') return refuse('construct-unread', { construct: answers.construct });
  if (answers.is === 'pairs') {
    const pairs = answers.pairs.map(({ premise, answer }) => ({
      premise: premise === '' ? undefined : inFormat(premise),
      answer: show(answer),
    }));
    return readPairsOf(asked, pairs);
  }
  const told = (more: boolean): readonly string[] => [
    ...(asked.leftOut ?? []),
    ...(answers.feedback ? ['feedback'] : []),
    ...(more ? ['answer weight'] : []),
  ];
  if (answers.is === 'number') {
    const found = readNumberAnswers(answers.answers, '{#=}');
    return found.ok ? readNumeric({ ...asked, leftOut: told(found.partly) }, found.key) : found;
  }
  if (answers.is === 'words')
    return readWords(
      { ...asked, leftOut: told(false) },
      answers.choices.map(({ text }) => show(text)),
    );
  if (answers.is === 'judgement') {
    const options = [
      { text: plain('正确'), right: answers.right },
      { text: plain('错误'), right: !answers.right },
    ];
    return readQuestion({ ...asked, several: false, options, leftOut: told(false) });
  }
  const { choices } = answers;
  const several = !choices.some(({ mark }) => mark === '=');
  const weights = choices.map(({ weight }) => weight);
  if (several && paysTwice(weights)) return refuse('construct-unread', { construct: '~%100%' });
  const isRight = (at: number): boolean => (several ? (weights[at] ?? 0) > 0 : choices[at]?.mark === '=');
  const options = choices.map(({ text }, at) => ({ text: inFormat(text), right: isRight(at) }));
  return readQuestion({ ...asked, several, options, leftOut: told(saysMore(weights, isRight)) });
}
