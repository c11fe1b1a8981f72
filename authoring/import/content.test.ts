import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseContent } from '../../contract/content/parse.ts';
import { tidyContent } from './content.ts';
import { importBank } from './import-bank.ts';

const read = (text: string | Uint8Array, file: string) =>
  importBank(typeof text === 'string' ? Buffer.from(text) : text, file);
const stemsIn = async (text: string, file: string) => (await read(text, file)).items.map(({ stem }) => stem.zh);
const rejectedIn = async (text: string, file: string) =>
  (await read(text, file)).report.rejected.map(({ reason, formula }) => [reason, formula?.tex]);

const moodle = (html: string, option = '正确', why = '') => `<quiz><question type="multichoice">
  <questiontext format="html"><text><![CDATA[${html}]]></text></questiontext><single>true</single>
  <answer fraction="100" format="html"><text><![CDATA[${option}]]></text></answer>
  <answer fraction="0"><text>乙</text></answer>
  <generalfeedback format="html"><text><![CDATA[${why}]]></text></generalfeedback></question></quiz>`;
const qti = (
  body: string,
) => `<assessmentItem><responseDeclaration identifier="R" cardinality="single"><correctResponse>
  <value>A</value></correctResponse></responseDeclaration><itemBody>${body}<choiceInteraction responseIdentifier="R">
  <simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice></choiceInteraction></itemBody></assessmentItem>`;
const table = (...rows: readonly string[]) => `<table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
const GASES = table('<th>气体</th><th>值</th>', '<td>O<sub>2</sub></td><td>10<sup>-3</sup>&nbsp;&lt; 2</td>');
const GAS_LINES = '| 气体 | 值 |\n| --- | --- |\n| O₂ | 10⁻³ < 2 |';

describe('TeX in a bank', () => {
  it.each([
    ['Moodle XML', moodle('<p>求 \\(\\frac{a}{b}\\)</p>'), 'a.xml', '求 \\(\\frac{a}{b}\\)'],
    ['QTI', qti('<p>求 $$a &lt; b$$</p>'), 'a.xml', '求 $$a < b$$'],
    ['GIFT', '求 \\(\\frac\\{a\\}\\{b\\} \\neq 1\\) {=甲 ~乙}', 'a.gift', '求 \\(\\frac{a}{b} \\neq 1\\)'],
    ['CSV', '题型,题目,选项A,选项B,答案\n单选题,求 \\[ a+b \\],甲,乙,A', 'a.csv', '求 \\[ a+b \\]'],
  ])('of %s is kept as it is', async (_, text, file, stem) => {
    const { items, report } = await read(text, file);
    expect(items.map((item) => item.stem.zh)).toEqual([stem]);
    expect([report.withFormulas, report.withTables]).toEqual([1, 0]);
  });

  it.each([
    ['in a stem', moodle('求 \\(\\frac{a}\\)'), '\\frac{a}'],
    ['in an option', moodle('求', '\\(50%\\)'), '50%'],
    ['in an explanation', moodle('求', '甲', '因为 $$\\nosuch$$'), '\\nosuch'],
    ['of commands of its own', moodle('\\(\\def\\x{y}\\x\\)'), '\\def\\x{y}\\x'],
  ])('that nobody can draw is refused %s, by its name', async (_, text, tex) => {
    expect(await rejectedIn(text, 'a.xml')).toEqual([['formula-unreadable', tex]]);
    const [problem] = (await read(text, 'a.xml')).report.rejected;
    expect(problem?.formula?.why).not.toBe('');
  });

  it('is refused in our own format too, in any language', async () => {
    const item = {
      kind: 'single',
      stem: { zh: '题', en: '\\(x^\\)' },
      options: [{ zh: '甲' }, { zh: '乙' }],
      key: [0],
      topic: '',
    };
    expect(await rejectedIn(JSON.stringify({ title: { zh: '库' }, items: [item] }), 'a.json')).toEqual([
      ['formula-unreadable', 'x^'],
    ]);
  });

  it('parts options nowhere', async () => {
    expect(await rejectedIn('题型,题目,选项,答案\n单选题,哪个？,\\(|x|\\)；\\(|y|\\),A', 'a.csv')).toEqual([]);
    const { items } = await read('题型,题目,选项,答案\n单选题,哪个？,\\(|x|\\)；\\(|y|\\),A', 'a.csv');
    expect(items[0]?.options.map(({ text }) => text?.zh)).toEqual(['\\(|x|\\)', '\\(|y|\\)']);
  });

  it('that differs by a bracket asks something else', async () => {
    const rows = ['\\((a+b)c\\)', '\\(a+bc\\)', '\\( a+bc \\)'].map((tex) => `单选题,求 ${tex},甲,乙,A`);
    const { report } = await read(`题型,题目,选项A,选项B,答案\n${rows.join('\n')}`, 'a.csv');
    expect([report.accepted, report.duplicates.length]).toEqual([3, 0]);
  });

  it('is no formula where it is money', async () => {
    expect(await stemsIn(moodle('$5 和 50%，哪个多？'), 'a.xml')).toEqual(['$5 和 50%，哪个多？']);
  });

  it('is counted once for each item, of those that stay', async () => {
    const rows = ['求 \\(a\\) 和 \\(b\\)', '求 \\(a\\) 和 \\(b\\)', '求和'].map((stem) => `单选题,${stem},甲,乙,A`);
    expect((await read(`题型,题目,选项A,选项B,答案\n${rows.join('\n')}`, 'a.csv')).report).toMatchObject({
      ...{ withFormulas: 1, withTables: 0 },
      duplicates: [{ row: 3 }],
    });
  });
});

describe('a table in a bank', () => {
  it('of Moodle is one with bars, between what stands around it', async () => {
    expect(await stemsIn(moodle(`<p>见<b>下表</b>：</p>${GASES}<p>选哪个？</p>`), 'a.xml')).toEqual([
      `见下表：\n${GAS_LINES}\n选哪个？`,
    ]);
    expect((await read(moodle(GASES), 'a.xml')).report).toMatchObject({ withTables: 1, withFormulas: 0 });
  });

  it('of QTI too', async () => {
    const bytes = zipSync({
      'a.xml': Buffer.from(qti(`<p>见下表：</p>${GASES.replaceAll('&nbsp;', ' ')}<p>选哪个？</p>`)),
    });
    expect((await read(bytes, 'a.zip')).items[0]?.stem.zh).toBe(`见下表：\n${GAS_LINES}\n选哪个？`);
  });

  it('of GIFT, and of a cell, is kept as it is', async () => {
    const lines = '|甲|乙|\n|-|-|\n|1|\\(|x|\\)|';
    expect(await stemsIn(`看表\n${lines}\n{=甲 ~乙}`, 'a.gift')).toEqual([`看表\n${lines}`]);
    expect(await stemsIn(`题型,题目,选项A,选项B,答案\n单选题,"${lines}\n哪个？",甲,乙,A`, 'a.csv')).toEqual([
      `${lines}\n哪个？`,
    ]);
  });

  it('has bars of its own, formulas, titles and pictures', async () => {
    const html = `<table><caption>测量</caption>${table('<td>甲|乙</td><td>\\(|x|\\)</td>', '<td>1<br>2</td><td></td>').slice(7)}`;
    expect(await stemsIn(moodle(html), 'a.xml')).toEqual(['测量\n| 甲\\|乙 | \\(|x|\\) |\n| --- | --- |\n| 1 2 | |']);
    const gif = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const pictured = table('<td>标志</td><td>值</td>', `<td><img src="${gif}"></td><td>1</td>`);
    const { items } = await read(moodle(pictured), 'a.xml');
    expect([items[0]?.stem.zh, items[0]?.pictures?.length]).toEqual([
      '| 标志 | 值 |\n| --- | --- |\n| （见图） | 1 |',
      1,
    ]);
  });

  it.each([
    ['cells over several columns', table('<td>甲</td><td>乙</td>', '<td colspan="2">1</td>')],
    ['cells over several rows', table('<td rowspan=2>甲</td><td>乙</td>', '<td>1</td>')],
    ['a row longer than its head', table('<td>甲</td><td>乙</td>', '<td>1</td><td>2</td><td>3</td>')],
    ['a table in a table', table('<td>甲</td><td>乙</td>', `<td>${table('<td>1</td>')}</td><td>2</td>`)],
    ['a formula over two cells', table('<td>\\(a</td><td>b\\)</td>', '<td>1</td><td>2</td>')],
    ['a backslash before a bar', table('<td>a\\|b</td><td>乙</td>', '<td>1</td><td>2</td>')],
  ])('with %s is refused by name', async (_, html) => {
    expect(await rejectedIn(moodle(`看表${html}`), 'a.xml')).toEqual([['table-unreadable', undefined]]);
    expect(await rejectedIn(moodle('问', '甲', html), 'a.xml')).toEqual([['table-unreadable', undefined]]);
    const strict = html.replace('=2>', '="2">');
    expect(await rejectedIn(qti(`<p>看表</p>${strict}`), 'a.xml')).toEqual([['table-unreadable', undefined]]);
  });

  it('that only lays out is read as the words in it', async () => {
    expect(await stemsIn(moodle(table('<td>甲</td><td>乙</td>')), 'a.xml')).toEqual(['甲 乙']);
    expect(await stemsIn(moodle(table('<td>甲</td>', '<td>乙</td>')), 'a.xml')).toEqual(['甲\n乙']);
  });

  it.each([
    // A browser ends each of them where the next begins.
    ['<table>', 'stem-missing'],
    ['<table><tr>', 'stem-missing'],
    ['<table><tr><td>', 'construct-unread'],
  ])('begun by %s without end comes to an end', async (opening, reason) => {
    expect(await rejectedIn(moodle(opening.repeat(100_000)), 'a.xml')).toEqual([[reason, undefined]]);
  });
});

describe('what is tidied', () => {
  const texts = fc
    .array(fc.constantFrom('|', '|-|-|\n', '|a|b|\n', '\n', '\n\n', ' ', '甲', 'x', '\\(', '\\)', '$$', '\t'), {
      maxLength: 30,
    })
    .map((parts) => parts.join(''));

  it('is tidy, and has the tables it had', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const tidied = tidyContent(text);
        expect(tidyContent(tidied)).toBe(tidied);
        const tables = (of: string) =>
          parseContent(of).flatMap((block) => (block.kind === 'table' ? [block.rows.length] : []));
        if (tables(text).length > 0) expect(tables(tidied)).toEqual(tables(text));
      }),
      // A formula that is one only once the blank line in it is gone.
      { numRuns: 5_000, examples: [['|-|-|\n|-|-|\n|a|b|\n$$|-|-|\n\n$$|']] },
    ));
});
