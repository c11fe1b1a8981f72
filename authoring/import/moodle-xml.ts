import { Refusal } from '../../contract/words/reasons.ts';
import { type Find, formatNamed, isUnread, passageOf, type Unread, writtenPassage } from './markup/index.ts';
import { numberKey } from './numbers.ts';
import { type Passage, plain, unescapeAddress } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readNumeric, readQuestion } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { allNamed, childNamed, parseXml, textOf, type XmlNode } from './xml.ts';

/**
 * Moodle XML: multiple choice with one or several right answers, true or false, one number. Any other kind of question is rejected as
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
  if (type === 'numerical') return readNumerical(question, topic);
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
  const number = seen(answer);
  const key = numberKey(isUnread(number) ? '' : number.text, tolerance ? textOf(tolerance) : '0');
  if (!key) return refuse('key-unreadable');
  const about = { topic, explanation: seen(childNamed(question, 'generalfeedback')) };
  return readNumeric({ stem: seen(childNamed(question, 'questiontext')), ...about }, key);
}

const JUDGED: Readonly<Record<string, string>> = { true: '正确', false: '错误' };

const judged = (passage: Passage | Unread): Passage | Unread =>
  isUnread(passage) ? passage : { ...passage, text: JUDGED[passage.text.toLowerCase()] ?? passage.text };
