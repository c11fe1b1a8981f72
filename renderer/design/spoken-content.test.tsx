import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { Content, partsOfStem } from './content.tsx';
import { spokenContent } from './spoken-content.ts';
import { spokenFormula } from './spoken-formula.ts';

describe('a formula read aloud', () => {
  it.each([
    ['\\frac{1}{2}', '2 分之 1', '1 over 2'],
    ['P=UI', 'P 等于 U I', 'P equals U I'],
    ['x^2+y^{3}', 'x 的平方 加 y 的立方', 'x squared plus y cubed'],
    ['10^{-3}', '10 的 减 3 次方', '10 to the power of minus 3'],
    ['\\frac{a+b}{c}', 'c 分之 左括号 a 加 b 右括号', 'open bracket a plus b close bracket over c'],
    ['\\frac{a}{c}+b', 'c 分之 a 加 b', 'a over c plus b'],
    ['(a)U_{\\mathrm{max}}', '左括号 a 右括号 U 下标 max', 'open bracket a close bracket U sub max'],
    ['20^\\circ', '20 度', '20 degrees'],
    [
      '\\sqrt[3]{8}\\ne\\sqrt2',
      '8 的 3 次方根 不等于 根号 2',
      'the root of order 3 of 8 is not equal to the square root of 2',
    ],
    ['R_1 \\times \\Omega', 'R 下标 1 乘 Omega', 'R sub 1 times Omega'],
    ['\\text{速度}\\le 5', '速度 小于等于 5', '速度 is at most 5'],
    ['\\begin{matrix}a&b\\\\c\\end{matrix}', 'a , b , c', 'a , b , c'],
    ['}}{\\frac', '分之', 'over'],
  ])('%s', (tex, zh, en) => {
    expect(spokenFormula(tex, translator('zh'))).toContain(zh);
    expect(spokenFormula(tex, translator('en'))).toContain(en);
  });

  it('that was nested without end is at an end all the same', () => {
    expect(spokenFormula('{'.repeat(1_900), translator('zh'))).toBe('');
    expect(spokenFormula('\\frac'.repeat(300), translator('en'))).toContain('over');
  });
});

it('a table is read row by row, and words as they are', () => {
  const text = '见下表：\n|量|值|\n|-|-|\n|\\(I^2\\)|4|\n求和';
  expect(spokenContent(text, translator('en'))).toEqual([
    '见下表：',
    'Table, columns: 2, rows: 1',
    '量; 值',
    'I squared; 4',
    '求和',
  ]);
  expect(spokenContent('安全第一', translator('zh'))).toEqual(['安全第一']);
});

describe('on the page', () => {
  const page = { t: translator('zh'), contentLocale: 'zh' } as PageContext;
  const markup = (text: string) =>
    renderToStaticMarkup(
      <Page value={page}>
        <Content text={text} />
      </Page>,
    );

  it('words alone are nothing but words', () => {
    expect(markup('甲 < 乙\n丙')).toBe('甲 &lt; 乙\n丙');
  });

  it('a formula that cannot be drawn yet stands there as it was written, with a name', () => {
    expect(markup('由 \\( U=IR \\) 得')).toMatch(
      /^由 <span class="formula-as-written" role="img" aria-label="[^"]*U=IR">U=IR<\/span> 得$/,
    );
  });

  it('a table has a row for each row and a head for each column', () => {
    const [table = ''] = /<table>.*<\/table>/.exec(markup('|甲|乙|\n|-|:-:|\n|<b>|2|')) ?? [];
    expect(table).toBe(
      '<table><thead><tr><th scope="col" data-align="start">甲</th><th scope="col" data-align="center">乙</th></tr></thead>' +
        '<tbody><tr><td data-align="start">&lt;b&gt;</td><td data-align="center">2</td></tr></tbody></table>',
    );
  });

  it('a question is named by what comes before its table', () => {
    const { lead, rest } = partsOfStem('问：\n|甲|\n|-|\n|1|\n选什么？');
    expect([lead.map(({ kind }) => kind), rest.map(({ kind }) => kind)]).toEqual([
      ['paragraph'],
      ['table', 'paragraph'],
    ]);
    expect(partsOfStem('问').rest).toEqual([]);
  });
});
