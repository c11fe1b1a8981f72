/** Family names as they are romanised: Mandarin (Hanyu Pinyin and Wade-Giles), Cantonese and Hokkien, Korean; the commonest hundred or so. */
const FAMILY_NAMES = new Set(
  `Ahn An Bae Baek Bai Cai Cao Chan Chang Chao Chau Chen Cheng Cheung Chiang Chien Chin Chiu Cho Choe Choi Chong Chou Chow Chu Chun Chung
  Chyung Cui Dai Deng Ding Dong Du Duan Fan Fang Feng Fong Fu Fung Gao Gong Gu Guo Han He Hong Ho Hou Hsieh Hsu Hu Huang Hung Hwang Im
  Ip Jang Jeon Jeong Jia Jiang Jin Jo Jong Joo Jung Kang Kim Kong Kuo Kwak Kwok Kwon Lai Lam Lau Law Lee Lei Leung Li Liang Liao Lim
  Lin Ling Liu Lo Lu Luo Ma Mao Mei Meng Min Mo Mok Moon Na Nam Ng Ni Noh Oh Ou Pak Pan Park Peng Qian Qiao Qin Qiu Rao Ren Rhee Roh
  Ryu Seo Shao Shen Shi Shim Shin Sim Sin So Song Su Suh Sun Sung Tam Tan Tang Tao Teng Tian Tong Tsai Tsang Tse Tseng Tung Twu Wan
  Wang Wei Wen Won Wong Woo Wu Xia Xiang Xiao Xie Xiong Xu Xue Yam Yan Yang Yao Yau Ye Yee Yeo Yeung Yi Yim Yin Yip Yoo Yoon You Yu Yuan
  Yue Yun Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou`.split(/\s+/),
);
/** Of these many families elsewhere have one, or people are called so: alone they say nothing. */
const ALSO_ELSEWHERE = new Set([
  'Lee',
  'Kim',
  'Chan',
  'Law',
  'Sung',
  'Long',
  'Young',
  'Song',
  'Won',
  'An',
  'He',
  'You',
  'Su',
  'Na',
]);
/** Given names of China, as Pinyin spells them: one syllable or two. */
const CHINESE_GIVEN = /^(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsrwy])?[aeiou]{1,3}(?:ng?|r)?){1,2}$/;
/** What Japanese is made of when it is romanised after Hepburn, and what family names end in. */
const MORAE = /^(?:(?:[kgnhbpmr]y|sh|ch|ts|[kgsznhbpmrtdjfyw])?[aiueo]|n(?![aiueo]))+$/;
const NOT_HEPBURN = /si|ti|tu|hu|zi|di|du|je|fa|fe|fo|wu|we|wi|yi|ye/;
const FAMILY_ENDS = /(?:[aeou]i|[dtkgmn]a|[tkgrnsz]i|[csj]h?i|[mn]o|mi|to|be|ba|ya|ra|wa)$/;

const isJapanese = (part: string): boolean => MORAE.test(part) && !NOT_HEPBURN.test(part);

/**
 * Whether a name is most likely Chinese, Korean or Japanese: its first or last part is a family name of China or Korea (first,
 * only before a given name of theirs: two syllables with a hyphen, or one word of Pinyin), or all of it is Japanese syllables
 * and ends as families there do. A guess by the name alone, for a public list of photos; of a person it says nothing.
 * @param parts of the name, as it is written
 */
export function isEastAsianName(parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.at(-1);
  if (!last) return false;
  if (parts.every((part) => isJapanese(part.toLowerCase())) && FAMILY_ENDS.test(last)) return true;
  const hyphenated = rest.some((part) => /^[A-Z][a-z]+-[A-Za-z][a-z]+$/.test(part));
  const chinese = rest.length === 1 && !ALSO_ELSEWHERE.has(first) && CHINESE_GIVEN.test(last.toLowerCase());
  if (FAMILY_NAMES.has(first) && (hyphenated || chinese)) return true;
  return FAMILY_NAMES.has(last) && !ALSO_ELSEWHERE.has(last);
}
