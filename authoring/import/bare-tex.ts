import { tokensOf } from '../../contract/content/tokens.ts';

/** Commands of which no text is full by chance. What is behind a colon may be a path. */
const TEX =
  /(?<![:\\])\\(begin|[dt]?frac|sqrt|times|cdot|div|le|leq|ge|geq|neq|approx|pm|alpha|beta|gamma|delta|theta|lambda|mu|pi|omega|Omega|Delta|sum|int|infty|text|mathrm|mathbf|overline|vec|ce)(?![a-zA-Z])/;

/** TeX between marks that no screen here knows, such as single dollars, which would be shown as it was written. */
export function bareTex(text: string): string | undefined {
  const formulas = tokensOf(text).filter(({ is }) => is === 'formula');
  const plainParts = [...formulas, { from: text.length, to: text.length }].map(({ from }, at) =>
    text.slice(formulas[at - 1]?.to ?? 0, from),
  );
  const part = plainParts.find((each) => TEX.test(each));
  return part === undefined ? undefined : part.slice(part.search(TEX)).slice(0, 40);
}
