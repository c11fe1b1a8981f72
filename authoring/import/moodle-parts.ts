import { type ItemReading, refuse } from './problems.ts';
import { childNamed, textOf, type XmlNode } from './xml.ts';

/**
 * What becomes of each part of a Moodle question: `read` by the reader, `moot` where it is about how Moodle keeps questions and
 * runs a quiz, or told of as left out where it says something. What is not listed is refused: nobody knows whom it is for.
 */
const PARTS: ReadonlyMap<string, Rule> = new Map([
  ...named(
    'questiontext image image_base64 generalfeedback answer single shuffleanswers hidden units unitgradingtype instructions usecase selecttype subquestion',
    'read',
  ),
  // How a unit is typed, and what it costs to forget it: candidates here see it behind the number.
  ...named('name penalty idnumber shownumcorrect showstandardinstruction showunits unitpenalty', 'moot'),
  ...named('layouttype selectcount showgrading numberingstyle', 'moot'),
  ...named('gradingtype', saysSomething),
  ...named('unitsleft', (part) => saysSomething(part) && textOf(part).trim() !== '0'),
  ...named('defaultgrade', (part) => saysSomething(part) && Number(textOf(part)) !== 1),
  ...named('answernumbering', (part) => !/^(|abc|abcd|none)$/i.test(textOf(part).trim())),
  ...named('correctfeedback partiallycorrectfeedback incorrectfeedback', isOwnWord),
  ...named('hint tags coursetags feedback', saysSomething),
]);

type Rule = 'read' | 'moot' | ((part: XmlNode) => boolean);
function named(names: string, rule: Rule): readonly (readonly [string, Rule])[] {
  return names.split(' ').map((name) => [name, rule]);
}

const ANSWER_PARTS: ReadonlySet<string> = new Set(['text', 'file', 'feedback', 'tolerance', 'tolerancetype']);
const TEXT_PARTS: ReadonlySet<string> = new Set(['text', 'file']);
const PAIR_PARTS: ReadonlySet<string> = new Set(['text', 'file', 'answer']);
const TEXTS: ReadonlySet<string> = new Set(['questiontext', 'generalfeedback']);
/** Fields that administrators of a Moodle add, comments that its users write. */
const ADDED = /^plugin_qbank_/;

function saysSomething(part: XmlNode): boolean {
  return textOf(part).trim() !== '';
}

/** More than what Moodle itself puts there. */
function isOwnWord(part: XmlNode): boolean {
  const text = textOf(part)
    .replace(/<[^<>]*>/g, '')
    .trim();
  return (
    text !== '' &&
    !/^(your answer is (partially |in)?correct|(您|你)?的?(回答|答案)(是)?(部分)?(不)?(正确|错误)的?)[.。!！]?$/i.test(
      text,
    )
  );
}

/** The parts that are left out, by name; or why the question cannot be read without one of them. */
export type PartsReading =
  | { readonly ok: true; readonly leftOut: readonly string[] }
  | Extract<ItemReading, { ok: false }>;

export function readParts(question: XmlNode): PartsReading {
  const leftOut: string[] = [];
  for (const part of question.children) {
    const { name } = part;
    if (name === '' && part.text.trim() === '') continue;
    const rule = ADDED.test(name) ? saysSomething : PARTS.get(name);
    const unread = rule === undefined ? nameOf(part) : unreadIn(part);
    if (unread !== undefined) return refuse('construct-unread', { construct: unread });
    if (typeof rule === 'function' && rule(part)) leftOut.push(nameOf(part));
    const feedback = name === 'answer' ? childNamed(part, 'feedback') : undefined;
    if (feedback && saysSomething(feedback)) leftOut.push('<feedback>');
  }
  return { ok: true, leftOut };
}

/** What a text or an answer has inside of it that neither has. */
function unreadIn(part: XmlNode): string | undefined {
  const known =
    part.name === 'subquestion'
      ? PAIR_PARTS
      : part.name === 'answer'
        ? ANSWER_PARTS
        : TEXTS.has(part.name)
          ? TEXT_PARTS
          : undefined;
  const other =
    known && part.children.find(({ name, text }) => (name === '' ? false : !known.has(name)) && text === '');
  return other && `<${part.name}>${nameOf(other)}`;
}

const nameOf = ({ name, text }: XmlNode): string => (name === '' ? text.trim().slice(0, 40) : `<${name}>`);
