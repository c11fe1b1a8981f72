import { isRising } from './references.ts';

/**
 * Words with which options speak of others that nobody knew when forms were drawn by `rotation@2`; what was known then is
 * {@link import('./references.ts').refersToOthers}, which stays as it was, so that those forms are drawn again as they were.
 */

/** Whether an option speaks of others in words that are known since: 中间两项, 仅1, 除前项外, the first, all others. */
export function refersInMoreWords(text: string): boolean {
  const folded = fold(text);
  return OF_OTHERS.some((pattern) => pattern.test(folded));
}

/** Whether an option is nothing but places of others, beside options that are words: of 停电, 验电, 12 the last. */
export function areOnlyPlaces(texts: readonly string[]): boolean {
  const folded = texts.map((text) => fold(text).trim());
  const isPlaces = (text: string): boolean =>
    /^[1-9](?:[\s.]?[1-9])+$/.test(text) && isRising(text.replace(/\D/g, ''), texts.length);
  return folded.some(isPlaces) && folded.some((text) => !/\d/.test(text));
}

/** Whether a stem or an explanation calls options by letters or places in words that are known since: 【答案】B, D是干扰项. */
export const namesInMoreWords = (text: string): boolean => {
  const folded = fold(text);
  return BY_CIRCLE.test(text) || BY_LETTER.some((pattern) => pattern.test(folded));
};

const fold = (text: string): string => text.normalize('NFKC').replace(/[〜∼～]/g, '~');

const JOINED = '(?:[和与或及跟同、,;/&+]|以及|或者|and|or)';
const HAN = '[一二两三四五六]';
const MEASURE = '(?:个|项|种|条|者|句)';
const STEM = '[甲乙丙丁]';
const ROMAN = '\\(?(?:I{1,3}|IV)\\)?';
const ORDINAL = '(?:first|second|third|fourth|fifth|last|\\d(?:st|nd|rd|th))';
const PLACE = '(?:first|last|top|bottom|middle|upper|lower|next|other)';
const COUNT = '(?:one|two|three|four|[1-4])';
/** Around words that stand alone. */
const [BEGINS, ENDS] = [String.raw`^[\s\p{P}\p{S}]*`, String.raw`[\s\p{P}\p{S}]*$`];
const pattern = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'iu');

const OF_OTHERS: readonly RegExp[] = [
  // By numbers: 仅1, 1对2错, 一对二错, 1号和2号, 一至三, 壹和贰.
  pattern(
    `${BEGINS}[仅只](?:有|是|为|选)?[1-9一二三四](?:${ENDS}|[对错正不项、,和])`,
    `(?<![\\d.])[1-9](?:是|均|都)?(?:不?正确|不对|错误?|对)(?:的|${ENDS}|[,;]|\\s*[1-9])`,
    `${BEGINS}[一二三四](?:是|均|都)?(?:不?正确|不对|错误?|对)(?:的|${ENDS}|[,;]|[一二三四])`,
    `[1-9]\\s*[号#]\\s*${JOINED}`,
    `\\bno(?:s?\\. ?|s ?| )[1-9]\\b|${BEGINS}(?:number|#)\\s*[1-9]${ENDS}|\\bnumbers [1-9]`,
    `${BEGINS}\\(?[一二三]\\)?[~\\-–—至到]\\(?[二三四五六]\\)?(?:项|条|都|均|${ENDS})`,
    `[壹贰叁肆]\\s*${JOINED}\\s*[壹贰叁肆]|[1-9] (?:through|thru) [1-9]`,
    `${BEGINS}第${HAN}${ENDS}`,
  ),
  // I alone, only I, (I)(II).
  pattern(`${BEGINS}(?:仅|只有|only|just)?\\s*${ROMAN}${ENDS}`, `${BEGINS}${ROMAN}(?:\\s+|(?<=\\)))${ROMAN}`),
  // 甲对, 乙是错的, 甲>乙.
  pattern(`${BEGINS}${STEM}(?:是|均|都)?(?:不?正确|不对|错误?|对)`, `${STEM}\\s*[><=]\\s*${STEM}`),
  // By their places.
  pattern(
    `中间(?:${HAN}|\\d)?${MEASURE}|[首末]项|倒数第?${HAN}|(?:${BEGINS}|[与同])[上下]一?${MEASURE}(?:${ENDS}|相同|一样|选)`,
    `[与同][上下左右]相同|${BEGINS}同[左右]${ENDS}|最[前后上下]面?(?:的?一?|${HAN})${MEASURE}`,
    `${BEGINS}[前本此该各上]项以?外|除[前后本此该各上]项`,
    `${BEGINS}(?:the )?(?:${ORDINAL}|${PLACE})(?: (?:${COUNT}s?|only|alone))?${ENDS}`,
    `\\b(?:only the ${ORDINAL}|${ORDINAL} only|${PLACE} ${COUNT}\\b|${ORDINAL} (?:and|or) (?:the )?${ORDINAL})`,
    `${BEGINS}(?:only )?${COUNT}(?:(?: and| or|,| &)+ ${COUNT})+(?: only)?${ENDS}|${BEGINS}(?:one|two|three) only`,
    `\\b[A-L] alone\\b|\\bas before\\b|\\bthe said\\b`,
  ),
  // What sums others up.
  pattern(
    `${BEGINS}(?:全部|含|包含)以[上下]|无此[项种类]|没有[这此][项种]|${BEGINS}任[一选]${ENDS}|双方(?:都|均|皆)|那(?:些|[两几]${MEASURE})`,
    `${BEGINS}(?:除外|所有的|每一?[项个种])${ENDS}|(?:无论|不论|不管|随便)哪|哪[一]?[个项种](?:都|也|均)`,
    `(?:多|几|${HAN})${MEASURE}?(?:都|均)?(?:正确|错误)|有${HAN}个?(?:是)?(?:正确|错|对)|不[只止]一${MEASURE}|至少${HAN}${MEASURE}${ENDS}`,
    `不在(?:其中|此列|上述)|不包括在内|(?:与.{1,4}|正好|恰好|恰恰|刚好|完全)相反${ENDS}`,
    `${BEGINS}(?:同时|组合|联合|混合|合并|结合)(?:使用|采用|具备|存在|满足|进行)${ENDS}|${BEGINS}(?:并用|兼[顾用])${ENDS}`,
  ),
  pattern(
    `\\ball (?:the )?(?:others?|these|those|same|of (?:it|this|that))\\b|\\bthe (?:whole )?lot\\b`,
    `${BEGINS}(?:any|every|each|some|several|most|many|another|other|these|those|they|them|both)(?: (?:all|both|one|two|three|others?|combination|listed))*${ENDS}`,
    `\\b(?:these|those|they are|them) (?:all|both)\\b|\\bthey all\\b|\\b(?:everything|every one|all) listed\\b`,
    `\\b(?:several|many|half|zero|most|each|every one|whichever|(?:a )?(?:combination|mixture|mix)) of (?:these|those|them|the)\\b`,
    `\\b(?:more than one|two or more|at least (?:one|two)|exactly (?:one|two)|only one|two|three|multiple|several|no one)(?:${ENDS}| (?:is|are|answers?|options?) (?:is |are )?(?:correct|right|true))`,
    `\\b(?:the )?(?:remaining|remainder)(?:${ENDS}| (?:options?|answers?|ones?|two|three))`,
    `\\b(?:other than|except|not among|not any of) (?:these|those|the)\\b|\\bno others?${ENDS}|\\b(?:nothing|something|anything) else\\b`,
    `\\bthe (?:opposite|reverse|contrary)${ENDS}|\\bvice versa\\b|${BEGINS}(?:whichever|not (?:any|shown|here|included))${ENDS}`,
    `${BEGINS}(?:all )?(?:together|jointly|combined|in combination)${ENDS}`,
  ),
];

const LETTER = '(?<![A-Za-z0-9°-])\\(?[A-L]';
const NO_MORE = '(?![A-Za-z0-9-])';

/** They are figures once a text is folded. */
const BY_CIRCLE = /选\s*[①-⑨]|[①-⑨]\s*(?:选?项|不?正确|错误)/;

const BY_LETTER: readonly RegExp[] = [
  new RegExp(
    `${LETTER}{1,6}[)】]?\\s*(?:也|同[理样]|不?当选|中的|以偏|过于|太[绝片]|偷换|混淆|就是|[为是]干扰|[√×✓✗])`,
  ),
  new RegExp(
    `(?:[是为除而但仅]|除了|只有|包括|错在|在于|排除)\\s*[A-L]{1,6}${NO_MORE}(?![级类型座相区点厂车公种字班组楼柱])`,
  ),
  /(?<![A-Za-z0-9])(?=[A-F]{2,6}[都均皆为是全正对错])A?B?C?D?E?F?[都均皆为是全正对错]/,
  /[】\]]\s*[A-L]{1,6}(?![A-Za-z0-9])|【[A-L]】/,
  // A：不必停电；B：应当验电.
  /(?:^|[\s。;；,，])[A-L]\s*[:.、．：](?!\s*[A-Z]\s*[.．])/,
  /(?:第[一二三四五\d]|最后一|[前后][一二两三四])个(?:选项|正确|错|不?对)|选第[一二三四\d]|以上[一二两三四五]项|上述选项/,
  /\b(?:ans(?:wer)?|correct|key)\b\s*[:.]?\s*\(?[A-L]\b(?!\s+[a-z])/i,
  /\b(?:[Ee]liminate|[Rr]ule out|[Ee]xcept|[Aa]ll but|[Hh]ence|[Tt]herefore|[Tt]hus|So|[Ii]t is|[Ll]etter|[Ss]tatement|[Bb]ecause|[Ee]xclude),?\s+\(?[A-L]\b(?!-|\s+[a-z])/,
  /(?<![\w-])[B-HJ-L] (?:was|would|applies|does|is|has|cannot|can)\b|\([a-f]\) (?:is|are|and)\b|\bNot [A-L] because\b/,
  /\b(?:first|second|third|fourth|last|latter|former|top|bottom) (?:two |three )?(?:options?|answers?|choices?|statements?|two|three)\b/i,
];
