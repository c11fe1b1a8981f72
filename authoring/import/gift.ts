import { tokensOf } from '../../contract/content/tokens.ts';
import { htmlPassage } from './html.ts';
import { numberKey } from './numbers.ts';
import { type Passage, plain } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readNumeric, readQuestion, readWords } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { decodeText } from './text.ts';

/**
 * Moodle's GIFT: single and multiple choice, true or false, one number, words. Any other kind of question is rejected as `kind-unknown`.
 * Rows are lines of the file. Source: docs.moodle.org/en/GIFT_format.
 * @throws Refusal `not-a-workbook` where the bytes are no text
 */
export function readGift(bytes: Uint8Array): Source {
  const rows: ReadRow[] = [];
  let topic = '';
  for (const { line, text } of paragraphs(decodeText(bytes))) {
    const category = /^\$CATEGORY:\s*(.*)$/.exec(text)?.[1];
    if (category !== undefined) topic = category.replace(/^\$(course|system|module)\$\/?(top\/?)?/, '').trim();
    else rows.push({ sheet: '', row: line, reading: readOne(text, topic) });
  }
  return { rows, skippedSheets: [] };
}

type Paragraph = { readonly line: number; readonly text: string };

/** Questions are parted by blank lines; comments are lines of their own, and so is a category. */
function paragraphs(text: string): readonly Paragraph[] {
  const found: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | undefined;
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    if (line.startsWith('//')) continue;
    if (line.startsWith('$CATEGORY:')) found.push({ line: at + 1, text: line });
    if (line === '' || line.startsWith('$CATEGORY:')) {
      open = undefined;
      continue;
    }
    if (open) open.text += `\n${line}`;
    else {
      open = { line: at + 1, text: line };
      found.push(open);
    }
  }
  return found;
}

/** In a formula \neq is a command, and no line that ends before eq. */
function withoutLineEnds(text: string): string {
  const formulas = tokensOf(text).filter(({ is }) => is === 'formula');
  let done = 0;
  let hidden = '';
  for (const { from, to } of formulas) {
    hidden += text.slice(done, from) + text.slice(from, to).replace(/\\(?=n[a-z])/g, BACKSLASH);
    done = to;
  }
  return hidden + text.slice(done);
}
const BACKSLASH = '\uE006';

/** Marks that a backslash makes ordinary, as characters no file has, until everything is cut apart. */
const ESCAPES = '~=#{}:\\n';
const hide = (text: string): string =>
  withoutLineEnds(text).replace(/\\([~=#{}:\\n])/g, (_, mark: string) =>
    String.fromCharCode(0xe000 + ESCAPES.indexOf(mark)),
  );
const show = (text: string): string =>
  text.replace(/[\uE000-\uE007]/g, (mark) =>
    mark === '\uE007' ? '\n' : (ESCAPES[mark.charCodeAt(0) - 0xe000] as string),
  );

/** Marked as plain, a text holds no markup; unmarked it may, as Moodle writes it. The format carries no files. */
function seen(text: string): Passage | undefined {
  const [, format = 'moodle', body = ''] = /^\s*(?:\[(html|moodle|plain|markdown)\])?(.*)$/is.exec(text) ?? [];
  return /^plain$/i.test(format) ? plain(show(body)) : htmlPassage(show(body), () => undefined);
}

function readOne(paragraph: string, topic: string): ItemReading {
  const text = hide(paragraph).replace(/^\s*::[^:]*(?::[^:]+)*::/, '');
  const [, before = '', block, after = ''] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/s.exec(text) ?? [];
  if (block === undefined) return refuse('kind-unknown');
  // A word is missing in the middle of the sentence.
  const stem = seen(after.trim() === '' ? before : `${before.trimEnd()}（ ）${after.trimStart()}`);
  const [answers = '', explanation] = block.split('####');
  const judged = /^\s*(T|TRUE|F|FALSE)\s*(#|$)/i.exec(answers)?.[1];
  const told = explanation === undefined ? {} : { explanation: seen(explanation) };
  if (judged) {
    const right = /^t/i.test(judged);
    const options = [
      { text: plain('正确'), right },
      { text: plain('错误'), right: !right },
    ];
    return readQuestion({ several: false, stem, options, topic, ...told });
  }
  const number = /^\s*#\s*([^#:.\s]+(?:\.\d+)?)\s*(?::\s*([\d.]+))?\s*(?:#.*)?$/s.exec(
    show(answers).replace(/\s+/g, ' '),
  );
  const key = number && numberKey(number[1] ?? '', number[2] ?? '0');
  if (key) return readNumeric({ stem, topic, ...told }, key);
  const parts = answers.split(/(?=[~=])/).filter((part) => part.trim() !== '');
  const choices = parts.map(readChoice);
  const numberOrPairs = /^\s*#/.test(answers) || parts.some((part) => part.includes('->'));
  const isTyped = choices.length > 0 && choices.every(({ mark }) => mark === '=') && !numberOrPairs;
  if (isTyped) return readTyped({ stem, topic, ...told }, choices);
  // Only right answers make a word to be typed, an arrow a match, a hash a number.
  const isChoice = parts.every((part) => /^\s*[~=]/.test(part)) && choices.some(({ mark }) => mark === '~');
  if (!isChoice || numberOrPairs) return refuse('kind-unknown');
  const several = !choices.some(({ mark }) => mark === '=');
  const options = choices.map(({ mark, weight, text: option }) => ({
    text: seen(option),
    right: several ? weight > 0 : mark === '=',
  }));
  return readQuestion({ several, stem, options, topic, ...told });
}

/** Any of these words; one that is worth a part of the marks has no place in a key. */
function readTyped(asked: Parameters<typeof readWords>[0], choices: readonly Choice[]): ItemReading {
  if (choices.some(({ weight }) => weight !== 0 && weight !== 100))
    return refuse('construct-unread', { construct: 'answer weight' });
  return readWords(
    asked,
    choices.map(({ text }) => show(text)),
  );
}

type Choice = ReturnType<typeof readChoice>;

function readChoice(part: string): { readonly mark: string; readonly weight: number; readonly text: string } {
  const [, mark = '', weight = '0', text = ''] = /^\s*([~=])\s*(?:%(-?[\d.,]+)%)?([^#]*)/s.exec(part) ?? [];
  return { mark, weight: Number(weight.replace(',', '.')), text };
}
