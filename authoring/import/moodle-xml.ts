import { Refusal } from '../../contract/words/reasons.ts';
import { isBlank } from './cells.ts';
import { type Find, formatNamed, isUnread, passageOf, type Unread, writtenPassage } from './markup/index.ts';
import { readPairsOf } from './matching.ts';
import { withOldPicture, withoutUnused } from './moodle-files.ts';
import { readParts } from './moodle-parts.ts';
import { moodleTopic } from './moodle-topic.ts';
import { readNumberAnswers, takesNear } from './number-answers.ts';
import { type Passage, plain, unescapeAddress } from './passage.ts';
import { openPassages } from './passage-questions.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readNumeric, readOrdered, readQuestion, readWords } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { paysTwice, saysMore } from './weights.ts';
import type { Reading } from './workbook.ts';
import { allNamed, childNamed, parseXml, textOf, type XmlNode } from './xml.ts';

/**
 * Moodle XML: multiple choice with one or several right answers, true or false, one number, words, an order, pairs. Any other kind of question is rejected as
 * `kind-unknown`, by its name. Rows are the numbers of the questions in the file. Source: docs.moodle.org/en/Moodle_XML_format.
 * @throws Refusal `not-a-workbook` where it is no quiz
 */
export function readMoodleXml(bytes: Uint8Array, { hidden: wanted = false }: Pick<Reading, 'hidden'> = {}): Source {
  const [quiz] = allNamed(parseXml(bytes), 'quiz');
  if (!quiz) throw new Refusal('not-a-workbook', 'XML, but neither a Moodle quiz nor a QTI item');
  const rows: ReadRow[] = [];
  let [topic, row, hidden] = ['', 0, 0];
  const passages = openPassages();
  for (const part of quiz.children) {
    const { type } = part.attributes;
    if (part.name === 'question' && type === 'category') {
      topic = categoryOf(part);
      passages.end();
    } else if (part.name === 'question') {
      row += 1;
      // One that its authors took back, or have deleted and Moodle keeps for old attempts.
      if (isHidden(part)) hidden += 1;
      if (wanted || !isHidden(part))
        rows.push({
          ...{ sheet: '', row },
          reading: passages.checked(type, withoutUnused(readOne(part, topic), part), () =>
            withOldPicture(seen(childNamed(part, 'questiontext')), part),
          ),
        });
    } else if (textOf(part).trim() !== '') {
      row += 1;
      rows.push({ sheet: '', row, reading: refuse('construct-unread', { construct: `<quiz>${part.name || '…'}` }) });
    }
  }
  return {
    ...{ rows, skippedSheets: [] },
    ...(hidden > 0 ? { hidden: [{ sheet: '', what: 'questions', count: hidden, read: wanted }] } : {}),
  };
}

const textIn = (question: XmlNode, name: string): string => {
  const part = childNamed(question, name);
  return part ? textOf(part).trim() : '';
};

const isHidden = (question: XmlNode): boolean => !/^(0(\.0*)?|false)?$/i.test(textIn(question, 'hidden'));

const categoryOf = (question: XmlNode): string =>
  moodleTopic(textOf(childNamed(childNamed(question, 'category'), 'text') ?? question));

/** The text of `<answer><text>...`, as a reader sees it, with the files beside it. */
function seen(node: XmlNode | undefined): Passage | Unread {
  if (!node) return plain('');
  const { format: name = '' } = node.attributes;
  const format = formatNamed(name);
  if (!format) return refuse('construct-unread', { construct: `format="${name}"` });
  const files = node.children.filter((child) => child.name === 'file');
  const written = childNamed(node, 'text') ?? node;
  const find: Find = (src) => {
    const [, path = ''] = /^@@PLUGINFILE@@\/(.*)$/.exec(unescapeAddress(src)) ?? [];
    const file = files.find(({ attributes }) => `${attributes.path ?? '/'}${attributes.name ?? ''}` === `/${path}`);
    return file && Buffer.from(textOf(file), 'base64');
  };
  // Markup that was not escaped is a part of the file's own.
  const isMarkup = written !== node && written.children.some((child) => child.name !== '');
  return isMarkup ? passageOf(written, find) : writtenPassage(textOf(written), format, find);
}

function readOne(question: XmlNode, topic: string): ItemReading {
  const { type } = question.attributes;
  if (type === undefined) return refuse('kind-missing');
  const read = READERS.get(type);
  if (!read) return refuse('kind-unknown', { construct: type });
  const parts = readParts(question);
  return parts.ok ? read(question, topic, parts.leftOut) : parts;
}

type Read = (question: XmlNode, topic: string, leftOut: readonly string[]) => ItemReading;
const READERS: ReadonlyMap<string, Read> = new Map([
  ['numerical', readNumerical],
  ['multichoice', readChoice],
  ['truefalse', readChoice],
  ['shortanswer', readShortAnswer],
  ['ordering', readOrdering],
  ['matching', readMatching],
]);

const answersIn = (question: XmlNode): readonly XmlNode[] => question.children.filter(({ name }) => name === 'answer');

/** In hundredths of the marks; nothing where it is no number. */
const worthOf = ({ attributes: { fraction = '0' } }: XmlNode): number | undefined =>
  fraction.trim() === '' ? 0 : Number.isFinite(Number(fraction)) ? Number(fraction) : undefined;

function readChoice(question: XmlNode, topic: string, leftOut: readonly string[]): ItemReading {
  const isJudged = question.attributes.type === 'truefalse';
  const several = !isJudged && /^(false|0)$/i.test(textIn(question, 'single'));
  const answers = answersIn(question);
  const weights = answers.flatMap((answer) => worthOf(answer) ?? []);
  if (weights.length < answers.length || (several && paysTwice(weights)))
    return refuse('construct-unread', { construct: '<answer fraction>' });
  const most = Math.max(...weights);
  // Of one right answer others may be worth a part: they are not right.
  const isRight = (at: number): boolean => {
    const weight = weights[at] ?? 0;
    return weight > 0 && (several || weight === most);
  };
  const options = answers.map((answer, at) => ({
    text: isJudged ? judged(seen(answer)) : seen(answer),
    right: isRight(at),
  }));
  return readQuestion({
    ...{ several, stem: withOldPicture(seen(childNamed(question, 'questiontext')), question), options, topic },
    explanation: seen(childNamed(question, 'generalfeedback')),
    fixedOrder: /^(false|0)$/i.test(textIn(question, 'shuffleanswers')),
    leftOut: [...leftOut, ...(saysMore(weights, isRight) ? ['answer weight'] : [])],
  });
}

function readNumerical(question: XmlNode, topic: string, leftOut: readonly string[]): ItemReading {
  const unread = unreadUnit(question);
  if (unread) return refuse('construct-unread', { construct: unread });
  const answers = answersIn(question).map((answer) => {
    const value = seen(answer);
    const takes = takesNear(isUnread(value) ? '' : value.text, textIn(answer, 'tolerance'));
    return { worth: worthOf(answer) ?? Number.NaN, takes };
  });
  const found = readNumberAnswers(answers, '<answer fraction="100">');
  if (!found.ok) return found;
  const [unit = ''] = allNamed(question, 'unit_name').map((name) => textOf(name).trim());
  const asked = {
    ...{ topic, stem: withOldPicture(seen(childNamed(question, 'questiontext')), question) },
    explanation: seen(childNamed(question, 'generalfeedback')),
    leftOut: [...leftOut, ...(found.partly ? ['answer weight'] : [])],
  };
  return readNumeric(asked, { ...found.key, ...(unit === '' ? {} : { unit }) });
}

/** One unit stands behind the number. Several, one that is a part of the answer, or a tolerance that is none in numbers, is another question. */
function unreadUnit(question: XmlNode): string | undefined {
  const units = allNamed(question, 'unit');
  const multipliers = units.map((unit) => Number(textIn(unit, 'multiplier') || '1'));
  if (units.length > 1 || multipliers.some((by) => by !== 1)) return '<units>';
  if (!/^0?$/.test(textIn(question, 'unitgradingtype'))) return '<unitgradingtype>';
  if (textIn(question, 'instructions') !== '') return '<instructions>';
  const types = answersIn(question).map((answer) => textIn(answer, 'tolerancetype'));
  return types.every((type) => /^(2|nominal)?$/i.test(type)) ? undefined : '<tolerancetype>';
}

/** Every answer that is worth all marks counts; what one is worth only in part has no place in a key. */
function readShortAnswer(question: XmlNode, topic: string, leftOut: readonly string[]): ItemReading {
  const worth = answersIn(question).filter((answer) => worthOf(answer) !== 0);
  if (worth.some((answer) => worthOf(answer) !== 100))
    return refuse('construct-unread', { construct: '<answer fraction>' });
  const texts = worth.map((answer) => textOf(childNamed(answer, 'text') ?? answer));
  return readWords({ ...askedIn(question, topic), leftOut }, texts, /^(1|true)$/i.test(textIn(question, 'usecase')));
}

/** Its answers stand in the right order. Where only some of them are asked for, which ones is left to chance. */
function readOrdering(question: XmlNode, topic: string, leftOut: readonly string[]): ItemReading {
  if (!/^(0|ALL)?$/i.test(textIn(question, 'selecttype')))
    return refuse('construct-unread', { construct: '<selecttype>' });
  // Moodle writes the place of each as its fraction; in another order than these it cannot be told which of the two is meant.
  const answers = answersIn(question);
  const fractions = answers.map((answer) => worthOf(answer) ?? Number.NaN);
  if (!fractions.every((fraction, at) => at === 0 || fraction >= (fractions[at - 1] ?? 0)))
    return refuse('construct-unread', { construct: '<answer fraction>' });
  const options = answers.map((answer) => ({ text: seen(answer), right: true }));
  return readOrdered({ ...askedIn(question, topic), options, leftOut });
}

/** What belongs to nothing is an answer beside no words. Answers always move, whatever is said of the rest. */
function readMatching(question: XmlNode, topic: string, leftOut: readonly string[]): ItemReading {
  const pairs = allNamed(question, 'subquestion').map((part) => {
    const premise = seen(part);
    const isNone = !isUnread(premise) && isBlank(premise.text) && premise.pictures.length === 0;
    const answer = childNamed(part, 'answer');
    return {
      premise: isNone ? undefined : premise,
      answer: answer ? textOf(childNamed(answer, 'text') ?? answer) : '',
    };
  });
  return readPairsOf({ ...askedIn(question, topic), leftOut }, pairs);
}

const askedIn = (question: XmlNode, topic: string) => ({
  ...{ stem: withOldPicture(seen(childNamed(question, 'questiontext')), question), topic },
  explanation: seen(childNamed(question, 'generalfeedback')),
});

const JUDGED: ReadonlyMap<string, string> = new Map([
  ['true', '正确'],
  ['false', '错误'],
]);

const judged = (passage: Passage | Unread): Passage | Unread =>
  isUnread(passage) ? passage : { ...passage, text: JUDGED.get(passage.text.trim().toLowerCase()) ?? passage.text };
