import { Refusal } from '../../contract/words/reasons.ts';

/**
 * The text of a file: UTF-8 or UTF-16, with or without its mark, or what Excel writes CSV in on a Chinese Windows, GB 18030 on the
 * mainland and Big5 elsewhere.
 * @throws Refusal `not-a-workbook` where it is none, or may be two
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const narrow = marked ? undefined : decoded(bytes, 'utf-8');
  // Of two bytes each, Chinese is hardly ever well-formed in UTF-8; what has nothing but ASCII may be either.
  if (narrow !== undefined && (!narrow.includes('\0') || /[^\p{ASCII}]/u.test(narrow))) return narrow;
  const unicode = marked ?? wideEncoding(bytes);
  if (unicode) {
    const text = decoded(bytes, unicode);
    if (text === undefined)
      throw new Refusal('not-a-workbook', `it begins as ${unicode} and goes on as something else`);
    return text;
  }
  return narrow ?? decodeChinese(bytes);
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5';

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // It is another, or none.
    return undefined;
  }
}

/** Commas, digits and the ends of lines have a byte of zero in UTF-16, on one side all of them. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length % 2 !== 0 || bytes.length === 0) return undefined;
  const zeros = [0, 0];
  for (const [at, byte] of bytes.subarray(0, LOOKED_AT).entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > LEAST_ZEROS && even * MUCH_RARER < odd) return 'utf-16le';
  return even > LEAST_ZEROS && odd * MUCH_RARER < even ? 'utf-16be' : undefined;
}
const [LOOKED_AT, LEAST_ZEROS, MUCH_RARER] = [64_000, 2, 10];

/**
 * Characters that texts about work, questions and people are full of. In the right encoding every few characters are one of these; in the
 * wrong one hardly any is.
 */
const COMMON = new Set(
  '的一是不了在人有中大为上和国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严' +
    '題選項單斷對錯號證姓名這為時來們會國個電動發產種後說學經過進與應開還義當點業關線內數氣條無給總長問間門員體處書實見將計設險檢護備層員響壓機構勞傳標準確認識責務禁止危答案判正錯卷' +
    '题型选项答案判断对错卷姓身份证码单',
);

/** @throws Refusal `not-a-workbook` */
function decodeChinese(bytes: Uint8Array): string {
  const read = (['gb18030', 'big5'] as const).flatMap((encoding) => decoded(bytes, encoding) ?? []);
  const [text, other] = read
    .map((one) => ({ text: one, common: commonIn(one) }))
    .toSorted((a, b) => b.common - a.common);
  // More signs that no alphabet has than common ones: it decodes, and is no text.
  if (!text || text.common < 0) throw new Refusal('not-a-workbook', 'neither UTF-8 nor UTF-16, GB 18030 or Big5');
  if (other && text.common <= Math.max(0, other.common) * SURE)
    throw new Refusal('not-a-workbook', 'it may be GB 18030 or Big5: save it as UTF-8');
  return text.text;
}
/** So many times as many are common in the right one. */
const SURE = 2;

/** How much of a text is made of common characters, less what is made of those that no alphabet has; -1..1. */
function commonIn(text: string): number {
  const signs = [...text.slice(0, LOOKED_AT)].filter((sign) => sign > '\u007F');
  const of = (is: (sign: string) => boolean): number => signs.filter(is).length;
  return (of((sign) => COMMON.has(sign)) - of((sign) => /\p{Co}/u.test(sign))) / Math.max(1, signs.length);
}
