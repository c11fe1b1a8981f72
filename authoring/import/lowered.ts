import { fold } from './cells.ts';

/** H<sub>2</sub>O must not become H2O, and 101<sub>2</sub> not 1012. */
const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()'].map((sign, at) => [sign, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'][at] as string]),
);

/** What stands lower than the line, in characters that the font of the screens has; what has none, in brackets behind a line. */
export const lowered = (text: string): string => {
  const signs = [...fold(text.trim()).replace(/[−–]/g, '-')];
  if (signs.every((sign) => sign in LOWERED)) return signs.map((sign) => LOWERED[sign]).join('');
  return /[\p{L}\p{N}]/u.test(text) ? `_(${text.trim()})` : text;
};
