import { Refusal } from '../../contract/words/reasons.ts';
import { htmlPassage } from './html.ts';
import { numberKey } from './numbers.ts';
import { type Passage, plain, unescapeAddress } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readNumeric, readOrdered, readQuestion, readWords } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { allNamed, childNamed, parseXml, textOf, type XmlNode } from './xml.ts';

/**
 * Moodle XML: multiple choice with one or several right answers, true or false, one number, words, an order. Any other kind of question is rejected as
 * `kind-unknown`. Rows are the numbers of the questions in the file. Source: docs.moodle.org/en/Moodle_XML_format.
 * @throws Refusal `not-a-workbook` where it is no quiz
 */
export function readMoodleXml(bytes: Uint8Array): Source {
  const [quiz] = allNamed(parseXml(bytes), 'quiz');
  if (!quiz) throw new Refusal('not-a-workbook', 'XML, but neither a Moodle quiz nor a QTI item');
  const rows: ReadRow[] = [];
  let topic = '';
  for (const question of quiz.children.filter(({ name }) => name === 'question')) {
    const { type } = question.attributes;
    if (type === 'category') topic = categoryOf(question);
    else rows.push({ sheet: '', row: rows.length + 1, reading: readOne(question, topic) });
  }
  return { rows, skippedSheets: [] };
}

const categoryOf = (question: XmlNode): string =>
  textOf(childNamed(childNamed(question, 'category'), 'text') ?? question)
    .replace(/^\s*\$(course|system|module)\$\/?(top\/?)?/, '')
    .trim();

/** The text of `<answer><text>...`, as a reader sees it, with the files beside it; nothing where it is more than that. */
function seen(node: XmlNode | undefined): Passage | undefined {
  if (!node) return plain('');
  const text = textOf(childNamed(node, 'text') ?? node);
  if (node.attributes.format === 'plain_text') return plain(text);
  const files = node.children.filter(({ name }) => name === 'file');
  return htmlPassage(text, (src) => {
    const [, path = ''] = /^@@PLUGINFILE@@\/(.*)$/.exec(unescapeAddress(src)) ?? [];
    const file = files.find(({ attributes }) => `${attributes.path ?? '/'}${attributes.name ?? ''}` === `/${path}`);
    return file && Buffer.from(textOf(file), 'base64');
  });
}

function readOne(question: XmlNode, topic: string): ItemReading {
  const { type } = question.attributes;
  if (type === 'numerical') return readNumerical(question, topic);
  if (type === 'shortanswer') return readShortAnswer(question, topic);
  if (type === 'ordering') return readOrdering(question, topic);
  if (type !== 'multichoice' && type !== 'truefalse') return refuse('kind-unknown');
  const single = textOf(childNamed(question, 'single') ?? question).trim();
  const several = type === 'multichoice' && /^(false|0)$/i.test(single);
  const answers = question.children.filter(({ name }) => name === 'answer');
  const fractions = answers.map(({ attributes: { fraction } }) => Number(fraction ?? 0));
  const most = Math.max(...fractions);
  const options = answers.map((answer, at) => ({
    text: type === 'truefalse' ? judged(seen(answer)) : seen(answer),
    // Of one right answer others may be worth a part: they are not right.
    right: several ? (fractions[at] ?? 0) > 0 : (fractions[at] ?? 0) > 0 && fractions[at] === most,
  }));
  const stem = seen(childNamed(question, 'questiontext'));
  return readQuestion({ several, stem, options, topic, explanation: seen(childNamed(question, 'generalfeedback')) });
}

/** One number is right; where several are worth something, which one is meant cannot be known. */
function readNumerical(question: XmlNode, topic: string): ItemReading {
  const worth = question.children.filter(
    ({ name, attributes }) => name === 'answer' && Number(attributes.fraction) > 0,
  );
  const [answer] = worth;
  if (!answer || worth.length > 1 || answer.attributes.fraction !== '100') return refuse('kind-unknown');
  const [tolerance] = allNamed(answer, 'tolerance');
  const key = numberKey(seen(answer)?.text ?? '', tolerance ? textOf(tolerance) : '0');
  if (!key) return refuse('key-unreadable');
  const about = { topic, explanation: seen(childNamed(question, 'generalfeedback')) };
  return readNumeric({ stem: seen(childNamed(question, 'questiontext')), ...about }, key);
}

/** Every answer that is worth all marks counts; what one is worth only in part has no place in a key. */
function readShortAnswer(question: XmlNode, topic: string): ItemReading {
  const answers = question.children.filter(({ name }) => name === 'answer');
  const worth = answers.filter(({ attributes }) => Number(attributes.fraction) !== 0);
  if (worth.some(({ attributes }) => Number(attributes.fraction) !== 100))
    return refuse('construct-unread', { construct: 'answer fraction' });
  const texts = worth.map((answer) => textOf(childNamed(answer, 'text') ?? answer));
  const usecase = childNamed(question, 'usecase');
  return readWords(
    askedIn(question, topic),
    texts,
    usecase !== undefined && /^(1|true)$/i.test(textOf(usecase).trim()),
  );
}

/** Its answers stand in the right order. Where only some of them are asked for, which ones is left to chance. */
function readOrdering(question: XmlNode, topic: string): ItemReading {
  const some = childNamed(question, 'selecttype');
  if (some && !/^(0|ALL)$/i.test(textOf(some).trim())) return refuse('construct-unread', { construct: '<selecttype>' });
  const answers = question.children.filter(({ name }) => name === 'answer');
  const options = answers.map((answer) => ({ text: seen(answer), right: true }));
  const reading = readOrdered({ ...askedIn(question, topic), options });
  return reading.ok && childNamed(question, 'gradingtype') ? { ...reading, leftOut: ['<gradingtype>'] } : reading;
}

const askedIn = (question: XmlNode, topic: string) => ({
  ...{ stem: seen(childNamed(question, 'questiontext')), topic },
  explanation: seen(childNamed(question, 'generalfeedback')),
});

const JUDGED: Readonly<Record<string, string>> = { true: '正确', false: '错误' };

const judged = (passage: Passage | undefined): Passage | undefined =>
  passage && { ...passage, text: JUDGED[passage.text.trim().toLowerCase()] ?? passage.text };
