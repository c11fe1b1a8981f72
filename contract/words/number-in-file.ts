import { parseIdNumber } from './id-number.ts';

/**
 * What of a file's name is the number of whoever it is of: 18 characters anywhere in it, or else the first part that is the number of
 * another document (`USA110080080110_1.jpg`, `护照：E12345678 陈某.jpg`), or has figures enough to be meant as one. Empty where there is none.
 */
export function numberInFile(file: string): string {
  const own = (file.normalize('NFKC').split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const [eighteen] = own.match(/(?<!\d)\d{17}[\dXx](?![\dXx])/) ?? [];
  if (eighteen) return eighteen;
  // Several of one person end in -1, -2.
  const parts = own.split(/[\s_+,、()]+/).flatMap((part) => [part, part.replace(/-\d{1,2}$/, '')]);
  return parts.find((part) => parseIdNumber(part).ok) ?? parts.find((part) => /\d{5}/.test(part)) ?? '';
}
