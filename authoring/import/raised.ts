import { fold } from './cells.ts';

/** 10<sup>4</sup> must not become 104. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-'].map((sign, at) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'][at] as string]),
);

/** What stands higher than the line, in characters that do; a mark that is no letter and no number has nothing to raise. */
export const raised = (text: string): string => {
  const signs = [...text].map((sign) => {
    const high = RAISED[fold(sign).replace(/[−–]/, '-')];
    return high ?? (/[\p{L}\p{N}]/u.test(sign) ? undefined : sign);
  });
  return signs.includes(undefined) ? `^(${text.trim()})` : signs.join('');
};
