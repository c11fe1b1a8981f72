import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../contract/words/items.ts';
import { importBank } from '../import-bank.ts';

const read = (text: string | Uint8Array, file: string) =>
  importBank(typeof text === 'string' ? Buffer.from(text) : text, file);
const zip = (files: Readonly<Record<string, string | Uint8Array>>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, typeof file === 'string' ? strToU8(file) : file]),
    ),
  );
const right = ({ options, key }: Item) => options.filter(({ id }) => key.includes(id)).map(({ text }) => text?.zh);

/** What became of the one item of a file. */
async function told(text: string | Uint8Array, file = 'a.xml') {
  const { items, report } = await read(text, file);
  const [item] = items;
  const [problem] = report.rejected;
  return {
    is: problem ? [problem.reason, problem.construct] : 'read',
    kind: item?.kind,
    stem: item?.stem.zh,
    right: item && right(item),
    leftOut: report.leftOut.flatMap(({ constructs }) => constructs),
  };
}

type Parts = {
  readonly attributes?: string;
  readonly declaration?: string;
  readonly cardinality?: string;
  /** Beside the declaration of the response. */
  readonly parts?: string;
  readonly body?: string;
  readonly choice?: string;
  readonly options?: string;
  readonly processing?: string;
};
const OPTIONS =
  '<simpleChoice identifier="A">停电</simpleChoice><simpleChoice identifier="B">带电</simpleChoice><simpleChoice identifier="C">验电</simpleChoice>';
const CORRECT = '<correctResponse><value>A</value></correctResponse>';
const item2 = ({
  attributes = '',
  declaration = CORRECT,
  cardinality = 'single',
  parts = '',
  body = '',
  choice = 'maxChoices="1"',
  options = OPTIONS,
  processing = '',
}: Parts = {}) => `<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" ${attributes}>
<responseDeclaration identifier="R" cardinality="${cardinality}" baseType="identifier">${declaration}</responseDeclaration>${parts}
<itemBody>${body}<choiceInteraction responseIdentifier="R" ${choice}><prompt>先做什么？</prompt>${options}</choiceInteraction></itemBody>
${processing}</assessmentItem>`;

const TO_2: Readonly<Record<string, string>> = {
  assessmentItem: 'qti-assessment-item',
  assessmentStimulusRef: 'qti-assessment-stimulus-ref',
  assessmentStimulus: 'qti-assessment-stimulus',
  stimulusBody: 'qti-stimulus-body',
};
/** The same in the spelling of 3.0. */
const in3 = (xml: string) =>
  xml
    .replace(
      /(<\/?)([a-z]+[A-Z]\w*|prompt|random|stylesheet|value|match|variable|correct|mapping)\b/g,
      (_, open: string, name: string) => `${open}${TO_2[name] ?? `qti-${kebab(name)}`}`,
    )
    .replace(/ ([a-z]+[A-Z]\w*)="/g, (_, name: string) => ` ${kebab(name)}="`);
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe.each([
  ['2', (xml: string) => xml, (name: string) => `<${name}>`],
  ['3', in3, (name: string) => `<qti-${kebab(name)}>`],
])('an item of QTI %s', (_, spelt, tag) => {
  it('is read with its stem in its order', async () => {
    expect(await told(spelt(item2({ body: '<p>检修前</p>' })))).toEqual({
      is: 'read',
      kind: 'single',
      stem: '检修前\n先做什么？',
      right: ['停电'],
      leftOut: [],
    });
  });

  it.each([
    ['templateDeclaration', item2({ parts: '<templateDeclaration identifier="U" cardinality="single"/>' })],
    ['templateProcessing', item2({ parts: '<templateProcessing/>' })],
    ['printedVariable', item2({ body: '<p>电压 <printedVariable identifier="U"/> V</p>' })],
    [
      'templateInline',
      item2({ body: '<p><templateInline identifier="a" templateIdentifier="T">甲</templateInline></p>' }),
    ],
    ['infoControl', item2({ body: '<infoControl title="提示"/>' })],
    ['companionMaterialsInfo', item2({ parts: '<companionMaterialsInfo><calculator/></companionMaterialsInfo>' })],
    ['customOperator', item2({ processing: scored('<customOperator/>') })],
    ['random', item2({ processing: scored('<random/>') })],
    ['areaMapping', item2({ declaration: `${CORRECT}<areaMapping/>` })],
    ['defaultValue', item2({ declaration: `${CORRECT}<defaultValue><value>B</value></defaultValue>` })],
    [
      'feedbackBlock',
      item2({
        body: '<feedbackBlock outcomeIdentifier="F" identifier="f" showHide="hide"><p>已知</p></feedbackBlock>',
      }),
    ],
    ['rubricBlock', item2({ body: '<rubricBlock><p>给谁看？</p></rubricBlock>' })],
    ['assessmentStimulusRef', item2({ parts: '<assessmentStimulusRef identifier="s" href="none.xml"/>' })],
    ['choiceInteraction', item2({ options: `${OPTIONS}说明` })],
  ])('with %s is refused by that name', async (name, xml) => {
    const { is } = await told(spelt(xml));
    const templated = name === 'templateInline' ? 'templateIdentifier' : tag(name);
    expect(is).toEqual(['construct-unread', templated]);
  });

  it.each([
    ['adaptive="true"', item2({ attributes: 'adaptive="true"' })],
    [
      'templateIdentifier',
      item2({
        options: `${OPTIONS}<simpleChoice identifier="D" templateIdentifier="T" showHide="show">丁</simpleChoice>`,
      }),
    ],
    ['hidden', item2({ options: `${OPTIONS}<simpleChoice identifier="D" hidden="hidden">丁</simpleChoice>` })],
    ['cardinality="ordered"', item2({ cardinality: 'ordered' })],
    ['maxChoices="0"', item2({ choice: 'maxChoices="0"' })],
    [
      'maxChoices="1"',
      item2({
        cardinality: 'multiple',
        declaration: '<correctResponse><value>A</value><value>C</value></correctResponse>',
      }),
    ],
    ['minChoices="2"', item2({ cardinality: 'multiple', choice: 'maxChoices="0" minChoices="2"' })],
    [
      'externalScored',
      item2({
        parts: '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" externalScored="human"/>',
      }),
    ],
    ['<button>', item2({ body: '<p><button>真</button></p>' })],
  ])('with %s is refused, as what it is', async (construct, xml) => {
    expect((await told(spelt(xml))).is).toEqual(['construct-unread', construct]);
  });

  it.each([
    ['textEntryInteraction', '<textEntryInteraction responseIdentifier="T"/>', ''],
    ['several', '<choiceInteraction responseIdentifier="T"/>', ' × 2'],
  ])('that asks for more than one choice is of another kind: %s', async (name, more) => {
    const { is } = await told(spelt(item2({ body: `<p>${more}</p>` })));
    const choice = tag('choiceInteraction');
    expect(is).toEqual(['kind-unknown', name === 'several' ? `${choice} × 2` : `${tag(name)} + ${choice}`]);
  });

  it('shows what is written for candidates, and nothing of what is not', async () => {
    const body = `<rubricBlock view="candidate proctor"><p>已知：氧含量 12%。</p></rubricBlock>
      <rubricBlock view="scorer"><p>答案 A</p></rubricBlock><p hidden="hidden">甲</p><p style="display: none">乙</p>
      <feedbackInline outcomeIdentifier="F" identifier="f" showHide="show">对</feedbackInline>`;
    const parts = '<stylesheet href="a.css" type="text/css"/>';
    const processing = '<modalFeedback outcomeIdentifier="F" identifier="f" showHide="show">对</modalFeedback>';
    const { stem, leftOut } = await told(spelt(item2({ body, parts, processing })));
    expect(stem?.replace(/\s+/g, '')).toBe('已知：氧含量12%。先做什么？');
    expect(leftOut).toEqual([
      ...[tag('stylesheet'), tag('modalFeedback'), tag('rubricBlock'), 'hidden', tag('feedbackInline')],
    ]);
  });
});

function scored(expression: string) {
  return `<responseProcessing><setOutcomeValue identifier="SCORE">${expression}</setOutcomeValue></responseProcessing>`;
}
const SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>';
const mapping = (entries: Readonly<Record<string, number>>, attributes = '') =>
  `<mapping ${attributes}>${Object.entries(entries)
    .map(([key, value]) => `<mapEntry mapKey="${key}" mappedValue="${value}"/>`)
    .join('')}</mapping>`;
const given = (...values: readonly string[]) =>
  `<correctResponse>${values.map((value) => `<value>${value}</value>`).join('')}</correctResponse>`;
const template = (name: string) =>
  `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/${name}"/>`;
const chosen = '<variable identifier="R"/>';
const point = '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>';
const when = (test: string, then = point) =>
  `<responseProcessing><responseCondition><responseIf>${test}${then}</responseIf></responseCondition></responseProcessing>`;
const base = (value: string) => `<baseValue baseType="identifier">${value}</baseValue>`;

describe('the key of an item of QTI 2 and 3', () => {
  const several = { cardinality: 'multiple', choice: 'maxChoices="0"', parts: SCORE };

  it.each([
    ['declared', item2({ declaration: given('B') }), ['带电'], []],
    [
      'declared, with its template',
      item2({ declaration: given('B'), processing: template('match_correct') }),
      ['带电'],
      [],
    ],
    [
      'by a mapping alone',
      item2({ declaration: mapping({ A: 0, B: 1 }), processing: template('map_response') }),
      ['带电'],
      [],
    ],
    [
      'by a mapping that gives half for another',
      item2({ declaration: mapping({ A: 0.5, B: 1 }), processing: template('map_response') }),
      ['带电'],
      ['<mapEntry>'],
    ],
    [
      'by a mapping of several',
      item2({ ...several, declaration: mapping({ A: 1, C: 1, B: -1 }, 'lowerBound="0"') }),
      ['停电', '验电'],
      [],
    ],
    [
      'by a mapping with weights',
      item2({ ...several, declaration: mapping({ A: 3, C: 1, B: -2 }) }),
      ['停电', '验电'],
      ['<mapEntry>'],
    ],
    [
      'by a mapping with weights and the declared one',
      item2({ ...several, declaration: given('A', 'C') + mapping({ A: 3, C: 1, B: -2 }) }),
      ['停电', '验电'],
      ['<mapEntry>'],
    ],
    [
      'by a condition alone',
      item2({ declaration: '', parts: SCORE, processing: when(`<match>${chosen}${base('C')}</match>`) }),
      ['验电'],
      [],
    ],
    [
      'by a condition on all of several',
      item2({
        ...several,
        declaration: '',
        processing: when(`<match>${chosen}<multiple>${base('C')}${base('A')}</multiple></match>`),
      }),
      ['停电', '验电'],
      [],
    ],
    [
      'by conditions on each of several',
      item2({
        ...several,
        declaration: '',
        processing: when(
          `<and><member>${base('A')}${chosen}</member><not><member>${base('B')}${chosen}</member></not><member>${base('C')}${chosen}</member></and>`,
        ),
      }),
      ['停电', '验电'],
      [],
    ],
    [
      'declared, feedback is all that is processed',
      item2({
        parts: '<outcomeDeclaration identifier="F" cardinality="single" baseType="identifier"/>',
        processing: `<responseProcessing><setOutcomeValue identifier="F">${chosen}</setOutcomeValue></responseProcessing>`,
      }),
      ['停电'],
      [],
    ],
    [
      'declared, compared with what was chosen',
      item2({ parts: SCORE, processing: when(`<match>${chosen}<correct identifier="R"/></match>`) }),
      ['停电'],
      [],
    ],
  ])('is what is worth most: %s', async (_, xml, key, leftOut) => {
    expect(await told(xml)).toMatchObject({ is: 'read', right: key, leftOut });
  });

  it.each([
    [
      'declared as one, worth points as another',
      item2({ parts: SCORE, processing: when(`<match>${chosen}${base('C')}</match>`) }),
      ['construct-unread', '<responseProcessing>'],
    ],
    [
      'declared as one, mapped as another',
      item2({ declaration: given('A') + mapping({ B: 1 }), processing: template('map_response') }),
      ['construct-unread', '<mapEntry>'],
    ],
    ['either of two', item2({ declaration: mapping({ A: 1, B: 1 }) }), ['key-count', undefined]],
    [
      'either of two, where several may be chosen',
      item2({ ...several, declaration: mapping({ A: 1, B: 1 }, 'upperBound="1"') }),
      ['construct-unread', '<mapEntry>'],
    ],
    ['nothing', item2({ declaration: '' }), ['key-missing', undefined]],
    [
      'nothing, by its template',
      item2({ declaration: '', processing: template('match_correct') }),
      ['key-missing', undefined],
    ],
    ['worth nothing', item2({ declaration: mapping({ A: -1 }) }), ['key-missing', undefined]],
    [
      'by a template of others',
      item2({ processing: template('own') }),
      ['construct-unread', 'template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/own"'],
    ],
    ['of no option', item2({ declaration: given('Z') }), ['key-outside-options', undefined]],
    [
      'by the time that was taken',
      item2({
        parts: SCORE,
        processing: when('<lt><variable identifier="duration"/><baseValue baseType="float">9</baseValue></lt>'),
      }),
      ['construct-unread', '<variable>'],
    ],
    [
      'of options with the same name',
      item2({ options: OPTIONS.replace('"B"', '"A"') }),
      ['options-unclear', undefined],
    ],
  ])('is refused where it is not one: %s', async (_, xml, is) => {
    expect((await told(xml)).is).toEqual(is);
  });

  it('may be one although several might be chosen, and tells how many', async () => {
    const many = { cardinality: 'multiple', declaration: given('A', 'C') };
    expect(await told(item2({ ...many, choice: 'maxChoices="2"' }))).toMatchObject({
      kind: 'multiple',
      leftOut: ['maxChoices="2"'],
    });
    expect(await told(item2({ ...many, choice: 'maxChoices="3"' }))).toMatchObject({ kind: 'multiple', leftOut: [] });
    expect(await told(item2({ ...many, choice: '' }))).toMatchObject({ kind: 'multiple', leftOut: [] });
    expect(await told(item2({ cardinality: 'multiple', choice: 'maxChoices="1"' }))).toMatchObject({ kind: 'single' });
  });
});

describe('the order of options', () => {
  const fixed = async (choice: string, options = OPTIONS) =>
    (await read(item2({ choice: `maxChoices="1" ${choice}`, options }), 'a.xml')).items[0]?.fixedOrder;

  it('is kept unless the file asks for another', async () => {
    expect(await fixed('')).toBe(true);
    expect(await fixed('shuffle="false"')).toBe(true);
    expect(await fixed('shuffle="true"')).toBeUndefined();
    expect(await fixed('shuffle="true"', OPTIONS.replaceAll('identifier', 'fixed="false" identifier'))).toBeUndefined();
    expect(await fixed('shuffle="true"', OPTIONS.replace('identifier="C"', 'identifier="C" fixed="true"'))).toBe(true);
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const stimulus = (inner: string) =>
  `<assessmentStimulus identifier="s" title="材料"><stimulusBody>${inner}</stimulusBody></assessmentStimulus>`;

describe('a package of QTI', () => {
  it('shows the passage that items share above what each asks, with its pictures', async () => {
    const files = {
      'items/a.xml': item2({ parts: '<assessmentStimulusRef identifier="s" href="../texts/s.xml"/>' }),
      'texts/s.xml': stimulus('<p>某厂发生爆炸。</p><p><img src="p.png" alt="现场"/></p>'),
      'texts/p.png': PNG,
    };
    const { items, report } = await read(zip(files), 'a.zip');
    expect(report.rejected).toEqual([]);
    expect(items[0]?.stem.zh).toMatch(/^某厂发生爆炸。\s*（见图）\s*先做什么？$/);
    expect(items[0]?.pictures).toMatchObject([{ alt: { zh: '现场' } }]);
  });

  it('puts what is included in its place, or refuses the item', async () => {
    const including = item2({
      body: '<p>已知：</p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="b.xml"/>',
    });
    const { items } = await read(zip({ 'a.xml': including, 'b.xml': '<p>氧含量 12%</p>' }), 'a.zip');
    expect(items[0]?.stem.zh.replace(/\s+/g, '')).toBe('已知：氧含量12%先做什么？');
    const { is } = await told(zip({ 'a.xml': including }), 'a.zip');
    expect(is).toEqual(['construct-unread', '<xi:include>']);
  });

  it.each([
    ['beside the item', 'items/p.png', 'p.png'],
    ['with a space and a sign', 'items/图 1.png', '%E5%9B%BE%201.png'],
    ['in capitals', 'items/IMG/P.PNG', 'img/p.png'],
    ['above the item', 'p.png', '../p.png'],
    ['from the top', 'media/p.png', '/media/p.png'],
    ['with a question behind it', 'items/p.png', 'p.png?x=1'],
    ['in a folder that Windows parts', 'items\\media\\p.png', 'media/p.png'],
  ])('finds a picture %s', async (_, name, src) => {
    const { items } = await read(
      zip({ 'items/a.xml': item2({ body: `<p><img src="${src}" alt=""/></p>` }), [name]: PNG }),
      'a.zip',
    );
    expect(items[0]?.pictures).toHaveLength(1);
  });

  it('finds a picture under the base of its addresses, and in an object', async () => {
    const body = '<div xml:base="media/"><object data="p.png" type="image/png">图</object></div>';
    const { items } = await read(zip({ 'a.xml': item2({ body }), 'media/p.png': PNG }), 'a.zip');
    expect(items[0]?.pictures).toHaveLength(1);
  });

  it('does not guess between two pictures whose names differ by case only', async () => {
    const files = { 'a.xml': item2({ body: '<p><img src="p.png"/></p>' }), 'P.png': PNG, 'p.PNG': PNG };
    expect((await told(zip(files), 'a.zip')).is).toEqual(['picture-needed', undefined]);
  });

  it('names what it cannot read, and reads the rest', async () => {
    const files = {
      'a.xml': item2(),
      'two-roots.xml': '<a/><b/>',
      'no-value.xml': '<a b/>',
      'no.xml': 'PK',
      'empty.xml': '',
      'inner.zip': zip({ 'b.xml': item2() }),
      'other.xml': '<html><p>没有题</p></html>',
      'imsmanifest.xml':
        '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="lost.xml"/></resources></manifest>',
    };
    const { items, report } = await read(zip(files), 'a.zip');
    expect(items).toHaveLength(1);
    expect(report.rejected).toEqual([]);
    expect(report.unreadFiles.map(({ file }) => file).toSorted()).toEqual(
      ['empty.xml', 'inner.zip', 'lost.xml', 'no-value.xml', 'no.xml', 'two-roots.xml'].toSorted(),
    );
  });

  const test = (inner: string) =>
    `<assessmentTest identifier="t" title="卷"><testPart identifier="p">${inner}</testPart></assessmentTest>`;

  it('shows with an item what the section of a test shows with it, and tells the rules of the test', async () => {
    const section = `<rubricBlock view="candidate"><p>一般说明</p></rubricBlock><assessmentSection identifier="s" title="一">
      <selection select="1"/><rubricBlock view="candidate"><p>材料一</p></rubricBlock><rubricBlock view="scorer"><p>密</p></rubricBlock>
      <assessmentItemRef identifier="a" href="items/a.xml"/></assessmentSection>`;
    const { items, report } = await read(zip({ 'items/a.xml': item2(), 'test.xml': test(section) }), 'a.zip');
    expect(items[0]?.stem.zh).toMatch(/^材料一\s*先做什么？$/);
    expect(report.unreadFiles).toEqual([
      {
        ...{ file: 'test.xml', why: 'not read of the test: <rubricBlock>, <selection>' },
        ...{ reason: 'parts', detail: '<rubricBlock>, <selection>' },
      },
    ]);
  });

  it.each([
    ['材料一', '材料一先做什么？'],
    ['<printedVariable identifier="U"/>', ['construct-unread', '<rubricBlock>']],
  ])(
    'finds the item of a section under an address with signs, and reads all the section shows or refuses it: %s',
    async (words, what) => {
      const section = `<assessmentSection identifier="s" title="一"><rubricBlock view="candidate"><p>${words}</p></rubricBlock>
      <assessmentItemRef identifier="a" href="%E9%A2%98%201.xml"/></assessmentSection>`;
      const { is, stem } = await told(zip({ '题 1.xml': item2(), 'test.xml': test(section) }), 'a.zip');
      expect(is === 'read' ? stem?.replace(/\s+/g, '') : is).toEqual(what);
    },
  );

  it('refuses an item that two sections show otherwise', async () => {
    const section = (
      words: string,
    ) => `<assessmentSection identifier="s" title="一"><rubricBlock view="candidate"><p>${words}</p>
      </rubricBlock><assessmentItemRef identifier="a" href="a.xml"/></assessmentSection>`;
    const files = { 'a.xml': item2(), 'test.xml': test(section('材料一') + section('材料二')) };
    expect((await told(zip(files), 'a.zip')).is).toEqual(['construct-unread', '<rubricBlock>']);
  });
});

describe('a file of QTI', () => {
  it('may call its elements by a prefix, behind a long remark', async () => {
    const prefixed = item2()
      .replace(/(<\/?)(assessmentItem|itemBody)/g, '$1imsqti:$2')
      .replace('xmlns=', 'xmlns:imsqti=')
      .replace('?>', `?><!-- ${'许可 <quiz> '.repeat(1_000)} -->`);
    expect((await told(prefixed)).is).toBe('read');
  });

  it.each([
    ['remarks without end', '<!--'.repeat(400_000)],
    ['instructions without end', '<?a '.repeat(400_000)],
    ['openings without end', '<a.'.repeat(400_000)],
  ])('of %s comes to an end', async (_, text) => {
    await expect(read(text, 'a.xml')).rejects.toThrow('not-a-workbook');
  });

  it('that includes a long one again and again comes to an end', async () => {
    const long = `<p>${'甲<b/>'.repeat(150_000)}</p>`;
    const body = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="b.xml"/>'.repeat(1_000);
    const { is } = await told(zip({ 'a.xml': item2({ body }), 'b.xml': long }), 'a.zip');
    expect(is).toEqual(['construct-unread', '<xi:include>']);
  });

  it('is read in the encoding it declares', async () => {
    const options = '<simpleChoice identifier="A">un</simpleChoice><simpleChoice identifier="B">deux</simpleChoice>';
    const xml = item2({ body: '<p>Température: 20 °C</p>', options })
      .replace('UTF-8', 'ISO-8859-1')
      .replace('先做什么？', '?');
    expect((await told(Buffer.from(xml, 'latin1'))).stem).toContain('Température: 20 °C');
    expect((await told(Buffer.from(`\ufeff${item2()}`, 'utf16le'))).stem).toBe('先做什么？');
  });
});
