import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../contract/words/items.ts';
import { makeItem } from '../../proof/index.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { exportBank } from '../export/index.ts';
import { importBank } from './import-bank.ts';

const read = (text: string | Uint8Array, file: string) =>
  importBank(typeof text === 'string' ? Buffer.from(text) : text, file);
const right = ({ options, key }: Item) => options.filter(({ id }) => key.includes(id)).map(({ text }) => text?.zh);
const reasons = async (text: string | Uint8Array, file: string) =>
  (await read(text, file)).report.rejected.map(({ row, reason }) => `${row} ${reason}`);

describe('GIFT', () => {
  const GIFT = `// a comment
$CATEGORY: $course$/用电/触电

::一:: 安全电压的上限是（ ）伏。{
  =36 # right
  ~110
  ~220 \\= 380
####看第三条}

哪些是绝缘体？{ ~%50%橡胶 ~%50%玻璃 ~%-100%铜 }

[html]<p>断电后才能&lt;检修&gt;。</p>{TRUE}

特种作业人员须{=持证 ~口头同意}上岗。

1+1=? {#2}

首都是{=北京 =Beijing}。

连线 {=a -> b =c -> d}

看图 [html]<img src="x.png"> {=甲 ~乙}

只是一段话。
`;

  it('gives single, multiple and true-false items with topic and explanation', async () => {
    const { items } = await read(GIFT, 'a.gift');
    expect(items.map(({ kind, stem, topic }) => [kind, stem.zh, topic])).toEqual([
      ['single', '安全电压的上限是（ ）伏。', '用电/触电'],
      ['multiple', '哪些是绝缘体？', '用电/触电'],
      ['true-false', '断电后才能<检修>。', '用电/触电'],
      ['single', '特种作业人员须（ ）上岗。', '用电/触电'],
      ['numeric', '1+1=?', '用电/触电'],
      ['text', '首都是（ ）。', '用电/触电'],
      ['match', '连线', '用电/触电'],
    ]);
    expect(items[5]?.gaps).toEqual([{ accepted: ['北京', 'Beijing'] }]);
    expect(items[4]?.number).toEqual({ value: 2, tolerance: 0 });
    expect(items.map(right)).toEqual([['36'], ['橡胶', '玻璃'], ['正确'], ['持证'], [], [], ['b', 'd']]);
    expect(items[0]?.options.map(({ text }) => text?.zh)).toContain('220 = 380');
    expect(items[0]?.explanation).toEqual({ zh: '看第三条' });
  });

  it('rejects by name what is no choice, and what holds a picture', async () => {
    expect(await reasons(GIFT, 'a.gift')).toEqual(['22 picture-needed', '24 kind-unknown']);
  });

  it('of any text is read or refused, nothing else', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'{}~=#:%\\\n/ab1T'), maxLength: 60 }), async (text) => {
        expect(await refusalOf(read(text, 'a.gift'))).toMatch(/^(ok|no-items)$/);
      }),
      { numRuns: 1_000 },
    ));
});

describe('Moodle XML', () => {
  const question = (type: string, inner: string) => `<question type="${type}">${inner}</question>`;
  const answer = (fraction: number, text: string) => `<answer fraction="${fraction}"><text>${text}</text></answer>`;
  const stem = (text: string) => `<questiontext format="html"><text><![CDATA[${text}]]></text></questiontext>`;
  const QUIZ = `<?xml version="1.0"?><quiz>
${question('category', '<category><text>$course$/top/消防</text></category>')}
${question('multichoice', `${stem('<p>火警电话是</p>')}<single>true</single>${answer(100, '119')}${answer(50, '120')}${answer(0, '110')}<generalfeedback><text>记住</text></generalfeedback>`)}
${question('multichoice', `${stem('可燃物有')}<single>false</single>${answer(50, '木')}${answer(50, '纸')}${answer(-100, '石')}`)}
${question('truefalse', `${stem('水能救电火')}${answer(0, 'true')}${answer(100, 'false')}`)}
${question('numerical', `${stem('安全电压')}<answer fraction="100"><text>36</text><tolerance>0.5</tolerance></answer>`)}
${question('shortanswer', `${stem('谁')}<usecase>1</usecase>${answer(100, 'CO')}${answer(100, '一氧\\*化碳')}${answer(0, 'Co')}`)}
${question('shortanswer', `${stem('谁来')}${answer(100, '我')}${answer(50, '你')}`)}
${question('shortanswer', `${stem('谁去')}${answer(100, '我*')}`)}
${question('ordering', `${stem('先后')}<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ABSOLUTE_POSITION</gradingtype>${answer(1, '停电')}${answer(1, '验电')}${answer(1, '接地')}`)}
${question('ordering', `${stem('先后几个')}<selecttype>RANDOM</selecttype>${answer(1, '停电')}${answer(1, '验电')}`)}
${question('multichoice', `${stem('<img src="@@PLUGINFILE@@/a.png">')}<single>true</single>${answer(100, '甲')}${answer(0, '乙')}`)}
${question('multichoice', `${stem('没有答案')}<single>true</single>${answer(0, '甲')}${answer(0, '乙')}`)}
</quiz>`;

  it('gives items with topic, key and explanation', async () => {
    const { items } = await read(QUIZ, 'quiz.xml');
    expect(items.map(({ kind, stem: { zh }, topic }) => [kind, zh, topic])).toEqual([
      ['single', '火警电话是', '消防'],
      ['multiple', '可燃物有', '消防'],
      ['true-false', '水能救电火', '消防'],
      ['numeric', '安全电压', '消防'],
      ['text', '谁', '消防'],
      ['order', '先后', '消防'],
    ]);
    expect(items.map(right)).toEqual([['119'], ['木', '纸'], ['错误'], [], [], ['停电', '验电', '接地']]);
    expect(items[4]?.gaps).toEqual([{ accepted: ['CO', '一氧*化碳'], caseCounts: true }]);
    expect(items[5]?.key).toEqual(items[5]?.options.map(({ id }) => id));
    expect(items[3]?.number).toEqual({ value: 36, tolerance: 0.5 });
    expect(items[0]?.explanation?.zh).toBe('记住');
  });

  it('rejects by name', async () => {
    expect(await reasons(QUIZ, 'quiz.xml')).toEqual([
      '6 construct-unread',
      '7 construct-unread',
      '9 construct-unread',
      '10 picture-needed',
      '11 key-missing',
    ]);
  });

  it.each([
    ['that is none', '<quiz><question'],
    ['that is very deep', `<quiz>${'<a>'.repeat(100_000)}`],
    ['of something else', '<html><body/></html>'],
    [
      'that declares entities',
      '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz><question type="x">&b;</question></quiz>',
    ],
  ])('%s is refused', async (_, text) => {
    expect(await refusalOf(read(text, 'q.xml'))).toBe('not-a-workbook');
  });
});

const qti2 = (inner: string, correct: string, cardinality = 'single') => `<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t">
 <responseDeclaration identifier="RESPONSE" cardinality="${cardinality}" baseType="identifier">
  <correctResponse>${correct}</correctResponse></responseDeclaration>
 <itemBody>${inner}</itemBody></assessmentItem>`;
const interaction = `<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>选哪个？</prompt>
 <simpleChoice identifier="A">停电<feedbackInline identifier="f">对</feedbackInline></simpleChoice>
 <simpleChoice identifier="B">带电</simpleChoice><simpleChoice identifier="C">验电</simpleChoice></choiceInteraction>`;
const qti3 = `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i">
 <qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier"><qti-correct-response>
 <qti-value>A</qti-value><qti-value>C</qti-value></qti-correct-response></qti-response-declaration>
 <qti-item-body><p>哪些对？</p><qti-choice-interaction response-identifier="R" max-choices="0">
 <qti-simple-choice identifier="A">甲</qti-simple-choice><qti-simple-choice identifier="B">乙</qti-simple-choice>
 <qti-simple-choice identifier="C">丙</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>`;

describe('HTML in a question', () => {
  it.each([
    ['10<sup><b>4</b></sup> Ω', '10⁴ Ω'],
    ['10<sup class="x">-3</sup>', '10⁻³'],
    ['a<sup>2', 'a²'],
    ['<table><tr><td>1</td><td>2</td></tr></table>', '1 2'],
    ['前<!-- 不看 <b> -->后', '前后'],
    ['前<!-- 不完', '前<!-- 不完'],
  ])('%s reads as %s', async (html, text) => {
    const xml = `<quiz><question type="truefalse"><questiontext format="html"><text><![CDATA[${html}]]></text></questiontext>
      <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>`;
    expect((await read(xml, 'a.xml')).items[0]?.stem.zh).toBe(text);
  });

  it('that opens comments without end comes to an end', async () => {
    // Looked through anew from each of them, it would outlast the limit of every test.
    expect(await read(`问 ${'<!--'.repeat(400_000)} {T}`, 'a.gift')).toMatchObject({ items: [{}] });
  });
});

describe('QTI', () => {
  it('2 and 3 give items out of a package, each named after its file', async () => {
    const files = {
      'imsmanifest.xml': '<manifest/>',
      'items/a.xml': qti2(`<p>检修前</p>${interaction}`, '<value>A</value>'),
      'items/b.xml': qti3,
      'items/c.xml': qti2('<extendedTextInteraction responseIdentifier="RESPONSE"/>', ''),
      'items/d.xml': qti2(`<p><img src="a.png" alt=""/></p>${interaction}`, '<value>A</value>'),
      'items/e.xml': qti2(interaction, '<value>Z</value>'),
      'items/f.xml': qti2(interaction, ''),
    };
    const bytes = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
    const { items, report } = await read(bytes, 'package.zip');
    expect(items.map(({ kind, stem }) => [kind, stem.zh])).toEqual([
      ['single', '检修前\n选哪个？'],
      ['multiple', '哪些对？'],
    ]);
    expect(items.map(right)).toEqual([['停电'], ['甲', '丙']]);
    expect(report.rejected.map(({ sheet, reason }) => [sheet, reason])).toEqual([
      ['items/c.xml', 'kind-unknown'],
      ['items/d.xml', 'picture-needed'],
      ['items/e.xml', 'key-outside-options'],
      ['items/f.xml', 'key-missing'],
    ]);
  });

  it('may be one item by itself', async () => {
    expect((await read(qti3, 'item.xml')).items).toHaveLength(1);
  });

  it('that unpacks to too much is refused before it is unpacked', async () => {
    const bomb = zipSync({ 'a.xml': new Uint8Array(40_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(read(bomb, 'bomb.zip')).rejects.toMatchObject({
      reason: 'no-items',
      detail: 'bomb.zip; a.xml: unpacks to more than 4000000 bytes',
    });
  });

  it('that is half a zip is refused', async () => {
    const whole = zipSync({ 'a.xml': Buffer.from(qti3) });
    expect(await refusalOf(read(whole.subarray(0, whole.length - 30), 'half.zip'))).toBe('not-a-workbook');
  });
});

describe('what is shown', () => {
  const one = async (text: string, file: string) => (await read(text, file)).items[0];

  it('of a comparison is all of it, and of markup nothing', async () => {
    expect((await one('当 U<u1 且 u2>5 时{=对 ~错}', 'a.gift'))?.stem.zh).toBe('当 U<u1 且 u2>5 时');
    expect((await one('[plain]写成<b>粗</b>{=对 ~错}', 'a.gift'))?.stem.zh).toBe('写成<b>粗</b>');
    expect((await one('[html]写成<b>粗</b>{=对 ~错}', 'a.gift'))?.stem.zh).toBe('写成粗');
  });

  it('of a power is a power, also where a number is asked for', async () => {
    expect((await one('10<sup>4</sup>Ω是{=对 ~错}', 'a.gift'))?.stem.zh).toBe('10⁴Ω是');
    expect(await reasons('多少？{#10²}', 'a.gift')).toEqual(['1 key-unreadable']);
    expect(await reasons('题型,题目,答案\n数字题,多少？,10⁴Ω', 'a.csv')).toEqual(['2 key-unreadable']);
  });

  it('of a QTI item is never its feedback or what its markers read', async () => {
    const feedback = '<feedbackBlock>正确答案是B</feedbackBlock><rubricBlock view="scorer">答案B</rubricBlock>';
    const item = await one(qti2(`<p>题干 &#20013;</p>${feedback}${interaction}`, '<value>A</value>'), 'a.xml');
    expect(item?.stem.zh).toBe('题干 中\n选哪个？');
    const escaped = await one(qti2(`<p>写作&amp;lt;，空&nbsp;格</p>${interaction}`, '<value>A</value>'), 'a.xml');
    expect(escaped?.stem.zh).toBe('写作&lt;，空 格\n选哪个？');
  });
});

describe('CSV', () => {
  const rows = '题型,题目,选项A,选项B,答案\r\n单选题,"甲,乙",一,二,B\r\n';
  it.each([
    ['UTF-8', Buffer.from(rows)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${rows}`)],
    ['semicolons', Buffer.from(rows.replace('"甲,乙"', '甲。乙').replaceAll(',', ';'))],
    ['tabs', Buffer.from(rows.replace('"甲,乙"', '甲。乙').replaceAll(',', '\t'))],
  ])('in %s gives its items', async (_, bytes) => {
    const { items } = await read(bytes, 'a.csv');
    expect(items.map(right)).toEqual([['二']]);
  });

  it('in GB 18030, as Excel writes it, gives its items', async () => {
    // 题型,题目,选项,答案 / 判断题,红色表示禁止,,对
    const hex = 'cce2d0cd2ccce2c4bf2cd1a1cfee2cb4f0b0b80ac5d0b6cfcce22cbaecc9abb1edcabebdfbd6b92c2cb6d40a';
    const { items } = await read(Buffer.from(hex, 'hex'), 'a.csv');
    expect(items.map(({ stem }) => stem.zh)).toEqual(['红色表示禁止']);
  });
});

describe('a file of another kind', () => {
  it.each(['a.docx', 'a.pdf', 'a'])('%s is refused by name', async (file) => {
    expect(await refusalOf(read('x', file))).toBe('not-a-workbook');
  });

  it.each(['{"items":', '[]', '{"title":{"zh":"a"}}'])('JSON that is no bank is refused: %s', async (text) => {
    expect(await refusalOf(read(text, 'a.json'))).toBe('not-a-workbook');
  });

  it('JSON with one bad item loses only that one', async () => {
    const good = { kind: 'single', stem: { zh: '题' }, options: [{ zh: '甲' }, { zh: '乙' }], key: [0], topic: '' };
    const text = JSON.stringify({ title: { zh: '库' }, items: [good, { ...good, key: [7] }, { kind: 'essay' }] });
    expect(await reasons(text, 'a.json')).toEqual(['2 item-refused', '3 item-refused']);
  });
});

const TABLE = '| 甲 | 乙 |\n| --- | :-: |\n| 1\\|2 | \\(|y|\\) |\n| 3 |';

describe('a bank that was written out', () => {
  const word = fc
    .string({ unit: fc.constantFrom(...'安全电压甲乙,"\n;36% =~'), minLength: 1, maxLength: 8 })
    .map((text) => `字${text.replace(/\s+/g, '')}尾`);
  const said = fc
    .tuple(word, fc.constantFrom('', '\\(\\frac{1}{x}\\)', '$$|x| = 5\\%$$', TABLE, `见下表：\n${TABLE}\n选哪个？`))
    .map(([text, content]) => (content.startsWith('|') ? `${content}\n${text}` : text + content));
  const item = fc
    .record({
      kind: fc.constantFrom('single' as const, 'multiple' as const),
      stem: said,
      options: fc.uniqueArray(said, {
        minLength: 3,
        maxLength: 6,
        selector: (text) => text.replace(/[^\p{L}\d]/gu, ''),
      }),
      difficulty: fc.constantFrom(undefined, 0.25, 0.7),
      topic: fc.constantFrom('', '用电/触电'),
      explanation: fc.option(said, { nil: undefined }),
    })
    .map(({ stem, options, explanation, difficulty, ...rest }) =>
      makeItem({
        ...rest,
        stem: { zh: stem },
        options: options.map((zh) => ({ zh })),
        key: rest.kind === 'single' ? [1] : [0, 2],
        ...(difficulty === undefined ? {} : { difficulty }),
        ...(explanation === undefined ? {} : { explanation: { zh: explanation } }),
      }),
    );
  const plain = ({ source: _, ...rest }: Item) => rest;

  it.each(['a.json', 'a.csv'])('as %s keeps what looks like a label, a formula, or a step', async (file) => {
    const options = ['A、B级', 'A.、B.、C.', '=1+1', '-5℃'].map((zh) => ({ zh }));
    const items = [makeItem({ kind: 'single', stem: { zh: '=SUM(A1)' }, options, key: [2], topic: '', difficulty: 1 })];
    expect(
      (await read(exportBank({ title: { zh: '库' }, items, pictures: new Map() }, file), file)).items.map(plain),
    ).toEqual(items.map(plain));
  });

  it.each(['a.json', 'a.csv'])(
    'as %s keeps the order of options that stay, and numbers as long as they are',
    async (file) => {
      const options = ['班长', '厂长'].map((zh) => ({ zh }));
      const items = [
        makeItem({ kind: 'single', stem: { zh: '谁' }, options, key: [0], topic: '', fixedOrder: true }),
        ...[
          { value: Math.PI, tolerance: 0.000_01 },
          { value: -0.000_000_001, tolerance: 0 },
          { value: 123_456_789_012, tolerance: 0.5 },
        ].map((number, at) =>
          makeItem({ kind: 'numeric', stem: { zh: `数${at}` }, options: [], key: [], topic: '', number }),
        ),
      ];
      expect(
        (await read(exportBank({ title: { zh: '库' }, items, pictures: new Map() }, file), file)).items.map(plain),
      ).toEqual(items.map(plain));
    },
  );

  it.each(['a.json', 'a.csv'])('as %s keeps a number, how far it may be off, and its unit', async (file) => {
    const number = { number: { value: 36.5, tolerance: 0.5 }, unit: 'V' };
    const items = [makeItem({ kind: 'numeric', stem: { zh: '安全电压' }, options: [], key: [], topic: '', ...number })];
    expect(
      (await read(exportBank({ title: { zh: '库' }, items, pictures: new Map() }, file), file)).items.map(plain),
    ).toEqual(items.map(plain));
  });

  it.each(['a.json', 'a.csv'])('as %s keeps words that count in gaps, an order, and pairs', async (file) => {
    const about = { stem: { zh: '先（ ）后（ ）' }, options: [], key: [], topic: '' };
    const items = [
      makeItem({ kind: 'text', ...about, gaps: [{ accepted: ['断电', '切断电源'] }, { accepted: ['验电'] }] }),
      makeItem({ kind: 'text', ...about, stem: { zh: '先做什么？' }, gaps: [{ accepted: ['36V'] }] }),
      makeItem({
        ...{ kind: 'order', stem: { zh: '步骤' }, topic: '', key: [2, 0, 1] },
        options: ['验电', '接地', '停电'].map((zh) => ({ zh })),
      }),
      makeItem({
        ...{ kind: 'match', stem: { zh: '配对', en: 'Match' }, topic: '', key: [1, 0, 1] },
        premises: [{ zh: '电', en: 'electric' }, { zh: '1.油' }, { zh: '气' }],
        options: [{ zh: '泡沫' }, { zh: '干粉', en: 'powder' }],
      }),
    ];
    expect(
      (await read(exportBank({ title: { zh: '库' }, items, pictures: new Map() }, file), file)).items.map(plain),
    ).toEqual(items.map(plain));
  });

  it.each([
    ['whose capitals count', { stem: '元素（ ）', gaps: [{ accepted: ['Co'], caseCounts: true as const }] }],
    ['that part themselves', { stem: '方针（ ）', gaps: [{ accepted: ['安全第一、预防为主'] }] }],
    ['for more gaps than the stem shows', { stem: '先后', gaps: [{ accepted: ['停电'] }, { accepted: ['验电'] }] }],
  ])('words %s read back as the same from CSV and from JSON', async (_, { stem, gaps }) => {
    const items = [makeItem({ kind: 'text', stem: { zh: stem }, options: [], key: [], topic: '', gaps })];
    const bank = { title: { zh: '库' }, items, pictures: new Map() };
    for (const file of ['a.csv', 'a.json'])
      expect((await read(exportBank(bank, file), file)).items.map(plain), file).toEqual(items.map(plain));
  });

  it.each(['a.json', 'a.csv'])('as %s reads back as the same items', (file) =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(item, {
          minLength: 1,
          maxLength: 6,
          selector: ({ stem }) => stem.zh.replace(/[^\p{L}\d]/gu, ''),
        }),
        async (items) => {
          const again = await read(exportBank({ title: { zh: '库' }, items, pictures: new Map() }, file), file);
          expect(again.report.rejected).toEqual([]);
          expect(again.items.map(plain)).toEqual(items.map(plain));
        },
      ),
      { numRuns: 150 },
    ),
  );
});
