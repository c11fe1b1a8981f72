import { show } from './gift-escapes.ts';
import { type NumberAnswer, takesBetween, takesNear } from './number-answers.ts';

/** What stands between the braces of a question, told apart as Moodle tells it; texts still have their marks hidden. */
export type GiftAnswers =
  | { readonly is: 'judgement'; readonly right: boolean; readonly feedback: boolean }
  | { readonly is: 'number'; readonly answers: readonly NumberAnswer[]; readonly feedback: boolean }
  /** Any of these is to be typed. */
  | { readonly is: 'words'; readonly choices: readonly GiftChoice[]; readonly feedback: boolean }
  | { readonly is: 'choice'; readonly choices: readonly GiftChoice[]; readonly feedback: boolean }
  /** What is put beside what; beside nothing, what belongs to none. */
  | { readonly is: 'pairs'; readonly pairs: readonly GiftPair[] }
  /** A kind of question that is none of these, by the name that the format has for it. */
  | { readonly is: 'other'; readonly kind: string }
  /** One of these, with a part that is none of theirs. */
  | { readonly is: 'unread'; readonly construct: string };

export type GiftPair = { readonly premise: string; readonly answer: string };
export type GiftChoice = {
  readonly mark: '~' | '=';
  /** In hundredths of the marks. */
  readonly weight: number;
  readonly text: string;
};

export function readAnswers(written: string): GiftAnswers {
  const block = written.trim();
  if (block === '') return { is: 'other', kind: 'essay' };
  if (block.startsWith('#')) return readNumbers(block.slice(1));
  if (block.includes('~')) return readChoices(block);
  if (/=/.test(block) && block.includes('->')) return readPairs(block);
  const [, judged, behind] = /^(T|TRUE|F|FALSE)\s*(#.*)?$/is.exec(block) ?? [];
  if (judged) return { is: 'judgement', right: /^t/i.test(judged), feedback: isFeedback(behind) };
  if (!block.startsWith('=')) return { is: 'other', kind: 'short answer' };
  const read = readChoices(block);
  return read.is === 'choice' ? { ...read, is: 'words' } : read;
}

const isFeedback = (text = ''): boolean => text.replace(/[#\s]/g, '') !== '';

const CHOICE = /^([~=])\s*(?:%(-?\d+(?:[.,]\d*)?)%)?([^#]*)(#.*)?$/s;

function readChoices(block: string): GiftAnswers {
  const parts = block.split(/(?=[~=])/).map((part) => part.trim());
  const read = parts.map((part) => CHOICE.exec(part));
  const unread = parts[read.indexOf(null)];
  if (unread !== undefined) return { is: 'unread', construct: show(unread).slice(0, 40) };
  const choices = read.map((found): GiftChoice => {
    const [, mark, weight, text = ''] = found ?? [];
    return {
      mark: mark as GiftChoice['mark'],
      weight: Number(weight?.replace(',', '.') ?? (mark === '=' ? 100 : 0)),
      text,
    };
  });
  // Behind = a weight is text to Moodle, and to others a weight.
  const odd = choices.find(({ mark, weight }) => mark === '=' && weight !== 100);
  if (odd) return { is: 'unread', construct: `=%${odd.weight}%` };
  return { is: 'choice', choices, feedback: read.some((found) => isFeedback(found?.[4])) };
}

/** `=premise -> answer`, one behind the other. Moodle knows no feedback here, and shows it as words of the answer. */
function readPairs(block: string): GiftAnswers {
  const [before = '', ...parts] = block.split('=').map((part) => part.trim());
  const unread = before === '' ? parts.find((part) => !part.includes('->') || part.includes('#')) : before;
  if (unread !== undefined) return { is: 'unread', construct: show(unread).slice(0, 40) };
  const pairs = parts.map((part) => {
    const at = part.indexOf('->');
    return { premise: part.slice(0, at).trim(), answer: part.slice(at + 2).trim() };
  });
  return { is: 'pairs', pairs };
}

const NUMBER = /^\s*(?:%(-?\d+(?:\.\d*)?)%)?([^#]*)(#.*)?$/s;

/** `36:0.5`, `19.5..23.5`, or several behind = with what each is worth; behind ~ what is said of all others. */
function readNumbers(block: string): GiftAnswers {
  const [numbers = '', ...others] = block.split('~');
  if (others.some((other) => !/^\s*(#.*)?$/s.test(other))) return { is: 'unread', construct: '{# ~}' };
  const parts = numbers.split('=').filter((part, at) => at > 0 || part.trim() !== '');
  const read = parts.map((part) => NUMBER.exec(part) ?? []);
  const answers = read.map(
    ([, worth = '100', text = '']): NumberAnswer => ({ worth: Number(worth), takes: takesOf(show(text).trim()) }),
  );
  return {
    is: 'number',
    answers,
    feedback: isFeedback(read.map((found) => found[3] ?? '').join('') + others.join('')),
  };
}

function takesOf(text: string): NumberAnswer['takes'] {
  const [from = '', to, more] = text.split('..');
  if (to !== undefined) return more === undefined ? takesBetween(from, to) : undefined;
  const [value = '', off = '0', rest] = text.split(':');
  return rest === undefined && off.trim() !== '' ? takesNear(value, off) : undefined;
}
