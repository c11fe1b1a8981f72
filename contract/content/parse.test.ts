import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContent } from './parse.ts';
import type { Block, Run } from './parts.ts';
import { plainText } from './plain-text.ts';
import { LONGEST_FORMULA } from './tokens.ts';

const runsOf = (block: Block): readonly Run[] => (block.kind === 'paragraph' ? block.runs : []);
/** What of a text is what: w words, f a formula, d one of its own lines, t a table. */
const shape = (text: string): readonly string[] =>
  parseContent(text).flatMap((block) => {
    if (block.kind === 'formula') return [`d:${block.tex}`];
    if (block.kind === 'paragraph')
      return block.runs.map((run) => (run.kind === 'words' ? `w:${run.text}` : `f:${run.tex}`));
    const row = (cells: (typeof block)['head']) =>
      cells.map((cell) => cell.map((run) => (run.kind === 'words' ? run.text : `<${run.tex}>`)).join('')).join('/');
    return [`t:${[block.head, ...block.rows].map(row).join(' ')}`];
  });

describe('a text', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['安全第一', ['w:安全第一']],
    ['第一行\n第二行', ['w:第一行\n第二行']],
    ['由 \\(U=IR\\) 得', ['w:由 ', 'f:U=IR', 'w: 得']],
    ['则\n\\[ P = UI \\]\n求 P', ['w:则', 'd: P = UI ', 'w:求 P']],
    ['则 $$a+b$$', ['w:则', 'd:a+b']],
    ['$5 与 $6', ['w:$5 与 $6']],
    ['没有关上 \\(a', ['w:没有关上 \\(a']],
    ['没有打开 a\\) b\\] c$$', ['w:没有打开 a\\) b\\] c$$']],
    ['空的 \\( \\) 与 $$$$', ['w:空的 \\( \\) 与 $$$$']],
    ['隔了一段 \\(a\n \nb\\)', ['w:隔了一段 \\(a\n \nb\\)']],
    ['写作 \\\\(a\\)，不是公式', ['w:写作 \\(a\\)，不是公式']],
    ['写作 \\\\[a\\] 和 \\$$b$$', ['w:写作 \\[a\\] 和 $$b$$']],
    ['\\[a \\\\[2pt] b\\]', ['d:a \\\\[2pt] b']],
    ['$$5\\$ + 1$$', ['d:5\\$ + 1']],
    ['a|b', ['w:a|b']],
    ['写成 \\| 还是 \\|', ['w:写成 \\| 还是 \\|']],
  ])('%j', (text, parts) => expect(shape(text)).toEqual(parts));
});

it('is a formula up to a length that none has', () => {
  const [whole, more] = [0, 1].map((by) => 'a'.repeat(LONGEST_FORMULA + by));
  expect(shape(`\\(${whole}\\)`)).toEqual([`f:${whole}`]);
  expect(shape(`\\(${more}\\)`)).toEqual([`w:\\(${more}\\)`]);
});

describe('a table', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'with bars around',
      '见下表：\n| 甲 | 乙 |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n选哪个？',
      ['w:见下表：', 't:甲/乙 1/2 3/4', 'w:选哪个？'],
    ],
    ['without', '甲|乙\r\n-|-\r\n1|2', ['t:甲/乙 1/2']],
    ['of one column', '|甲|\n|-|\n|1|', ['t:甲 1']],
    ['with cells left empty, and left out', '|甲|乙|\n|-|-|\n||2|\n|3|', ['t:甲/乙 /2 3/']],
    ['with formulas, whose bars are theirs', '|甲|乙|\n|-|-|\n|\\(|x|\\)|$$\\|y\\|$$|', ['t:甲/乙 <|x|>/<\\|y\\|>']],
    ['with a bar in a cell', '|甲|乙|\n|-|-|\n|a\\|b|2|', ['t:甲/乙 a|b/2']],
    ['that ends before a row with more cells', '|甲|乙|\n|-|-|\n|1|2|\n|1|2|3|', ['t:甲/乙 1/2', 'w:|1|2|3|']],
    ['without a row', '|甲|乙|\n|-|-|', ['w:|甲|乙|\n|-|-|']],
    ['without dashes', '|甲|乙|\n|1|2|', ['w:|甲|乙|\n|1|2|']],
    ['with fewer dashes', '|甲|乙|\n|-|\n|1|2|', ['w:|甲|乙|\n|-|\n|1|2|']],
    ['within a formula', '$$\na|b\n-|-\n1|2\n$$', ['d:\na|b\n-|-\n1|2\n']],
    ['behind another', '|甲|\n|-|\n|1|\n\n|乙|\n|-|\n|2|', ['t:甲 1', 'w:', 't:乙 2']],
  ])('%s', (_, text, parts) => expect(shape(text)).toEqual(parts));

  it('says how its columns stand', () => {
    expect(parseContent('a|b|c|d\n-|:-|:-:|--:\n1|2|3|4')).toMatchObject([
      { columns: ['start', 'start', 'center', 'end'] },
    ]);
  });
});

const texts = fc
  .array(
    fc.constantFrom(
      '\\(',
      '\\)',
      '\\[',
      '\\]',
      '$$',
      '$',
      '\\',
      '|',
      '\n',
      '\r\n',
      '-',
      ':-:',
      '|-|-|\n',
      '|a|b|\n',
      'x',
      ' ',
      '甲',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('whatever the text', () => {
  it('its parts are all of it', () =>
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
        const blocks = parseContent(text);
        expect(blocks.map(({ source }) => source).join('')).toBe(text);
        for (const block of blocks)
          if (block.kind === 'paragraph')
            expect(
              runsOf(block)
                .map(({ source }) => source)
                .join(''),
            ).toBe(block.source);
      }),
      { numRuns: 3_000 },
    ));

  it('no word of it goes unseen', () =>
    fc.assert(
      fc.property(texts, (text) => {
        // Of a table the dashes are not shown, and neither are marks.
        const seen = [...plainText(text)].filter((sign) => 'x甲ab'.includes(sign)).join('');
        expect(seen).toBe([...text].filter((sign) => 'x甲ab'.includes(sign)).join(''));
      }),
      { numRuns: 3_000 },
    ));

  it('as words in one line it has no line break', () =>
    fc.assert(
      fc.property(texts, (text) => void expect(plainText(text)).not.toMatch(/[\r\n]/)),
      { numRuns: 500 },
    ));

  it.each([
    ['opened a hundred thousand times', '\\('.repeat(100_000)],
    ['opened so often, and closed far away', `${'\\[ '.repeat(100_000)}\\]`],
    ['opened in each line, and closed behind a blank one', `${'\\( '.repeat(900)}\n\n\\)`.repeat(100)],
    ['lines of dashes', '-|-\n'.repeat(100_000)],
    ['lines of dashes, and then more', `${'-|-\n'.repeat(50_000)}|||||`],
    ['bars', '|'.repeat(300_000)],
    ['tables', 'a|b\n-|-\n1|2\n\n'.repeat(30_000)],
    ['backslashes', '\\'.repeat(300_001)],
    ['blanks between dashes', `a|b\n${' '.repeat(100_000)}-${' '.repeat(100_000)}x|-\n1|2`],
  ])('%s: it is read in no time', (_, text) => {
    const begun = performance.now();
    expect(
      parseContent(text)
        .map(({ source }) => source)
        .join(''),
    ).toBe(text);
    expect(performance.now() - begun).toBeLessThan(8_000);
  });
});

it.each([
  ['功率 \\(P\\) 是\n多少', '功率 P 是 多少'],
  ['|甲|乙|\n|-|-|\n|1|2|', '甲 | 乙 1 | 2'],
  ['看 \\\\( 吧', '看 \\( 吧'],
])('%j in one line', (text, line) => expect(plainText(text)).toBe(line));
