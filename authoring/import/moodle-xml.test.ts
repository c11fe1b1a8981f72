import { describe, expect, it } from 'vitest';
import { importBank } from './import-bank.ts';

const quiz = (...questions: readonly string[]) => `<?xml version="1.0"?><quiz>${questions.join('\n')}</quiz>`;
const question = (type: string, inner: string) => `<question type="${type}">${inner}</question>`;
const stem = (text: string) => `<questiontext format="html"><text>${text}</text></questiontext>`;
const answer = (fraction: string | number, text: string, more = '') =>
  `<answer fraction="${fraction}" format="html"><text>${text}</text>${more}</answer>`;
const choice = (...inner: readonly string[]) =>
  quiz(question('multichoice', stem('哪个？') + (inner.join('').includes('<answer ') ? '' : TWO) + inner.join('')));
const TWO = answer(100, '甲') + answer(0, '乙');
const number = (...inner: readonly string[]) => quiz(question('numerical', stem('多少？') + inner.join('')));
const near = (fraction: string | number, value: string, off = '0', more = '') =>
  answer(fraction, value, `<tolerance>${off}</tolerance>${more}`);

const read = (text: string) => importBank(Buffer.from(text), 'a.xml');
const one = async (text: string) => {
  const { items, report } = await read(text);
  return { item: items[0], refused: report.rejected[0], leftOut: report.leftOut[0]?.constructs ?? [], report };
};

describe('a number in Moodle XML', () => {
  it.each([
    [near(100, '36', '0.5'), 36, 0.5],
    [near('100.0000', '2.54', '0.005'), 2.54, 0.005],
    [near(100, '3.141592653589793', '0.001'), Math.PI, 0.001],
    [near(100, '2.71', '1e-05'), 2.71, 0.000_01],
    [near(100, '1.5e3', ''), 1500, 0],
    [answer(100, '150.0'), 150, 0],
    [near(100, '.5', '0.1') + near(0, '*'), 0.5, 0.1],
    [near(100, '5') + near(100, '5.0'), 5, 0],
    [near(0, '7') + near(100, '5', '1'), 5, 1],
    [near(100, '5', '1', '<tolerancetype>2</tolerancetype>'), 5, 1],
  ])('%s is read', async (answers, value, tolerance) => {
    expect((await one(number(answers))).item?.number).toEqual({ value, tolerance });
  });

  const unit = (name: string, by = '1') => `<unit><multiplier>${by}</multiplier><unit_name>${name}</unit_name></unit>`;

  it('has its one unit behind it', async () => {
    const units = `<units>${unit('m')}</units><unitgradingtype>0</unitgradingtype><showunits>0</showunits>`;
    expect((await one(number(near(100, '1.5'), units))).item?.unit).toBe('m');
    expect((await one(number(near(100, '1.5'), '<units/>'))).item).not.toHaveProperty('unit');
  });

  it.each([
    [`<units>${unit('m')}${unit('cm', '100')}</units>`, '<units>'],
    [`<units>${unit('cm', '100')}</units>`, '<units>'],
    [`<units>${unit('m')}</units><unitgradingtype>1</unitgradingtype>`, '<unitgradingtype>'],
    ['<instructions format="html"><text>写到厘米</text></instructions>', '<instructions>'],
    ['<dataset_definitions/>', '<dataset_definitions>'],
    [near(100, '6'), '<answer fraction="100"> ×2'],
  ])('with %s is refused by its name', async (more, construct) => {
    expect((await one(number(near(100, '1.5'), more))).refused).toMatchObject({
      reason: 'construct-unread',
      construct,
    });
  });

  it.each([
    [near(100, '1,5'), 'key-unreadable', undefined],
    [near(100, '*'), 'key-unreadable', undefined],
    [near(100, '10²'), 'key-unreadable', undefined],
    [near(100, '5', '-1'), 'key-unreadable', undefined],
    [near(100, '0.00000000001'), 'key-unreadable', undefined],
    [near(50, '5'), 'key-missing', undefined],
    [near(100, '5', '0.1', '<tolerancetype>1</tolerancetype>'), 'construct-unread', '<tolerancetype>'],
    [near(50, '5', '0.1') + near(100, '5', '1'), 'construct-unread', '<answer fraction="100"> after another'],
    [near(0, '*') + near(100, '5', '1'), 'construct-unread', '<answer fraction="100"> after another'],
  ])('%s is refused', async (answers, reason, construct) => {
    const { refused } = await one(number(answers));
    expect([refused?.reason, refused?.construct]).toEqual([reason, construct]);
  });

  it('that is worth a part is told of', async () => {
    const { item, leftOut } = await one(number(near(100, '150'), near('25.0', '150.5', '0.5')));
    expect([item?.number?.value, leftOut]).toEqual([150, ['answer weight']]);
  });
});

describe('weights in Moodle XML', () => {
  const several = '<single>false</single>';
  it.each([
    [several + answer(70, '甲') + answer(30, '乙') + answer(0, '丙'), ['answer weight']],
    [answer(100, '甲') + answer(50, '乙') + answer(0, '丙'), ['answer weight']],
    [several + answer(50, '甲') + answer(50, '乙') + answer(-100, '丙') + answer(0, '丁'), ['answer weight']],
    [several + answer(50, '甲') + answer(50, '乙') + answer(-100, '丙') + answer('-100.0', '丁'), []],
    [several + answer('33.33333', '甲') + answer('33.33333', '乙') + answer('33.33334', '丙') + answer(0, '丁'), []],
    [answer('100.0000', '甲') + answer('', '乙'), []],
  ])('%s', async (answers, leftOut) => {
    const { refused, leftOut: told } = await one(choice(answers));
    expect([refused, told]).toEqual([undefined, leftOut]);
  });

  it.each([several + answer(100, '甲') + answer(100, '乙') + answer(0, '丙'), answer('all', '甲') + answer(0, '乙')])(
    '%s is refused: which options are right is not to be told',
    async (answers) => {
      expect((await one(choice(answers))).refused).toMatchObject({ construct: '<answer fraction>' });
    },
  );
});

it('one right answer that is worth only a part is told of', async () => {
  const { refused, leftOut } = await one(choice(answer(50, '甲'), answer(0, '乙')));
  expect([refused, leftOut]).toEqual([undefined, ['answer weight']]);
});

describe('an order in Moodle XML', () => {
  const ordering = (...fractions: readonly number[]) =>
    read(quiz(question('ordering', stem('步骤？') + fractions.map((by, at) => answer(by, `第${at}步`)).join(''))));

  it.each([
    [1, 2, 3],
    [100, 100, 100],
    [0, 0, 0],
  ])('is that of its answers: %d %d %d', async (...fractions) => {
    const [item] = (await ordering(...fractions)).items;
    expect(item?.key).toEqual(item?.options.map(({ id }) => id));
  });

  it('is refused where their fractions say another', async () => {
    expect((await ordering(3, 1, 2)).report.rejected).toMatchObject([
      { reason: 'construct-unread', construct: '<answer fraction>' },
    ]);
  });
});

describe('the parts of a Moodle question', () => {
  it.each(['0', 'false', '0 '])('<shuffleanswers>%s keeps the order of options', async (said) => {
    expect((await one(choice(`<shuffleanswers>${said}</shuffleanswers>`))).item?.fixedOrder).toBe(true);
  });

  it.each(['1', 'true'])('<shuffleanswers>%s does not', async (said) => {
    expect((await one(choice(`<shuffleanswers>${said}</shuffleanswers>`))).item).not.toHaveProperty('fixedOrder');
  });

  it.each([
    ['<defaultgrade>1.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber>7</idnumber>', []],
    [
      '<answernumbering>abc</answernumbering><shownumcorrect/><tags></tags><hint format="html"><text></text></hint>',
      [],
    ],
    ['<correctfeedback format="html"><text>&lt;p&gt;Your answer is correct.&lt;/p&gt;</text></correctfeedback>', []],
    ['<incorrectfeedback format="html"><text>您的回答不正确。</text></incorrectfeedback>', []],
    ['<defaultgrade>2</defaultgrade>', ['<defaultgrade>']],
    ['<answernumbering>123</answernumbering>', ['<answernumbering>']],
    ['<incorrectfeedback format="html"><text>见第三章</text></incorrectfeedback>', ['<incorrectfeedback>']],
    ['<hint format="html"><text>想想</text></hint>', ['<hint>']],
    ['<tags><tag><text>用电</text></tag></tags>', ['<tags>']],
    [
      '<plugin_qbank_customfields_question>是</plugin_qbank_customfields_question>',
      ['<plugin_qbank_customfields_question>'],
    ],
    [answer(100, '甲', '<feedback format="html"><text>好</text></feedback>') + answer(0, '乙'), ['<feedback>']],
    [answer(100, '甲', '<feedback format="html"><text></text></feedback>') + answer(0, '乙'), []],
    [
      '<generalfeedback><text>&lt;video src="a.mp4"&gt;&lt;/video&gt;</text></generalfeedback>',
      ['explanation <video>'],
    ],
  ])('%s leaves out %j', async (part, leftOut) => {
    const { refused, leftOut: told } = await one(choice(part));
    expect([refused, told]).toEqual([undefined, leftOut]);
  });

  it.each([
    ['<drags/>', '<drags>'],
    ['<constructor/>', '<constructor>'],
    ['<stimulus>见材料</stimulus>', '<stimulus>'],
    ['见材料', '见材料'],
    [answer(100, '甲', '<audio/>') + answer(0, '乙'), '<answer><audio>'],
    ['<generalfeedback><text>好</text><film/></generalfeedback>', '<generalfeedback><film>'],
  ])('%s is on no list, and refused by name', async (part, construct) => {
    expect((await one(choice(part))).refused).toMatchObject({ reason: 'construct-unread', construct });
  });

  it.each(
    'essay cloze description calculated calculatedmulti calculatedsimple ddwtos gapselect ddmarker ddimageortext random randomsamatch kprime stack constructor toString'.split(
      ' ',
    ),
  )('of the kind %s are none of ours', async (type) => {
    expect((await one(quiz(question(type, stem('问') + TWO)))).refused).toMatchObject({
      ...{ reason: 'kind-unknown', construct: type },
    });
  });

  it('of no kind are refused too', async () => {
    expect((await one(`<quiz><question>${stem('问')}${TWO}</question></quiz>`)).refused?.reason).toBe('kind-missing');
  });
});

describe('a quiz', () => {
  it('keeps hidden questions back, and says how many', async () => {
    const hidden = (said: string) => question('multichoice', `${stem(`第${said}个`)}<hidden>${said}</hidden>${TWO}`);
    const { items, report } = await read(quiz(...['1', '0', '2', 'true', ''].map(hidden)));
    expect(items.map(({ stem: { zh }, source }) => [zh, source?.row])).toEqual([
      ['第0个', 2],
      ['第个', 5],
    ]);
    expect(report.hidden).toEqual([{ sheet: '', what: 'questions', count: 3, read: false }]);
  });

  it('that has hidden questions alone says so', async () => {
    await expect(read(choice(TWO, '<hidden>1</hidden>'))).rejects.toMatchObject({
      ...{ reason: 'no-items', detail: 'a.xml; 1 hidden questions' },
    });
  });

  it('says of words beside its questions that nobody reads them', async () => {
    const { report } = await read(quiz('<p> </p>', '<p>说明</p>', question('multichoice', stem('哪个？') + TWO)));
    expect(report.rejected).toMatchObject([{ row: 1, reason: 'construct-unread', construct: '<quiz>p' }]);
  });

  it.each([
    ['$course$/top/安全/用电', '安全/用电'],
    ['$module$/top', ''],
    ['$course$/Default for A//B', 'Default for A／B'],
    ['  $system$/安全 \n', '安全'],
    ['安全', '安全'],
  ])('has the topic of its category: %s', async (path, topic) => {
    const category = question('category', `<category><text>${path}</text></category><info><text></text></info>`);
    expect((await one(quiz(category, question('multichoice', stem('哪个？') + TWO)))).item?.topic).toBe(topic);
  });

  it('asks what leans on a passage before it together with that', async () => {
    const { items, report } = await read(
      quiz(
        question('description', stem('<![CDATA[<p>某厂发生<b>触电</b>。</p>]]>')),
        question('multichoice', stem('上述案例中谁负责？') + TWO),
        question('multichoice', stem('谁办票？') + TWO),
      ),
    );
    expect(items.map(({ stem: { zh }, passage }) => [zh, passage])).toEqual([
      ['上述案例中谁负责？', { text: { zh: '某厂发生触电。' } }],
      ['谁办票？', undefined],
    ]);
    expect(report.rejected.map(({ construct }) => construct)).toEqual(['description']);
    const gone = await one(
      quiz(
        question('description', stem('<![CDATA[<video src="a.mp4"></video>]]>')),
        question('multichoice', stem('上述案例中谁负责？') + TWO),
      ),
    );
    expect([gone.item, gone.report.rejected.length]).toEqual([undefined, 2]);
  });

  it.each([
    ['true', 'false', 'true-false'],
    ['TRUE ', ' False', 'true-false'],
    ['对', '错', 'true-false'],
    ['Vrai', 'Faux', 'single'],
    ['constructor', 'toString', 'single'],
  ])('asks for true or false: %s, %s', async (yes, no, kind) => {
    const { item } = await one(quiz(question('truefalse', stem('水能救电火') + answer(0, yes) + answer(100, no))));
    expect([item?.kind, item?.options.findIndex(({ id }) => item.key.includes(id))]).toEqual([kind, 1]);
  });
});

describe('pairs in Moodle XML', () => {
  const pair = (premise: string, text: string, more = '') =>
    `<subquestion format="html"><text><![CDATA[${premise}]]></text><answer><text>${text}</text></answer>${more}</subquestion>`;
  const matching = (...inner: readonly string[]) => one(quiz(question('matching', stem('连线') + inner.join(''))));

  it('are read, with what belongs to nothing', async () => {
    const { item, leftOut } = await matching(
      '<shuffleanswers>0</shuffleanswers><shownumcorrect/>',
      ...[pair('<p>U<sub>1</sub></p>', '电压'), pair('', '电流'), pair('R', '电阻')],
    );
    expect(item).toMatchObject({ kind: 'match', premises: [{ text: { zh: 'U₁' } }, { text: { zh: 'R' } }] });
    expect(item?.key).toEqual([0, 2].map((at) => item?.options[at]?.id));
    expect([item?.fixedOrder, leftOut]).toEqual([undefined, []]);
  });

  it.each([
    [[pair('甲', '乙')], 'options-missing', undefined],
    [[pair('', '乙'), pair('', '丙')], 'premises-missing', undefined],
    [[pair('甲', ''), pair('乙', '丙')], 'key-missing', undefined],
    [[pair('甲', '&lt;b&gt;乙&lt;/b&gt;'), pair('丙', '丁')], 'construct-unread', '<b>'],
    [[pair('甲', '乙', '<weight>2</weight>'), pair('丙', '丁')], 'construct-unread', '<subquestion><weight>'],
    [[pair('甲', '乙'), pair('甲', '丁')], 'item-refused', undefined],
  ])('%j are refused', async (inner, reason, construct) => {
    expect((await matching(...inner)).refused).toMatchObject({ reason, ...(construct ? { construct } : {}) });
  });
});
