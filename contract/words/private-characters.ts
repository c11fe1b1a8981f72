/**
 * Characters that old cards and registers have by codes of private use, because Unicode had none for them when GBK was made
 * (1995). GB 18030-2000 kept them there; GB 18030-2005 and -2022 moved them to the codes that Unicode has given them since.
 *
 * The 80 of the row FE50 to FEA0 follow one another from U+E815 to U+E864. What each has become, as GB 18030-2022 says it;
 * `iconv -f GB18030` of glibc says the same.
 */
const FIRST = 0xe815;
const BECAME = `
  2E81 20087 20089 200CC 2E84 3473 3447 2E88 2E8B 9FB4 359E 361A 360E 2E8C 2E97 396E
  3918 9FB5 39CF 39DF 3A73 39D0 9FB6 9FB7 3B4E 3C6E 3CE0 2EA7 215D7 9FB8 2EAA 4056
  415F 2EAE 4337 2EB3 2EB6 2EB7 2298F 43B1 43AC 2EBB 43DD 44D6 4661 464C 9FB9 4723
  4729 477C 478D 2ECA 4947 497A 497D 4982 4983 4985 4986 499F 499B 49B7 49B6 9FBA
  241FE 4CA3 4C9F 4CA0 4CA1 4C77 4CA2 4D13 4D14 4D15 4D16 4D17 4D18 4D19 4DAE 9FBB
`;

/** Two letters of Pinyin that had the same fate: A8BC and A8BF. */
const OTHERS: readonly (readonly [number, number])[] = [
  [0xe7c7, 0x1e3f],
  [0xe7c8, 0x01f9],
];

const GIVEN: ReadonlyMap<string, string> = new Map([
  ...BECAME.trim()
    .split(/\s+/)
    .map((code, at) => [String.fromCodePoint(FIRST + at), String.fromCodePoint(Number.parseInt(code, 16))] as const),
  ...OTHERS.map(([code, became]) => [String.fromCodePoint(code), String.fromCodePoint(became)] as const),
]);

/** Private codes that Unicode has a character for become it; the others stay: only who drew the font knows what they show. */
export const withGivenCharacters = (text: string): string =>
  text.replace(/\p{Co}/gu, (character) => GIVEN.get(character) ?? character);
