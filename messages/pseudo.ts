import { IntlMessageFormat } from 'intl-messageformat';
import type { ReasonCode } from '../contract/words/reasons.ts';
import { words as en, reasons } from './en/index.ts';
import { hasWords, type MessageKey, type MessageValues } from './index.ts';
import type { Speech } from './speech.ts';

/**
 * Languages that nobody speaks, made of the English: longer, accented, and one that runs from right to left. What they leave
 * in plain letters stands in no catalogue, and what does not fit them fits no long language. For the gallery; products have none.
 */
export const PSEUDO_LOCALES = ['pseudo', 'rtl'] as const;
export type PseudoLocale = (typeof PSEUDO_LOCALES)[number];

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = [...'àƀćđéƒğĥíĵķłɱñœṕɋŕšţúṽŵẋýžÀɃĆĐÉƑĞĤÍĴĶŁṀÑŒṔɊŔŠŢÚṼŴẊÝŽ'];

const accent = (letter: string): string => ACCENTED[PLAIN.indexOf(letter)] ?? letter;

/** Each word in other letters, and two fifths longer. */
export const accented = (text: string): string =>
  text.replace(/[A-Za-z]+/g, (word) => `${[...word].map(accent).join('')}${'·'.repeat(Math.ceil(word.length * 0.4))}`);

type Parts = ReturnType<IntlMessageFormat['getAst']>;

/** What is said changes; what is filled in, and how it is counted, stays. */
function accentedParts(parts: Parts): Parts {
  return parts.map((part) => {
    // 0 is text itself; the library has the names of kinds as a type only.
    if (part.type === 0) return { ...part, value: accented(part.value) };
    if (!('options' in part)) return part;
    const options = Object.entries(part.options).map(([name, option]) => [
      name,
      { ...option, value: accentedParts(option.value) },
    ]);
    return { ...part, options: Object.fromEntries(options) };
  }) as Parts;
}

/** Right-to-left embedding, and its end. */
const [RLE, PDF] = ['\u202b', '\u202c'];

const marked = (text: string, kind: PseudoLocale): string => (kind === 'rtl' ? `${RLE}⟦${text}⟧${PDF}` : `⟦${text}⟧`);

export function pseudoSpeech(kind: PseudoLocale): Speech {
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  const compile = (key: MessageKey): IntlMessageFormat => {
    const made = new IntlMessageFormat(accentedParts(new IntlMessageFormat(en[key], 'en').getAst()), 'en');
    compiled.set(key, made);
    return made;
  };
  const t = (key: MessageKey, values: MessageValues = {}): string =>
    marked(String((compiled.get(key) ?? compile(key)).format({ ...values })), kind);
  const explain = (reason: ReasonCode): string =>
    hasWords(reason) ? marked(accented(reasons[reason]), kind) : t('reason.unknown', { code: reason });
  // The names that ICU has for such languages.
  const tag = kind === 'rtl' ? 'ar-XB' : 'en-XA';
  return { tag, region: tag, direction: kind === 'rtl' ? 'rtl' : 'ltr', t, explain };
}
