import { describe, expect, it } from 'vitest';
import { parseXml } from '../xml.ts';
import { htmlPassage, isUnread, passageOf, type TextFormat, writtenPassage } from './index.ts';

const nothing = () => undefined;
/** The text that is shown, or the construct that is refused. */
const shown = (text: string, format: TextFormat = 'html'): string => {
  const read = writtenPassage(text, format, nothing);
  return isUnread(read) ? `refused: ${read.construct}` : read.text;
};
const leftOut = (html: string): readonly string[] => {
  const read = htmlPassage(html, nothing);
  return isUnread(read) ? ['refused'] : [`shown: ${read.text}`, ...(read.leftOut ?? [])];
};
const inXml = (xml: string): string => {
  const read = passageOf(parseXml(Buffer.from(`<itemBody>${xml}</itemBody>`)).children[0] as never, nothing);
  return isUnread(read) ? `refused: ${read.construct}` : read.text;
};

type Case = readonly [string, string];

describe('lines', () => {
  it.each<Case>([
    ['<p>一、穿绝缘手套</p><p>二、站绝缘垫<br>三、一人监护</p>', '一、穿绝缘手套\n二、站绝缘垫\n三、一人监护'],
    ['高处\n  作业 is\n  work', '高处作业 is work'],
    ['<b>高处</b>\n<i>作业</i>', '高处作业'],
    ['<div>甲<div>乙</div>丙</div>', '甲\n乙\n丙'],
    ['<h3>题</h3>干<hr>支<blockquote>引</blockquote>', '题\n干\n支\n引'],
    ['<dl><dt>甲</dt><dd>一</dd><dt>乙</dt><dd>二</dd></dl>', '甲\n一\n乙\n二'],
    ['<details><summary>摘要</summary>全文</details>', '摘要\n全文'],
    ['甲<br><br><br>乙', '甲\n乙'],
    ['甲<span style="display:block">乙</span>丙', '甲\n乙\n丙'],
    [
      '<pre>if x:\n    y = 1\n\n\tz</pre>后',
      'if x:\n\u00A0\u00A0\u00A0\u00A0y = 1\n\u00A0\n\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0z\n后',
    ],
    ['<p style="white-space: pre-line">甲\n乙</p>', '甲\n乙'],
    ['甲&nbsp;&nbsp; 乙', '甲 乙'],
  ])('%j are %j', (html, text) => expect(shown(html)).toBe(text));

  it.each<Case>([
    ['<ol><li>先办票</li><li>后动火</li></ol><p>正确的是</p>', '1. 先办票\n2. 后动火\n正确的是'],
    ['<ol start="3"><li>甲<li value=7>乙<li>丙</ol>', '3. 甲\n7. 乙\n8. 丙'],
    ['<ol type="A"><li>甲</li><li>乙</li></ol>', 'A. 甲\nB. 乙'],
    [
      '<ol type="i" start=4><li>甲</li></ol><ol type=a start=27><li>乙</ol><ol type=I start=9><li>丙</ol>',
      'iv. 甲\naa. 乙\nIX. 丙',
    ],
    ['<ol reversed><li>甲<li>乙<li>丙</ol>', '3. 甲\n2. 乙\n1. 丙'],
    ['<ol style="list-style-type: upper-roman"><li>甲</ol>', 'I. 甲'],
    ['<ol style="list-style: cjk-ideographic inside"><li>甲<li>乙</ol>', '一、甲\n二、乙'],
    ['<ol style="list-style-type: hebrew"><li>甲</ol>', 'refused: list-style-type'],
    ['<ol style="list-style:none"><li>1）甲</ol>', '1）甲'],
    ['<ul><li>甲<li>乙<ul><li>丙</ul></ul>', '• 甲\n• 乙\n\u00A0\u00A0\u00A0\u00A0◦ 丙'],
    ['<ol><li><p>甲</p><p>乙</p></li><li></li><li>丙</li></ol>', '1. 甲\n乙\n2.\n3. 丙'],
    ['<ol><li><ol><li>甲</ol><li>乙</ol>', '1. \u00A0\u00A0\u00A0\u00A01. 甲\n2. 乙'],
    ['<pre>    x = 1</pre>', '\u00A0\u00A0\u00A0\u00A0x = 1'],
    ['<ol><li>甲</li><li style="display:none">乙</li><li>丙</li></ol>', '1. 甲\n2. 丙'],
    ['<li>甲', '• 甲'],
  ])('of lists: %s', (html, text) => expect(shown(html)).toBe(text));
});

describe('tables', () => {
  const table = (inner: string) => `<table>${inner}</table>`;
  it.each<Case>([
    [table('<tr><th>气体<th>下限<tr><td>某气<td>'), '| 气体 | 下限 |\n| --- | --- |\n| 某气 | |'],
    [
      table('<tfoot><tr><td>合计<td>3</tfoot><thead><tr><th>甲<th>乙</thead><tr><td>1<td>2'),
      '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n| 合计 | 3 |',
    ],
    [table('<caption>测量</caption><tr><td>甲<td>乙<tr><td>1<td>2'), '测量\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |'],
    [table('<tr><td>甲<br>乙<td>丙<tr><td>1<td>2'), '| 甲 乙 | 丙 |\n| --- | --- |\n| 1 | 2 |'],
    [table('<tr><td>甲<td><td>丙'), '甲 | | 丙'],
    [table('<tr><td>甲<tr><td><tr><td>丙'), '| 甲 |\n| --- |\n| |\n| 丙 |'],
    [table('<tr><td>甲<tr><td>乙'), '甲\n乙'],
    [table(`<tr><td>${table('<tr><td>甲<td>乙<tr><td>1<td>2')}`), '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |'],
    [`${table('<tr><td>甲<td>乙<tr><td>1<td>2')}a|b`, '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\na|b'],
    [table('<tr><td style="display:none">甲<td>乙<tr><td>1<td>2'), 'refused: <td hidden>'],
    [
      table('<tr><td>甲<td>乙<tr style="display:none"><td>1<td>2<tr><td>3<td>4'),
      '| 甲 | 乙 |\n| --- | --- |\n| 3 | 4 |',
    ],
  ])('%s', (html, text) => expect(shown(html)).toBe(text));
});

describe('what stands higher, lower, or over', () => {
  it.each<Case>([
    ['H<sub>2</sub>SO<sub>4</sub>', 'H₂SO₄'],
    ['101<sub>2</sub> U<sub>max</sub>', '101₂ U_(max)'],
    ['Ca<sup>2+</sup> x<sup>n</sup>', 'Ca²⁺ x^(n)'],
    ['x<sup>2<sup>3</sup></sup> 10<sup>①</sup>', 'x^(2³) 10^(①)'],
    ['10<span style="vertical-align: super">3</span>', '10³'],
    ['村田<ruby>真<rp>(</rp><rt>まこと</rt><rp>)</rp></ruby>の', '村田真（まこと）の'],
    ['<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>', '東（とう）京（きょう）'],
    ['他说<q>先<q>停</q>电</q>', '他说“先‘停’电”'],
    ['在<u>&nbsp;&nbsp;&nbsp;</u>时', '在____时'],
    ['在<span style="border-bottom:1px solid; display:inline-block; width:80px"></span>时', '在____时'],
    ['x <u> </u> y', 'x y'],
  ])('%s', (html, text) => expect(shown(html)).toBe(text));
});

describe('what counts for nothing, or turns the meaning', () => {
  it.each<Case>([
    ['允许<del>不</del>系', 'refused: <del>'],
    ['允许<s>不</s>系', 'refused: <s>'],
    ['坠落<strike>1</strike>', 'refused: <strike>'],
    ['允许<span style="text-decoration: line-through">不</span>系', 'refused: text-decoration: line-through'],
    ['允许<span style="text-decoration-line:line-through">不</span>系', 'refused: text-decoration: line-through'],
    ['<bdo dir="rtl">abc</bdo>', 'refused: <bdo>'],
    ['\u202Eabc', 'refused: U+202E'],
    ['<span style="direction: rtl; unicode-bidi: bidi-override">abc</span>', 'refused: direction: rtl'],
    ['<span style="text-transform:uppercase">mw</span>', 'refused: text-transform: uppercase'],
    ['<span style="text-transform:none">mW</span>', 'mW'],
    ['<font face="Symbol">a</font>', 'refused: face="Symbol"'],
    ['<span style="font-family: Wingdings">J</span>', 'refused: font-family: Wingdings'],
    ['\uF0B7 甲', '• 甲'],
    ['\uF0FC 甲', 'refused: U+F0FC'],
    ['<div style="position:absolute; left: 3px">甲</div>', 'refused: position: absolute'],
    ['<div style="writing-mode: vertical-rl">甲</div>', 'refused: writing-mode: vertical-rl'],
    ['<p style="some-thing: new">甲</p>', 'refused: some-thing: new'],
    ['<p style="some-thing: new"></p>甲', '甲'],
    ['<p class="MsoNormal" style="margin:0cm;mso-list:l0;font-family:宋体;color:red;background:yellow">甲</p>', '甲'],
    ['<style>li::before{content:"x"}</style>甲', 'refused: <style> content: "x"'],
    ['<style>.x{color:red}</style>甲', '甲'],
    ['<span style="text-decoration: overline">A</span>', 'refused: text-decoration: overline'],
    ['<span style="border-top: 1px solid">A</span>', 'refused: border-top'],
    ['<p style="border-top: 1px solid">甲</p>', '甲'],
    ['<span style="font-variant: small-caps">mw</span>', 'refused: font-variant: small-caps'],
    ['<span class="text-uppercase">mw</span>', 'refused: class="text-uppercase"'],
    ['<div style="display:flex;flex-direction:row-reverse">甲</div>', 'refused: flex-direction: row-reverse'],
    ['<button>甲</button>', 'refused: <button>'],
    ['<input value="3">', 'refused: <input>'],
    ['<input type=hidden value="3">甲', '甲'],
    ['<select><option>甲</select>', 'refused: <select>'],
    ['<textarea>甲</textarea>', 'refused: <textarea>'],
    ['<svg><text>甲</text></svg>', 'refused: <svg>'],
    ['<canvas>甲</canvas>', 'refused: <canvas>'],
    ['<x-widget>甲</x-widget>', 'refused: <x-widget>'],
    ['<tr><td>甲<td>乙', 'refused: <tr>'],
    ['甲<o:p></o:p>', '甲'],
    ['<st1:chmetcnv unitname="米">2米</st1:chmetcnv>', '2米'],
    ['<v:shape>甲</v:shape>', 'refused: <v:shape>'],
    ['<![CDATA[甲]]>', 'refused: <![CDATA['],
    ['<div '.concat('>').repeat(300), 'refused: elements in elements'],
  ])('%s', (html, text) => expect(shown(html)).toBe(text));
});

describe('what nobody sees', () => {
  it.each<readonly [string, readonly string[]]>([
    ['甲<span hidden>乙</span>', ['shown: 甲', '<span hidden>']],
    ['甲<span style="display: none">乙</span>', ['shown: 甲', '<span style="display: none">']],
    ['甲<span style="visibility:hidden">乙</span>', ['shown: 甲', '<span style="visibility:hidden">']],
    ['甲<span style="font-size:0">乙</span>', ['shown: 甲', '<span style="font-size:0">']],
    ['<div style="font-size:0"><b style="font-size:16px">乙</b></div>', ['refused']],
    ['甲<span style="color:#fff">乙</span>', ['shown: 甲', '<span style="color: white">']],
    ['甲<font color=white>乙</font>', ['shown: 甲', '<font style="color: white">']],
    ['甲<span style="color:white;background:#00f">乙</span>', ['shown: 甲乙']],
    ['<div style="background:navy"><span style="color:white">乙</span></div>', ['shown: 乙']],
    ['甲<span style="color:#fefefe">乙</span>', ['shown: 甲', '<span style="color: white">']],
    ['甲<span style="color:rgba(0, 0, 0, 0)">乙</span>', ['shown: 甲', '<span style="color:rgba(0, 0, 0, 0)">']],
    ['甲<div style="height:0;overflow:hidden">乙</div>', ['shown: 甲', '<div style="height:0;overflow:hidden">']],
    [
      '甲<span style="position:absolute;left:-9999px">乙</span>',
      ['shown: 甲', '<span style="position:absolute;left:-9999px">'],
    ],
    ['甲<div popover>乙</div>', ['shown: 甲', '<div popover>']],
    ['甲<span class="sr-only">乙</span>', ['shown: 甲', '<span class="sr-only">']],
    // Seen by all but who is read to.
    ['甲<span aria-hidden="true">乙</span>', ['shown: 甲乙']],
    ['甲<script>alert(1)</script><template>乙</template><!-- 丙 -->', ['shown: 甲', '<script>']],
    ['甲<noscript>乙</noscript>', ['shown: 甲', '<noscript>']],
    ['看<a href="https://example.com">规定</a>', ['shown: 看规定', '<a href>']],
    ['看<a href="#x">规定</a>', ['shown: 看规定']],
    ['看<a href="/x.pdf">规定</a>', ['refused']],
    ['<abbr title="直流">DC</abbr>', ['shown: DC', '<abbr title>']],
    ['甲<span style="display:none"></span>', ['shown: 甲']],
  ])('%s', (html, told) => expect(leftOut(html)).toEqual(told));
});

describe('characters', () => {
  it.each<Case>([
    ['&le;36&thinsp;V &plusmn;5&deg;C &ldquo;三&rdquo; &Omega; &#8804; &#x2264;', '≤36 V ±5°C “三” Ω ≤ ≤'],
    ['&copy 2 &amp;lt; &foo; &ampx', '© 2 &lt; &foo; &x'],
    ['灭\u200B火\u00AD器\uFEFF', '灭火器'],
  ])('%s', (html, text) => expect(shown(html)).toBe(text));

  it.each<Case>([
    ['<p>&le;36&thinsp;V &Omega;</p>', '≤36 V Ω'],
    ['<p>甲 &foo; 乙</p>', 'refused: &foo;'],
    ['<p>&amp;lt;b&gt;</p>', '&lt;b>'],
  ])('of XML: %s', (xml, text) => expect(inXml(xml)).toBe(text));
});

describe('signs of less', () => {
  it.each<Case>([
    ['当 U<u1 且 u2>5 时', '当 U<u1 且 u2>5 时'],
    ['a<b', 'a<b'],
    ['a<b 且 c>d', 'a<b 且 c>d'],
    ['<0.5 与 <甲> 与 </乙> 与 <!丙> 与 <?丁>', '<0.5 与 <甲> 与 </乙> 与 <!丙> 与 <?丁>'],
    ['x<y, <i>z</i>', 'x<y, z'],
    ['<未完', '<未完'],
    ['1 <!-- 2', '1 <!-- 2'],
    ['<foo>甲</foo>', '<foo>甲</foo>'],
    ['a<b <i>c</i>', 'a<b c'],
    ['<script>if (a<b) c()</script>甲', '甲'],
    ['😀<甲>😀<b>乙</b>', '😀<甲>😀乙'],
    ['甲\r\n<乙>\r\n<b>丙</b>', '甲\n<乙>\n丙'],
  ])('by hand: %s', (text, seen) => expect(shown(text, 'moodle')).toBe(seen));

  it.each<Case>([
    ['当 U<u1 且 u2>5 时', '当 U<u1 且 u2>5 时'],
    ['a<b', 'a<b'],
    ['\\(a<b\\) 与 <i>c</i>', '\\(a<b\\) 与 c'],
    ['<foo>甲</foo>', 'refused: <foo>'],
    ['<![if !supportLists]>1.<![endif]>甲', '1.甲'],
  ])('by a program: %s', (text, seen) => expect(shown(text)).toBe(seen));

  it.each(['<', '<a ', '<a "', '<!--', '<b 且 ', '<p>', '<a href="', '</', '<b '])(
    'of many %j come to an end',
    (opening) => {
      const begun = performance.now();
      expect(shown(opening.repeat(100_000), 'moodle')).toBeTypeOf('string');
      expect(performance.now() - begun).toBeLessThan(5_000);
    },
  );
});

describe('formats', () => {
  it.each<readonly [TextFormat, string, string]>([
    ['moodle', '甲\n乙 <b>丙</b>', '甲\n乙 丙'],
    ['html', '甲\n乙 <b>丙</b>', '甲乙 丙'],
    ['plain', '甲\n乙 <b>丙</b> &lt;', '甲\n乙 <b>丙</b> &lt;'],
    ['markdown', '下列**不正确**的是\n\n1. 先断电\n2. 再救人', '下列不正确的是\n1. 先断电\n2. 再救人'],
    ['markdown', '2 \\* 3 = `6`', '2 * 3 = 6'],
    ['markdown', '*x* a_b_c a<b', 'x a_b_c a<b'],
    ['markdown', '|甲|乙|\n|-|-|\n|1|2|', '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |'],
    ['markdown', '求 \\(a_1 < b_2\\) 与 $$x*y*z$$', '求 \\(a_1 < b_2\\) 与 $$x*y*z$$'],
    ['markdown', '~~不~~系', 'refused: <del>'],
    ['markdown', '- [ ] 甲', 'refused: <input>'],
    ['markdown', '甲  \n乙', '甲\n乙'],
    ['markdown', '*a_'.repeat(3_000), 'refused: markdown'],
    ['markdown', `${'> '.repeat(3_000)}甲`, 'refused: markdown'],
    ['markdown', `${'> '.repeat(300)}甲`, 'refused: elements in elements'],
  ])('%s: %j', (format, text, seen) => expect(shown(text, format)).toBe(seen));
});

describe('several languages', () => {
  const both = (html: string) => {
    const read = htmlPassage(html, nothing);
    return isUnread(read) ? read.construct : [read.text, read.en];
  };
  it.each<readonly [string, unknown]>([
    [
      '<span lang="zh_cn" class="multilang">灭火器</span><span lang="en" class="multilang">Extinguisher</span>放哪',
      ['灭火器放哪', 'Extinguisher放哪'],
    ],
    ['{mlang zh}灭火器{mlang}{mlang en}Extinguisher{mlang}', ['灭火器', 'Extinguisher']],
    ['<p class="multilang" lang="zh-CN">甲</p><p class="multilang" lang="en-GB">A</p>', ['甲', 'A']],
    ['<span lang="fr" class="multilang">Extincteur</span>', 'multilang lang="fr"'],
    ['<span lang="en" class="multilang">Extinguisher</span>放哪', 'multilang'],
    ['{mlang other}甲{mlang}', ['甲', undefined]],
    ['{mlang zh_cn}甲{mlang}{mlang other}A{mlang}', ['甲', 'A']],
    ['{mlang other}甲{mlang}{mlang en}A{mlang}', ['甲', 'A']],
    ['{mlang zh}甲{mlang}{mlang other}B{mlang}{mlang en}A{mlang}', ['甲', 'A']],
    ['{mlang fr}B{mlang}{mlang other}甲{mlang}', 'multilang lang="fr"'],
    ['{mlang other}甲', '{mlang}'],
    ['{mlang zh}甲', '{mlang}'],
    ['<span lang="en">Extinguisher</span>灭火器', ['Extinguisher灭火器', undefined]],
  ])('%s', (html, said) => expect(both(html)).toEqual(said));
});

describe('MathML', () => {
  const math = (inner: string, more = '') => shown(`<math${more}>${inner}</math>`);
  it.each<Case>([
    ['<mfrac><mi>a</mi><mn>2</mn></mfrac>', '\\(\\frac{a}{2}\\)'],
    ['<msup><mi>x</mi><mn>2</mn></msup><mo>&#x2264;</mo><msqrt><mi>y</mi></msqrt>', '\\({x}^{2}≤\\sqrt{y}\\)'],
    ['<mroot><mi>x</mi><mn>3</mn></mroot>', '\\(\\sqrt[3]{x}\\)'],
    ['<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>', '\\({x}_{i}^{2}\\)'],
    ['<munderover><mo>&sum;</mo><mi>i</mi><mi>n</mi></munderover>', '\\(\\sum \\limits_{i}^{n}\\)'],
    ['<mover><mi>F</mi><mo>→</mo></mover>', '\\(\\vec{F}\\)'],
    ['<mfenced><mi>a</mi><mi>b</mi></mfenced>', '\\(\\left(a,b\\right)\\)'],
    [
      '<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>',
      '\\(\\begin{matrix}1&2\\\\3&4\\end{matrix}\\)',
    ],
    ['<mi>速度</mi><mo>=</mo><mtext>50% 以上</mtext>', '\\(\\text{速度}=\\text{50\\% 以上}\\)'],
    ['<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>', '\\(\\mathrm{sin}x\\)'],
    [
      '<semantics><mi>x</mi><annotation encoding="application/x-tex">\\frac{a}{b}</annotation></semantics>',
      '\\(\\frac{a}{b}\\)',
    ],
    ['<menclose notation="updiagonalstrike"><mi>x</mi></menclose>', 'refused: <menclose>'],
    ['<mglyph/>', 'refused: <mglyph>'],
    ['<mi mathvariant="bold">x</mi>', 'refused: <mi>'],
    ['<mfrac><mi>a</mi></mfrac>', 'refused: <mfrac>'],
    ['', 'refused: <math>'],
  ])('%s', (inner, text) => expect(math(inner)).toBe(text));

  it('is a formula of its own lines where it is a block, and may have a prefix in XML', () => {
    expect(math('<mi>x</mi>', ' display="block"')).toBe('\\[x\\]');
    expect(inXml('<p>求<m:math><m:mi>x</m:mi></m:math></p>')).toBe('求\\(x\\)');
  });

  it('that KaTeX or MathJax draw is read once', () => {
    const katex =
      '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">x2</span></span>';
    expect(shown(katex)).toBe('\\(x^2\\)');
    expect(shown('<script type="math/tex">x^2</script>')).toBe('\\(x^2\\)');
    expect(shown('<span class="MathJax">x2</span>')).toBe('refused: MathJax');
  });
});

describe('a formula that Canvas draws', () => {
  it.each<Case>([
    ['<img class="equation_image" src="/equation_images/x" alt="LaTeX: \\frac{1}{2}">', '\\(\\frac{1}{2}\\)'],
    [
      '功率 <img class="equation_image" alt="x" data-equation-content="P=UI" src="https://a.b/equation_images/P"> 是',
      '功率 \\(P=UI\\) 是',
    ],
  ])('%s is its TeX', (html, said) => expect(shown(html)).toBe(said));

  it('without TeX is a picture that is missing', () => {
    expect(shown('<img class="equation_image" src="/equation_images/x" alt="half">')).toContain('equation_image');
  });
});
