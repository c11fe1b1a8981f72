import { fold } from './cells.ts';

/** 10<sup>4</sup> must not become 104. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-'].map((sign, at) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'][at] as string]),
);

/** What stands higher than the line, in characters that do; a mark that is no letter and no number has nothing to raise. */
export const raised = (text: string): string => {
  const signs = [...fold(text.trim()).replace(/[−–]/g, '-')];
  if (signs.every((sign) => sign in RAISED)) return signs.map((sign) => RAISED[sign]).join('');
  return /[\p{L}\p{N}]/u.test(text) ? `^(${text.trim()})` : text;
};
