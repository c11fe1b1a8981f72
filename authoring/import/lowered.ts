import { fold } from './cells.ts';

/**
 * What stands lower than the line: H₂O must not become H2O, and 101₂ not 1012. Of letters the font of the screens has none that are
 * lowered.
 */
const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()'].map((sign, at) => [sign, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'][at] as string]),
);

/**
 * What stands lower than the line, in characters that do; undefined where a letter or a number among it has none that does. A mark that
 * is neither stays as it is.
 */
export function lowered(text: string): string | undefined {
  const signs = [...text].map((sign) => {
    const low = LOWERED[fold(sign).replace(/[−–]/, '-')];
    return low ?? (/[\p{L}\p{N}]/u.test(sign) ? undefined : sign);
  });
  return signs.includes(undefined) ? undefined : signs.join('');
}
