import { compact, tidy } from './cells.ts';
import { type NumberKey, readNumberAnswers, takesNear } from './number-answers.ts';

const KEY = /^([+-]?[\d.]+)(?:±([\d.]+))?(\D{0,10})$/;

/** 36, 36V, 0.5±0.1米, 答案：5%: a number, how far an answer may be off, and its unit; nothing where it is no such key. */
export function readNumberKey(cell: string): NumberKey | undefined {
  // 10⁴ means a power, and folding would make 104 of it.
  if (/[²³¹⁰-₟①-⓿]/.test(cell)) return undefined;
  const [, value = '', off = '0', unit = ''] =
    KEY.exec(withoutGroups(compact(cell).replace(/^(正确|标准|参考)?答案(是|为)?:?/, ''))) ?? [];
  const found = readNumberAnswers([{ worth: 100, takes: takesNear(value, off) }], '');
  const behind = tidy(unit).replace(/[。、；;.]+$/, '');
  return found.ok ? { ...found.key, ...(behind === '' ? {} : { unit: behind }) } : undefined;
}

/** 1,500 as a format of Excel shows it; what is parted otherwise may be several numbers. */
const withoutGroups = (text: string): string =>
  text.replace(/^([+-]?\d{1,3}(?:,\d{3})+)(?![\d,])/, (number) => number.replaceAll(',', ''));
