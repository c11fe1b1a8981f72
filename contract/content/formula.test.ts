import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MathElement, mathOf, UnreadableFormula } from './formula.ts';

/** As it would be written out. */
const markup = ({ name, children }: MathElement): string =>
  `<${name}>${children.map((child) => (typeof child === 'string' ? child : markup(child))).join('')}</${name}>`;
const of = (tex: string, display = false) => markup(mathOf(tex, display));

function problem(tex: string): string {
  try {
    mathOf(tex, false);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableFormula);
    return (error as Error).message;
  }
}

describe('a formula', () => {
  it.each([
    ['x^2', '<math><msup><mi>x</mi><mn>2</mn></msup></math>'],
    ['\\frac{a}{b}', '<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>'],
    ['\\sqrt{U}', '<math><msqrt><mi>U</mi></msqrt></math>'],
    ['\\text{功率}P', '<math><mrow><mtext>功率</mtext><mi>P</mi></mrow></math>'],
    ['50\\%', '<math><mrow><mn>50</mn><mi>%</mi></mrow></math>'],
    ['\\text{<b>}', '<math><mtext><b></mtext></math>'],
  ])('%s is MathML', (tex, math) => expect(of(tex)).toBe(math));

  it.each([
    '\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}',
    'f(x)=\\begin{cases}1&x>0\\\\0&x\\le 0\\end{cases}',
    '\\begin{aligned}a&=b\\\\c&=d\\end{aligned}',
    '\\sum_{i=1}^{n}x_i \\ne \\int_0^1 f\\,dx',
    '\\vec{F}=m\\vec{a},\\ \\mathbf{B},\\ \\overline{AB},\\ 36\\,\\mathrm{V},\\ 20^\\circ\\mathrm{C},\\ \\Omega',
    '\\ce{CO + O2 -> CO2}',
    '\\left(\\frac{a}{b}\\right)\\times 10^{-3}',
    'x\\leqslant y\\geqslant z',
    '速度=\\frac{路程}{时间}',
  ])('%s is one', (tex) => expect(of(tex, true)).toMatch(/^<math>.+<\/math>$/));

  it('of lines of its own says so, and has the style of a script, not of a page', () => {
    expect(mathOf('x', true).attributes).toEqual({ display: 'block' });
    const [table] = mathOf('\\begin{matrix}a&b\\end{matrix}', false).children as readonly MathElement[];
    expect(JSON.stringify(table)).toMatch(/"style":\{"paddingLeft":"0em","paddingRight":/);
    expect(mathOf('\\color{red}{x}', false)).not.toHaveProperty('style.color');
    expect(JSON.stringify(mathOf('\\textcolor{red}{x}\\colorbox{red}{y}', false))).not.toMatch(/ff0000|red/);
  });

  it.each([
    ['\\frac{a', 'Unexpected end of input'],
    ['50%', 'percent'],
    ['a \\\\% b', 'percent'],
    ['\\nosuch', '\\nosuch'],
    ['\\def\\x{\\x\\x}\\x', '\\def'],
    ['\\newcommand{\\x}{y}\\x', '\\newcommand'],
    ['\\includegraphics{http://x/y.png}', 'not trusted'],
    ['\\href{http://x}{y}', '\\href'],
    ['\\class{exam}{y}', 'not trusted'],
    ['\\style{position:fixed}{y}', 'not trusted'],
    ['\\id{root}{y}', 'not trusted'],
    ['\\ref{a}', '\\ref'],
    ['\\cancel{x}', 'menclose'],
    ['x=1\\\\y=2', 'lines'],
    ['{'.repeat(1_000) + '}'.repeat(1_000), ''],
    ['a'.repeat(2_001), 'long'],
  ])('%s is none', (tex, why) => expect(problem(tex)).toContain(why));

  it('that starts like a refused command is not refused for it', () => {
    expect(problem('\\rightarrow \\let')).toContain('\\let');
    expect(problem('\\leftarrow')).toBe('none');
  });

  it('takes nothing along to the next one', () => {
    expect(problem('\\gdef\\mine{x}\\mine')).toContain('\\gdef');
    expect(problem('\\mine')).toContain('\\mine');
    expect(({} as Record<string, unknown>).mine).toBeUndefined();
  });

  const parts = fc.constantFrom(
    ...['{', '}', '^', '_', '&', '\\\\', '\\frac', '\\sqrt', '\\left(', '\\right)', '\\begin{matrix}', '\\end{matrix}'],
    ...[
      'x',
      '1',
      '[',
      ']',
      '\\text',
      '\\ce',
      '\\hspace',
      '{1em}',
      '\\char',
      '\\the',
      '\\expandafter',
      '\\hat',
      '\\substack',
    ],
    ...[
      '$',
      '#',
      '~',
      '"',
      "'",
      '\\',
      '\\sum',
      '\\limits',
      '\\color',
      '\\verb',
      '\\mathchoice',
      '\\operatorname',
      '\n',
    ],
  );
  it('whatever it says, is read or refused, soon', () =>
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (all) => {
        const begun = performance.now();
        const why = problem(all.join(''));
        expect([typeof why, performance.now() - begun < 3_000]).toEqual(['string', true]);
      }),
      { numRuns: 2_000 },
    ));

  it.each([
    ['fractions in fractions', `${'\\frac{1}{'.repeat(150)}1${'}'.repeat(150)}`],
    ['roots in roots', '\\sqrt{'.repeat(200) + '}'.repeat(200)],
    ['environments in environments', '\\begin{matrix}'.repeat(60) + '\\end{matrix}'.repeat(60)],
    ['many cells', `\\begin{matrix}${'&'.repeat(1_900)}\\end{matrix}`],
    ['brackets that open', '\\left('.repeat(300)],
    ['choices', '\\mathchoice'.repeat(180)],
    ['chemistry', `\\ce{${'A->[B]'.repeat(300)}}`],
  ])('of %s too', (_, tex) => {
    const begun = performance.now();
    expect(problem(tex)).toBeTypeOf('string');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
