/**
 * Words, letters and numbers with which an option may speak of other options or of its place among them. What only looks like one
 * counts: an order that is kept for nothing costs nothing, an option that speaks of another one's old place makes the key wrong.
 *
 * It stays as it was when forms were drawn by `rotation@2`; what has been learned since stands in
 * {@link import('./more-references.ts')}.
 */

/** Whether an option may speak of others: 以上都对, ABC, A/B/C, 后两项, 1和2, 除A以外, both of these. */
export function refersToOthers(text: string, options: number): boolean {
  if (/^[1-9]{3,}$/.test(text.trim()) && isRising(text.trim(), options)) return true;
  if (/[①-⑳⑴-⒇⒈-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉Ⓐ-ⓩ⒜-⒵Ⅰ-Ⅻⅰ-ⅻ🄐-🄩🄰-🅉🅐-🅩🅰-🆉]/u.test(withoutGrades(text))) return true;
  const folded = fold(text);
  return (
    namesLetters(folded, options) ||
    PLACES.some((pattern) => pattern.test(folded)) ||
    SUMS_UP.some((pattern) => pattern.test(folded) && lettersIn(folded) <= 12) ||
    ENGLISH.test(folded) ||
    isRange(folded, options)
  );
}

/** Whether a stem or an explanation calls options by the letters that they were written under: 故选B, A项错误. */
export const namesLettersOfOptions = (text: string): boolean => {
  const folded = fold(text);
  return BY_LETTER.some((pattern) => pattern.test(folded));
};

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[〜∼～]/g, '~')
    .replace(/[АΑВΒСЕΕНΗ]/g, (letter) => LOOKS_LIKE[letter] ?? letter);

/** Letters of Cyrillic and Greek that nobody can tell from Latin ones, and that a keyboard or a scanner may have put there. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  ...{ А: 'A', Α: 'A', В: 'B', Β: 'B', С: 'C', Е: 'E', Ε: 'E', Н: 'H', Η: 'H' },
};
const lettersIn = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, '').length;

/** Ⅰ级 and Ⅱ类 are names of grades. */
const withoutGrades = (text: string): string => text.replace(/[Ⅰ-Ⅻⅰ-ⅻ](?=[级类型区段])/g, '');

const JOINED = '(?:[和与或及跟同、,;/&+]|以及|或者|and|or)';
const NUMBER = '(?:[1-9]|1[0-2])';
const HAN = '[一二两三四五六七八九十]';
const MEASURE = '(?:个|项|种|条|点|者|句|款|步|选项|答案|说法|选择)';
const STEM = '[甲乙丙丁戊己庚辛]';
const DIGIT = '[一二三四五六七八九]';
const ROMAN = '\\(?(?<![A-Za-z\\d])(?:I{1,3}|IV|VI{0,3})(?![A-Za-z\\d])\\)?';
const CALLED = '(?:说法|方法|方案|观点|措施|情况|结论|命题|描述|表述|步骤|图|句)';
const JUDGED = '(?:正确|错误|不正确|不对|对|错)';
/** Around words that stand alone. */
const [BEGINS, ENDS] = [String.raw`^[\s\p{P}\p{S}]*`, String.raw`[\s\p{P}\p{S}]*$`];
const pattern = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'iu');

/** What speaks of a place in a list, wherever it stands in an option. */
const PLACES: readonly RegExp[] = [
  // 以上都对, 除以上外; not 10米以上, 二级以上, 以上海为例.
  /(?<![\d%°A-Za-z)米级层台人名年月日时分秒岁度伏安千瓦吨倍元万亿克升帕赫寸尺里个次项种条组类天周届及含以十百两线面部端下])以[上下](?!海)/,
  pattern(
    `${BEGINS}以[上下](?!海)`,
    '[上下前后](?:述|列|文)',
    '[上下前后]面',
    '[前后]者',
    '[同如][上下前后]',
    '除此|此外|另外',
  ),
  pattern(`[前后头末](?:${HAN}|几|\\d{1,2})${MEASURE}`, `[前后](?:${HAN}|几|\\d)${ENDS}`),
  pattern(`第(?:${HAN}|\\d{1,2})(?:${JOINED}第?(?:${HAN}|\\d{1,2}))*${MEASURE}`),
  pattern(`(?:[两二三四五六]|几|多)者|选项|备选|答案`),
  pattern(`(?<![\\d.A-Z])(?:第)?\\(?${NUMBER}\\)?\\s*${JOINED}\\s*[第#]?\\(?${NUMBER}\\)?(?![\\d.])`),
  pattern('\\(?\\d{1,2}\\)\\s*\\(?\\d{1,2}\\)', `${BEGINS}[1-9](?:\\.[1-9]){2,}${ENDS}`),
  // 一和二, (一)(二), 说法一和说法二, I and II.
  pattern(`${BEGINS}第?\\(?${DIGIT}\\)?(?:\\s*${JOINED}?\\s*第?\\(?${DIGIT}\\)?)+(?:${ENDS}|[都均皆全项条])`),
  pattern(`${CALLED}(?:${HAN}|\\d{1,2})(?:${ENDS}|\\s*${JOINED})`),
  pattern(`${ROMAN}\\s*${JOINED}\\s*${ROMAN}`, `${BEGINS}(?:only\\s+)?${ROMAN}(?:\\s+only${ENDS})`),
  pattern(`${BEGINS}(?:II|III|IV)${ENDS}`),
  pattern(`[上下](?:${HAN}|几)(?:个?选项|项|条|种|者|个?答案|个?说法)`),
  pattern(`${STEM}\\s*(?:${JOINED}|[~\\-–—至到])\\s*${STEM}`, `${STEM}{2,}`, `[仅只除非同]有?是?${STEM}(?![级类种型])`),
  pattern(`${STEM}(?:的?说法)?${JUDGED}[\\s,;]*${STEM}`, `${BEGINS}${STEM}(?:说得?|的?说法)`),
  pattern(
    '第?\\(\\d{1,2}\\)\\s*项|\\d项\\s*(?:和|与|、|或)',
    `${BEGINS}选${NUMBER}${ENDS}`,
    '这(?:两|二|三|四|几|些)|与前|只有一[个项]',
  ),
  pattern(
    `${BEGINS}(?:其他|其它|其余|另一|别的|剩下|余下|剩余|别项)`,
    `(?:其他|其它|其余|另|剩下|余下|剩余)[一二两三四几\\d]?(?:选项|答案|项|者|种|个|情况|说法|都|均|皆)`,
  ),
];

const TRUE_OF =
  '(?:是|对|可|行|错|不|要|有|选|正确|错误|符合|属|包括|包含|为|适用|成立|需|应|能|会|得|没|无|非|算|一样|必须|对应|缺一)';

/** What sums others up, where an option says little else: 都对, 均可, 全选, 没有正确答案; in a sentence of its own it means its subject. */
const SUMS_UP: readonly RegExp[] = [
  pattern(`(?:(?<![首成])都|皆|俱|(?<![安完齐健保周])全|(?<!平)均)(?:部|都)?${TRUE_OF}`),
  pattern(`${BEGINS}(?:全部|全体|全|所有|各项|每[项个种]|都|皆|均)${ENDS}`),
  pattern(`(?:所有|各|每)(?:的)?(?:选项|答案|项|者|说法|情况|内容|方法|措施|行为)(?:都|均|皆|全|也)?`),
  pattern(`${BEGINS}(?:无|没有|不存在|都没有|无一|皆无|全无|不选)(?:了|的)?${ENDS}`),
  pattern(
    `${BEGINS}(?:无|没有|不存在|缺)(?:任何|哪|一)?(?:个|项|条|种)?(?:是)?(?:正确|对(?!应)|错|答案|选项|以上|上述|符合|合适|适用|例外)`,
  ),
  pattern(
    `任(?:选|意|何|一)?[一二两三其](?:项|个|种|条|者|一)|之一${ENDS}`,
    '(?:两|二|三|四|几)(?:个|种|项|样|条)(?:都|均|皆|全)',
  ),
  pattern('兼有|兼而有之|缺一不可|结合|一起', '综上|其中(?:任|之|几|[一二两三四五六])'),
  pattern(`${BEGINS}没有?一[个项种条]`, '一[个项种条](?:也|都)', `${BEGINS}(?:反之(?:亦然)?|俱全|兼备|兼具)${ENDS}`),
];

/** Above 2 m is a height; a label is `option`, and whoever says `all` or `others` and no more means all options. */
const ENGLISH = pattern(
  String.raw`\b(?:(?:above|below)(?!\s*\d)|foregoing|preceding|previous|aforementioned|former|latter|neither|either|both|none|ditto|idem)\b`,
  String.raw`\b(?:options?|answers?|choices?|statements?|same as|no correct|the (?:two|three|others?|rest))\b`,
  String.raw`\b(?:all|any|each|some|one|two|three|most|more)(?: or more)? of (?:the|these|them|those|above)\b`,
  String.raw`\ball (?:are|is|two|three|four|five|six|correct|right|true|false|wrong|apply)\b`,
  String.raw`\b(?:first|last|second|third|fourth|fifth|next) (?:ones?|two|three|four|items?|and|or)\b`,
  `${BEGINS}(?:all|others?|everything|nothing|any|the same|no one)${ENDS}`,
  `${BEGINS}(?:only ${NUMBER}|${NUMBER} only|(?:all|any) [2-4])${ENDS}|\\b(?:all|none) (?:mentioned|listed)\\b|\\bnot (?:listed|given|mentioned)\\b`,
);

const BY_LETTER: readonly RegExp[] = [
  /(选项?|选择|答案|应为|应选|故)[是为选:]*\s*\(?[A-L]{1,12}(?![A-Za-z0-9])/,
  /(?<![A-Za-z0-9])[A-L]{1,12}[)"'”’」]*\s*(选?项|选项|正确|错误|不正确|对(?!应|于|地|比)|错|不对|为正确|符合题意)/,
  /(?<![A-Za-z0-9-])[A-L]{1,12}[)"'”’」]*\s*(不?属于|不?符合|的?(说法|表述|描述)|有误|是(错|对|正确|不))|排除\s*[A-L](?![A-Za-z0-9])/,
  /(?<![A-Za-z0-9°])[A-L]\s*[、,和与及]\s*[A-L](?![A-Za-z0-9])(?![级类型])/,
  /\b(options?|answers?|choices?)\s+\(?[A-L]\b/i,
  /\b([Aa]nswers?|[Kk]ey)\s*(is|are|:)\s*\(?[A-L]\b|\b([Cc]hoose|[Ss]elect|[Pp]ick)\s+\(?[A-L](?![\w-]|\s+[a-z])/,
  /(?<![\w-])[A-L]\)?\s+(is|are)\s+(in)?(correct|right|wrong|true|false|the)\b|(?<![\w-])[A-L]\s+(and|or|&)\s+[A-L]\s/,
  // By their places.
  /(第[一二三四五六\d]|[前后][两二三四]|最后一)个?(选项|项)(都|均|是|为|不|正确|错|对)|选项[1-9一二三四五六](?!个)|第[一二三四五六\d]个?选项/,
];

/** 134 among four options names three of them; 132 is an amount. */
export const isRising = (digits: string, options: number): boolean =>
  [...digits].every((digit, at) => Number(digit) <= options && (at === 0 || digit > (digits[at - 1] ?? '')));

const RANGE = new RegExp(
  String.raw`${BEGINS}第?(\d{1,2})\s*(?:[~\-–—至到]|to)\s*第?(\d{1,2})(?:${ENDS}|[都均皆全项条选])`,
  'iu',
);

/** 1~3 among at least three options; 5~10 is an amount. */
function isRange(text: string, options: number): boolean {
  const [, from = '', to = ''] = RANGE.exec(text) ?? [];
  return Number(from) >= 1 && Number(from) < Number(to) && Number(to) <= options;
}

/** Words between letters that are labels. */
const BETWEEN = new Set(
  'AND OR BOTH ONLY NEITHER NOR EITHER OPTION OPTIONS ANSWER ANSWERS IS ARE CORRECT RIGHT TRUE WRONG FALSE NOT EXCEPT BUT ALL OF THE TO THROUGH PLUS WITH EVERYTHING ANY SAME AS'.split(
    ' ',
  ),
);

/** So far around a letter stands what tells whether it is a label. */
const AROUND = 8;

type Word = { readonly word: string; readonly from: number; readonly to: number };

/** Each once, and no further than labels go: one alone names an option that is there, several may name what the stem lists. */
function isLabels({ word }: Word, options: number): boolean {
  const letters = [...word.toUpperCase()];
  const last = String.fromCharCode(64 + (letters.length > 1 ? Math.max(options, 6) : options));
  return letters.every((letter) => letter <= last) && new Set(letters).size === letters.length;
}

/**
 * Letters as the labels of options: ABC, A/B/C, 仅A, a和b. Not: A级 (a grade), 5 A (ampere), A4, °C, TN-C, 维生素C, an article, or a
 * word such as `be`.
 */
function namesLetters(text: string, options: number): boolean {
  const words = [...text.matchAll(/[A-Za-z]+/g)].map(({ 0: word, index }) => ({
    ...{ word, from: index, to: index + word.length },
  }));
  const isOther = (other: Word | undefined): other is Word =>
    other !== undefined && !isLabels(other, options) && !BETWEEN.has(other.word.toUpperCase());
  const spelled = words.some(isOther);
  return words.some((each, at) => {
    const { word, from, to } = each;
    const [before, after] = [text.slice(Math.max(0, from - AROUND), from), text.slice(to, to + AROUND)];
    const [previous, next] = [words[at - 1], words[at + 1]];
    if (!isLabels(each, options) || /(\d\s?|[°º]|维生素)$/.test(before) || /^\d/.test(after)) return false;
    if (word !== word.toUpperCase() && (spelled || word !== word.toLowerCase())) return false;
    if (/^[a-z]/i.test(after.trimStart()) && word.toUpperCase() === 'A' && isOther(next)) return false;
    const isGlued = (other: Word | undefined): boolean =>
      isOther(other) && text.slice(Math.min(to, other.to), Math.max(from, other.from)) === '-';
    if (isGlued(previous) || isGlued(next)) return false;
    return !/^[级类型相座证照股卷轮]/.test(after) || /([仅只除同非选和与或及、,]|只有|或者|以及)\s*$/.test(before);
  });
}
