import { describe, expect, it } from 'vitest';
import type { Item } from '../../../contract/words/items.ts';
import { importBank } from '../import-bank.ts';

async function told(text: string) {
  const { items, report } = await importBank(Buffer.from(text), 'a.xml');
  const [problem] = report.rejected;
  const is = problem ? [problem.reason, problem.construct] : 'read';
  return { is, item: items[0], leftOut: report.leftOut.flatMap(({ constructs }) => constructs) };
}

const item = (declarations: string, body: string, processing: string) =>
  `<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="t" adaptive="false" timeDependent="false">
  ${declarations}<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody>${body}</itemBody>${processing}</assessmentItem>`;
const declared = (
  values: readonly string[],
  more = '',
  identifier = 'R',
  kind = 'cardinality="single" baseType="string"',
) =>
  `<responseDeclaration identifier="${identifier}" ${kind}><correctResponse>${values.map((value) => `<value>${value}</value>`).join('')}</correctResponse>${more}</responseDeclaration>`;
const template = (name: string) =>
  `<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/${name}"/>`;
const CORRECT = template('match_correct');
const MAPPED = template('map_response');
const mapping = (entries: Readonly<Record<string, number>>, more = '') =>
  `<mapping defaultValue="0">${Object.entries(entries)
    .map(([key, worth]) => `<mapEntry mapKey="${key}" mappedValue="${worth}" ${more}/>`)
    .join('')}</mapping>`;
const set = (identifier: string, value: string) =>
  `<setOutcomeValue identifier="${identifier}">${value}</setOutcomeValue>`;
const points = (amount: number) => set('SCORE', `<baseValue baseType="float">${amount}</baseValue>`);
const isRight = (identifier: string) =>
  `<match><variable identifier="${identifier}"/><correct identifier="${identifier}"/></match>`;
const rules = (...conditions: readonly (readonly [string, string])[]) =>
  `<responseProcessing>${conditions
    .map(([test, then]) => `<responseCondition><responseIf>${test}${then}</responseIf></responseCondition>`)
    .join('')}</responseProcessing>`;

describe('words in QTI 2 and 3', () => {
  const gap = (identifier = 'R', more = '') => `<textEntryInteraction responseIdentifier="${identifier}" ${more}/>`;
  const one = (declaration: string, processing = MAPPED, more = '') =>
    told(item(declaration, `<p>首都是 ${gap('R', more)}。</p>`, processing));
  const gapsOf = async (declaration: string, processing?: string) => (await one(declaration, processing)).item?.gaps;

  it('are read in the place where they are typed', async () => {
    const { is, item: read } = await one(declared(['北京']), CORRECT);
    expect([is, read?.kind, read?.stem.zh]).toEqual(['read', 'text', '首都是 （ ）。']);
    expect(read?.gaps).toEqual([{ accepted: ['北京'] }]);
  });

  it('count by their mapping, with capitals as it says', async () => {
    const many = mapping({ 北京: 1, 北平: 1, 南京: 0 });
    expect(await gapsOf(declared(['北京'], many))).toEqual([{ accepted: ['北京', '北平'] }]);
    const two = { CO: 1, 一氧化碳: 1 };
    expect(await gapsOf(declared(['CO'], mapping(two, 'caseSensitive="true"')))).toEqual([
      { accepted: ['CO', '一氧化碳'], caseCounts: true },
    ]);
    expect(await gapsOf(declared(['CO'], mapping(two, 'caseSensitive="false"')))).toEqual([
      { accepted: ['CO', '一氧化碳'] },
    ]);
    expect(await gapsOf(declared(['CO']), CORRECT)).toEqual([{ accepted: ['CO'], caseCounts: true }]);
  });

  it('count by rules, several gaps each by itself', async () => {
    const two = declared(['停电'], '', 'A') + declared(['验电'], '', 'B');
    const body = `<p>先${gap('A')}后${gap('B')}</p>`;
    const both = rules([`<and>${isRight('A')}${isRight('B')}</and>`, points(1)]);
    const added = (identifier: string, amount: number) =>
      [
        isRight(identifier),
        set('SCORE', `<sum><variable identifier="SCORE"/><baseValue baseType="float">${amount}</baseValue></sum>`),
      ] as const;
    for (const [processing, leftOut] of [
      [both, []],
      [rules(added('A', 1), added('B', 1)), []],
      [rules(added('A', 2), added('B', 1)), ['<responseProcessing>']],
    ] as const) {
      const read = await told(item(two, body, processing));
      expect(read).toMatchObject({ is: 'read', leftOut });
      expect(read.item).toMatchObject({
        stem: { zh: '先（ ）后（ ）' },
        gaps: [{ accepted: ['停电'] }, { accepted: ['验电'] }],
      });
    }
    expect((await told(item(two, body, rules([isRight('A'), points(1)])))).is).toEqual([
      'construct-unread',
      '<responseProcessing>',
    ]);
    expect((await told(item(two, body, CORRECT))).is[0]).toBe('construct-unread');
  });

  it.each([
    [
      'worth a part',
      declared(['北京'], mapping({ 北京: 1, 北平: 0.5 })),
      MAPPED,
      '',
      ['construct-unread', '<mapEntry>'],
    ],
    [
      'capitals left open',
      declared(['CO'], mapping({ CO: 1 })),
      MAPPED,
      '',
      ['construct-unread', '<mapEntry> without caseSensitive'],
    ],
    [
      'capitals twice',
      declared(['CO'], mapping({ CO: 1, co: 0.5 }, 'caseSensitive="false"')),
      MAPPED,
      '',
      ['construct-unread', '<mapEntry>'],
    ],
    ['a pattern', declared(['北京']), CORRECT, 'patternMask="..."', ['construct-unread', 'patternMask']],
    [
      'a number',
      declared(['36'], '', 'R', 'cardinality="single" baseType="float"'),
      CORRECT,
      '',
      ['kind-unknown', '<textEntryInteraction> baseType="float"'],
    ],
    ['nothing right', declared([]), CORRECT, '', ['key-missing', undefined]],
    [
      'points for everything',
      declared(['北京']),
      rules(['<not><isNull><variable identifier="R"/></isNull></not>', points(1)]),
      '',
      ['construct-unread', '<responseProcessing>'],
    ],
    [
      'an operator that is not known',
      declared(['北京']),
      rules([
        '<stringMatch caseSensitive="false"><variable identifier="R"/><correct identifier="R"/></stringMatch>',
        points(1),
      ]),
      '',
      ['construct-unread', '<stringMatch>'],
    ],
    [
      'somebody who marks',
      `${declared(['北京'])}<outcomeDeclaration identifier="SCORE" externalScored="human"/>`,
      CORRECT,
      '',
      ['construct-unread', 'externalScored'],
    ],
  ] as const)('are refused for %s', async (_, declaration, processing, more, reason) => {
    expect((await one(declaration, processing, more)).is).toEqual(reason);
  });
});

describe('an order in QTI 2 and 3', () => {
  const kind = 'cardinality="ordered" baseType="identifier"';
  const body = (attributes = '') =>
    `<orderInteraction responseIdentifier="R" ${attributes}><prompt>先后</prompt><simpleChoice identifier="A">停电</simpleChoice><simpleChoice identifier="B">验电</simpleChoice><simpleChoice identifier="C">接地</simpleChoice></orderInteraction>`;
  const ordered = (values: readonly string[], processing = CORRECT, attributes = '') =>
    told(item(declared(values, '', 'R', kind), body(attributes), processing));
  const inOrder = ({ options, key }: Item) => key.map((id) => options.find((option) => option.id === id)?.text?.zh);
  const exactly = (...names: readonly string[]) =>
    `<match><variable identifier="R"/><ordered>${names.map((name) => `<baseValue baseType="identifier">${name}</baseValue>`).join('')}</ordered></match>`;

  it('is read as it is declared', async () => {
    const { is, item: read, leftOut } = await ordered(['B', 'C', 'A']);
    expect([is, read?.kind, read?.stem.zh, leftOut]).toEqual(['read', 'order', '先后', []]);
    expect(read && inOrder(read)).toEqual(['验电', '接地', '停电']);
    const half = rules([exactly('B', 'A', 'C'), points(1)], [isRight('R'), points(2)]);
    expect(await ordered(['B', 'C', 'A'], half)).toMatchObject({ is: 'read', leftOut: ['<responseProcessing>'] });
  });

  it.each([
    ['some of them', ['B', 'C'], CORRECT, '', '<correctResponse>'],
    ['a limit', ['B', 'C', 'A'], CORRECT, 'maxChoices="2"', 'maxChoices="2"'],
    [
      'another order that is worth as much',
      ['B', 'C', 'A'],
      rules([
        `<or>${isRight('R')}${exactly('A', 'B', 'C')}${exactly('C', 'B', 'A')}${exactly('B', 'A', 'C')}</or>`,
        points(1),
      ]),
      '',
      '<responseProcessing>',
    ],
    [
      'places that are marked one by one',
      ['B', 'C', 'A'],
      rules([
        '<match><index n="1"><variable identifier="R"/></index><baseValue baseType="identifier">B</baseValue></match>',
        points(1),
      ]),
      '',
      '<index>',
    ],
    ['points by option', ['B', 'C', 'A'], MAPPED, '', undefined],
  ] as const)('is refused for %s', async (why, values, processing, attributes, construct) => {
    if (why === 'points by option') {
      const mapped = declared(values, mapping({ A: 1, B: 1, C: 1 }), 'R', kind);
      expect((await told(item(mapped, body(), processing))).is).toEqual(['construct-unread', '<mapEntry>']);
    } else expect((await ordered(values, processing, attributes)).is).toEqual(['construct-unread', construct]);
  });
});

describe('pairs in QTI 2 and 3', () => {
  const kind = 'cardinality="multiple" baseType="directedPair"';
  const choices = (names: string, most: number) =>
    `<simpleMatchSet>${[...names].map((name) => `<simpleAssociableChoice identifier="${name}" matchMax="${most}">${name}项</simpleAssociableChoice>`).join('')}</simpleMatchSet>`;
  const matched = (
    values: readonly string[],
    { left = 1, right = 0, processing = CORRECT, more = '', attributes = 'shuffle="true"' } = {},
  ) =>
    told(
      item(
        declared(values, more, 'R', kind),
        `<p>配对</p><matchInteraction responseIdentifier="R" ${attributes}>${choices('AB', left)}${choices('XYZ', right)}</matchInteraction>`,
        processing,
      ),
    );
  const pairs = ({ premises = [], options, key }: Item) =>
    premises.map(({ text }, at) => `${text?.zh}-${options.find(({ id }) => id === key[at])?.text?.zh}`);

  it('are read as they are declared', async () => {
    const { is, item: read, leftOut } = await matched(['B X', ' A\n Z ']);
    expect([is, read?.kind, read?.stem.zh, read && pairs(read), leftOut]).toEqual([
      'read',
      'match',
      '配对',
      ['A项-Z项', 'B项-X项'],
      [],
    ]);
    expect(read?.fixedOrder).toBeUndefined();
    expect((await matched(['A X', 'B X'], { attributes: '' })).item).toMatchObject({ fixedOrder: true });
  });

  it('may stand the other way round', async () => {
    const { item: read } = await matched(['A X', 'B Y', 'A Z'], { left: 0, right: 1 });
    expect(read && pairs(read)).toEqual(['X项-A项', 'Y项-B项', 'Z项-A项']);
  });

  it('are read by what they are worth', async () => {
    const worth = (entries: Readonly<Record<string, number>>, values = ['A X', 'B Y']) =>
      matched(values, { processing: MAPPED, more: mapping(entries) });
    expect(await worth({ 'A X': 1, 'B Y': 1 })).toMatchObject({ is: 'read', leftOut: [] });
    expect(await worth({ 'A X': 1, 'B Y': 0.5 })).toMatchObject({ is: 'read', leftOut: ['<mapEntry>'] });
    expect((await worth({ 'A X': 1, 'A Z': 1, 'B Y': 1 })).is).toEqual(['construct-unread', '<mapEntry>']);
    expect((await worth({ 'A X': 1 })).is).toEqual(['construct-unread', '<mapEntry>']);
    expect((await matched(['A X', 'B Y'], { right: 1 })).leftOut).toEqual(Array(1).fill('matchMax="1"'));
  });

  it.each([
    ['a premise of several', ['A X', 'A Y', 'B Z'], {}, ['construct-unread', 'matchMax']],
    ['a premise of none', ['A X'], {}, ['construct-unread', 'matchMax']],
    ['as many as one likes', ['A X', 'B Y'], { left: 0 }, ['construct-unread', 'matchMax']],
    [
      'fewer than there are',
      ['A X', 'B Y'],
      { attributes: 'maxAssociations="1"' },
      ['construct-unread', 'maxAssociations="1"'],
    ],
    ['what is not there', ['A X', 'B Q'], {}, ['key-outside-options', undefined]],
    ['nothing right', [], {}, ['key-missing', undefined]],
  ] as const)('are refused for %s', async (_, values, how, reason) => {
    expect((await matched(values, how)).is).toEqual(reason);
  });
});
