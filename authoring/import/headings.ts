import { type Cell, cellText, compact } from './cells.ts';

/** Where things stand in a sheet: column indices. */
export type Layout = {
  readonly kind: number | undefined;
  readonly stem: number;
  /** One column or, under a heading merged over several, all of them. */
  readonly options: readonly number[];
  /** A column for each option, by the letter's place in the alphabet. */
  readonly optionColumns: ReadonlyMap<number, number>;
  readonly key: number;
  readonly topic: number | undefined;
  /** A column for the pictures of stems. */
  readonly picture: number | undefined;
  /** Columns that have a heading. */
  readonly headed: ReadonlySet<number>;
  /** Columns of what else is known of an item. */
  readonly about: ReadonlyMap<AboutField, number>;
};

export type AboutField = (typeof ABOUT)[number][0] | EnglishField;
/** Columns for what is said in English: `englishA` for the first option. */
type EnglishField = 'englishStem' | 'englishPassage' | 'englishExplanation' | `english${OptionLetter}`;
export type OptionLetter = (typeof OPTION_LETTERS)[number];
export const OPTION_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'] as const;

// Within a field the earlier pattern wins: 章节 says more about an item than 作业种类, and 试题类别 is the kind only where
// nothing else is.
const KIND = [
  /^(试题|题目|考题|习题|题)?(题型|类型|型)(名称)?$/,
  /^(questiontype|type)$/i,
  /^(试题|题目|题)(种类|类别|分类)$/,
];
const STEM = [
  /^(试题|题目|问题|考题|习题)?(题干|题面|内容|描述|正文)(内容)?$/,
  /^(试题|题目|问题|考题|习题)(题目|题干|名称|标题)?$/,
  /^(question|stem)$/i,
];
const OPTIONS = [
  /^(试题|题目|考题)?(答案)?(备选|可选|候选)?(选项|备选项|备选答案|候选答案)(内容|列表)?$/,
  /^options?$/i,
];
const OPTION_COLUMN =
  /^(?:试题|题目)?(?:选项|备选项|备选|备选答案|候选项|候选答案|答案选项|答案|选择项?)?([A-Z]|[1-9]\d?|[一二三四五六七八九]|十[一二三四五六七八九]?)(?:选项|项|答案)?$/i;
const KEY = [
  /^(试题|题目|考题)?(正确|标准|参考)(答案|选项)(选项)?$/,
  /^(试题|题目|考题|本题)?答案$/,
  /^(answer|key)$/i,
];
const TOPIC = [
  /^(所属|所在)?(章节|章|节|篇章|章节名称|chapter)$/i,
  /^(所属|考核)?(知识点|考点|模块|单元|topic)(名称)?$/i,
  /^(所属)?(作业|知识|题库|工种|专业|试题|题目)?(类别|分类|种类|科目|工种|专业|作业项目|作业类型)(名称)?$/,
];
const PICTURE = [/^(试题|题目|题干)?(图片|配图|插图|附图|题图)$/, /^(picture|image)$/i];
const ABOUT = [
  ['difficulty', [/^(试题|题目)?(难度|难易)(系数|等级|程度|级别)?$/, /^difficulty$/i]],
  ['explanation', [/^(试题|题目|答案)?(解析|解释|说明|分析|详解)$/, /^(explanation|feedback)$/i]],
  ['industry', [/^(所属)?(行业|行业领域|行业类别)$/, /^industry$/i]],
  ['area', [/^(重点)?领域$/, /^area$/i]],
  ['category', [/^(适用)?(人员类别|人员类型|人员|岗位)$/, /^category$/i]],
  ['enemies', [/^(互斥组|互斥题组|互斥)$/, /^enemies$/i]],
  [
    'fixedOrder',
    [
      /^(是否)?(选项)?(固定|锁定|保持)(选项|原)?(顺序|次序|排列)$/,
      /^选项(是否)?(固定|锁定)$|^选项(顺序|次序)(是否)?(固定|锁定)?$/,
      /^(选项)?(不|禁止|不可|不得)(打乱|乱序|随机)(选项)?(顺序|次序|排列)?$/,
      /^fixed-?(order|options)$/i,
    ],
  ],
  [
    'shuffled',
    [
      /^(是否)?(允许|可)?(打乱|乱序|随机)(选项)?(顺序|次序|排列)?$/,
      /^选项(是否)?(允许|可)?(打乱|乱序|随机)(顺序|次序|排列)?$/,
      /^shuffled?-?(options|answers|choices)?$/i,
    ],
  ],
  ['premises', [/^(左列|左项|左侧|左边)(内容|选项|项)?$/, /^premises?$/i]],
  [
    'passage',
    [/^(案例|材料|背景)(材料|资料|内容|描述|正文)?$/, /^(共用|公共|公用)题干$/, /^阅读材料$/, /^(passage|case)$/i],
  ],
  ['literal', [/^按原文$/, /^literal$/i]],
] as const;
const ENGLISH: readonly (readonly [EnglishField, readonly RegExp[]])[] = [
  ['englishStem', [/^英文(题目|题干)$/]],
  ['englishPassage', [/^英文材料$/]],
  ['englishExplanation', [/^英文解析$/]],
  ...OPTION_LETTERS.map((letter) => [`english${letter}`, [new RegExp(`^英文选项${letter}$`, 'i')]] as const),
];
export const ABOUT_FIELDS = ABOUT.map(([field]) => field);
const CHINESE_DIGITS = '一二三四五六七八九十';

/** A heading says what its column holds; a note in brackets behind it does not. */
const headingText = (cell: Cell): string => {
  const typed = compact(cellText(cell));
  if (typed.length > 60) return typed;
  const text = typed.replace(/^\*+|[*:]+$/g, '');
  const bare = text.replace(/[([【{〔].*?[)\]】}〕]/g, '').replace(/[([【].*$/, '');
  // 选项(A) carries its letter in the brackets.
  const letter = /^(?:选项|备选项?|答案)[([【]([A-Z]|\d{1,2}|[一二三四五六七八九十]{1,2})[)\]】]$/i.exec(text)?.[1];
  return letter ? `选项${letter}` : bare;
};

function find(
  headings: readonly string[],
  patterns: readonly RegExp[],
  taken: ReadonlySet<number>,
): number | undefined {
  for (const pattern of patterns) {
    const at = headings.findIndex((heading, column) => !taken.has(column) && pattern.test(heading));
    if (at >= 0) return at;
  }
  return undefined;
}

function optionLetter(heading: string): number | undefined {
  const mark = OPTION_COLUMN.exec(heading)?.[1]?.toUpperCase();
  if (!mark) return undefined;
  if (/\d/.test(mark)) return heading === mark ? undefined : Number(mark) - 1;
  const digit = CHINESE_DIGITS.indexOf(mark.at(-1) ?? '') + 1;
  if (mark.startsWith('十') || digit > 0) return heading === mark ? undefined : digit + (mark.length > 1 ? 10 : 0) - 1;
  return mark.charCodeAt(0) - 65;
}

function optionColumns(headings: readonly string[]): ReadonlyMap<number, number> {
  const columns = new Map<number, number>();
  for (const [column, heading] of headings.entries()) {
    const letter = optionLetter(heading);
    if (letter !== undefined && !columns.has(letter)) columns.set(letter, column);
  }
  // More than an item may have are options all the same, for whoever reads the row to say so; a lone T or X is none.
  for (const letter of [...columns.keys()].sort((a, b) => a - b))
    if (letter >= OPTION_LETTERS.length && !columns.has(letter - 1)) columns.delete(letter);
  // A lone A is no set of options (it may be a grade); a set starts with A.
  return columns.has(0) && columns.has(1) ? columns : new Map();
}

/** A heading merged over several columns leaves the ones behind it without a heading. */
function spanFrom(headings: readonly string[], first: number): readonly number[] {
  const rest = headings.slice(first + 1);
  const blanks = rest.findIndex((heading) => heading !== '');
  return [first, ...Array.from({ length: Math.max(blanks, 0) }, (_, at) => first + 1 + at)];
}

/**
 * The layout a row of headings lays down; undefined where the row is no row of headings. 题目 and 答案 alone are a bank
 * only where the sheet's name says what kind of items it holds.
 */
export function readHeadings(row: readonly Cell[], kindKnown = false): Layout | undefined {
  const headings = row.map(headingText);
  const columns = optionColumns(headings);
  const taken = new Set(columns.values());
  const key = find(headings, KEY, taken);
  const stem = find(headings, STEM, taken);
  if (key === undefined || stem === undefined || key === stem) return undefined;
  const kind = find(headings, KIND, taken);
  const options = columns.size > 0 ? undefined : find(headings, OPTIONS, taken);
  const topic = find(headings, TOPIC, new Set([...taken, ...(kind === undefined ? [] : [kind])]));
  if (kind === undefined && options === undefined && columns.size === 0 && !kindKnown) return undefined;
  const known = new Set(
    [key, stem, kind, options, topic, ...columns.values()].filter((column) => column !== undefined),
  );
  const about = [...ABOUT, ...ENGLISH].flatMap(([field, patterns]) => {
    const at = find(headings, patterns, known);
    return at === undefined ? [] : [[field, at] as const];
  });
  return {
    kind,
    stem,
    picture: find(headings, PICTURE, known),
    headed: new Set(headings.flatMap((heading, column) => (heading === '' ? [] : [column]))),
    options: options === undefined ? [] : spanFrom(headings, options),
    optionColumns: columns,
    key,
    topic,
    about: new Map(about),
  };
}

/** The second row of a two-row heading: nothing but option letters, under 选项 merged over them. */
export function refineHeadings(layout: Layout, row: readonly Cell[]): Layout | undefined {
  const headings = row.map(headingText);
  const columns = optionColumns(headings);
  const others = headings.filter((heading, column) => heading !== '' && ![...columns.values()].includes(column));
  if (columns.size === 0 || others.length > 0) return undefined;
  return { ...layout, options: [], optionColumns: columns, headed: new Set([...layout.headed, ...columns.values()]) };
}
