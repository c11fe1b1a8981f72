/** 10<sup>4</sup> must not become 104. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-'].map((sign, at) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'][at] as string]),
);

/** What stands higher than the line, in characters that do. */
export const raised = (text: string): string => {
  const signs = [...text.trim().replace(/−/g, '-')];
  return signs.every((sign) => sign in RAISED) ? signs.map((sign) => RAISED[sign]).join('') : `^(${text.trim()})`;
};
