import type { Mark, Passage } from './passage.ts';

/** How questions speak of words that stand out. */
const SPOKEN: readonly (readonly [RegExp, readonly Mark[]])[] = [
  [/划线|画线|[划画加标带]了?(有|着)?(下|横|波浪)线|波浪线|underlin/i, ['underline']],
  [/加点|着重号/, ['dots', 'underline', 'bold']],
  [/加粗|粗体|黑体|\b(in bold|bold(ed)? (word|text|part))/i, ['bold']],
  [/斜体|\bitalic/i, ['italic']],
  [
    /[红蓝绿黄]色?(的)?(字|词|部分|文字|句|数字)|标[红蓝绿黄]|\b(red|blue|green) (word|text|part|letter)/i,
    ['colour', 'highlight'],
  ],
  [/高亮|底色|阴影部分|突出显示|突出的|标记的|标出的|\bhighlight/i, ['highlight', 'colour']],
];

/** The way to stand out of which a question speaks and that one of its texts has: what is shown has it no more. */
export function emphasisSpokenOf(stem: Passage, options: readonly Passage[]): Mark | undefined {
  const spoken = SPOKEN.flatMap(([words, marks]) => (words.test(`${stem.text} ${stem.en ?? ''}`) ? marks : []));
  return spoken.find((mark) => [stem, ...options].some(({ marks }) => marks?.has(mark)));
}
