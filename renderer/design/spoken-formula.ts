import type { MessageKey, Translate } from '../../messages/index.ts';

/** What stands for a word. */
const SIGNS: Readonly<Record<string, MessageKey>> = {
  ...{ '+': 'formula.plus', '-': 'formula.minus', '\\times': 'formula.times', '\\cdot': 'formula.times' },
  ...{ '*': 'formula.times', '/': 'formula.divided', '\\div': 'formula.divided', '\\pm': 'formula.plus-minus' },
  ...{ '=': 'formula.equals', '\\ne': 'formula.not-equal', '\\neq': 'formula.not-equal', '\\approx': 'formula.about' },
  ...{ '<': 'formula.less', '\\lt': 'formula.less', '>': 'formula.greater', '\\gt': 'formula.greater' },
  ...{ '\\le': 'formula.at-most', '\\leq': 'formula.at-most', '\\leqslant': 'formula.at-most' },
  ...{ '\\ge': 'formula.at-least', '\\geq': 'formula.at-least', '\\geqslant': 'formula.at-least' },
  ...{ '(': 'formula.open', '[': 'formula.open', ')': 'formula.close', ']': 'formula.close' },
  ...{
    '\\infty': 'formula.infinity',
    '\\circ': 'formula.degrees',
    '\\sum': 'formula.sum',
    '\\int': 'formula.integral',
  },
};

/** What is for the eye alone: room, kinds of letters, sizes of brackets. */
const SILENT =
  /^\\(?:[,;:!> ]|quad|qquad|left|right|big|Big|text|mathrm|mathbf|mathit|mathsf|operatorname|displaystyle|limits|begin|end|ce)$/;

/** Words in a formula are one. */
const WORDS = /^\\(?:text|mathrm|operatorname)\{([^{}\\]*)\}$/;
const TOKEN =
  /\\(?:text|mathrm|operatorname)\{[^{}\\]*\}|\\[a-zA-Z]+|\\[^a-zA-Z]|[{}^_&]|\d+(?:\.\d+)?|\s+|[^\\{}^_&\s\d]/g;

/** A formula in words, as far as a program can: 2 分之 1. What it has no word for it says by its name. */
export function spokenFormula(tex: string, t: Translate): string {
  const tokens = (tex.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  return openSpeaker(tokens, t).until(undefined);
}

function openSpeaker(tokens: readonly string[], t: Translate) {
  let at = 0;
  /** All up to a token, which is gone then, or up to the end. */
  const until = (end: string | undefined): string => {
    const said: string[] = [];
    while (at < tokens.length && tokens[at] !== end) said.push(part());
    at++;
    return said.filter((word) => word !== '').join(' ');
  };
  /** What a command or a sign takes: a group, or what stands next. */
  const argument = (): string => (at < tokens.length ? bracketed(part()) : '');
  /** Several words are held together: (a + b) / c must not sound like a / c + b. */
  const bracketed = (said: string): string => {
    const [first = '', ...others] = said.split(' ');
    const signed = others.length === 1 && [t('formula.minus'), t('formula.plus')].includes(first);
    return others.length === 0 || signed ? said : `${t('formula.open')} ${said} ${t('formula.close')}`;
  };

  const part = (): string => {
    const token = tokens[at++] ?? '';
    switch (token) {
      case '{':
        return until('}');
      case '\\frac':
      case '\\dfrac':
      case '\\tfrac': {
        const [above, below] = [argument(), argument()];
        return t('formula.over', { above, below });
      }
      case '\\sqrt':
        return root();
      case '^':
        return power(argument());
      case '_':
        return t('formula.sub', { n: argument() });
      case '&':
      case '\\\\':
        return ',';
      case '\\begin':
      case '\\end':
        argument();
        return '';
      default:
        return word(token);
    }
  };
  const root = (): string => {
    if (tokens[at] !== '[') return t('formula.root', { of: argument() });
    at++;
    const n = until(']');
    return t('formula.nth-root', { n, of: argument() });
  };
  const power = (n: string): string => {
    if (n === t('formula.degrees')) return n;
    if (n === '2') return t('formula.squared');
    return n === '3' ? t('formula.cubed') : t('formula.power', { n });
  };
  const word = (token: string): string => {
    const sign = SIGNS[token];
    if (sign) return t(sign);
    const [, words] = WORDS.exec(token) ?? [];
    if (words !== undefined) return words.trim();
    return SILENT.test(token) || token === '}' ? '' : token.replace(/^\\/, '');
  };
  return { until };
}
