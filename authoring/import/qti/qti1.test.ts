import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../contract/words/items.ts';
import { importBank } from '../import-bank.ts';

const right = ({ options, key }: Item) => options.filter(({ id }) => key.includes(id)).map(({ text }) => text?.zh);

async function told(text: string | Uint8Array, file = 'a.xml') {
  const { items, report } = await importBank(typeof text === 'string' ? Buffer.from(text) : text, file);
  const [item] = items;
  const [problem] = report.rejected;
  return {
    is: problem ? [problem.reason, problem.construct] : 'read',
    kind: item?.kind,
    stem: item?.stem.zh,
    right: item && right(item),
    item,
    leftOut: report.leftOut.flatMap(({ constructs }) => constructs),
  };
}

const document = (inner: string, title = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
  <assessment ident="t" title="${title}"><section ident="root_section">${inner}</section></assessment></questestinterop>`;
const html = (text: string) =>
  `<material><mattext texttype="text/html">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</mattext></material>`;

/** As Canvas writes it. */
const canvas = (type: string, presentation: string, rules: string, more = '') =>
  document(`<item ident="i" title="q"><itemmetadata><qtimetadata>
  <qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>${type}</fieldentry></qtimetadatafield>
  <qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>1.0</fieldentry></qtimetadatafield>
  </qtimetadata></itemmetadata><presentation>${presentation}</presentation>
  <resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>${rules}
  </resprocessing>${more}</item>`);
const options = (texts: readonly string[], { cardinality = 'Single', render = '', label = '' } = {}) =>
  `<response_lid ident="response1" rcardinality="${cardinality}"><render_choice ${render}>${texts
    .map(
      (text, at) =>
        `<response_label ident="${at}" ${label}><material><mattext texttype="text/plain">${text}</mattext></material></response_label>`,
    )
    .join('')}</render_choice></response_lid>`;
const rule = (test: string, amount: number | null = 100, attributes = 'continue="No"', action = 'Set') =>
  `<respcondition ${attributes}><conditionvar>${test}</conditionvar>${amount === null ? '' : `<setvar action="${action}" varname="SCORE">${amount}</setvar>`}</respcondition>`;
const is = (value: string | number) => `<varequal respident="response1">${value}</varequal>`;
const THREE = ['停电', '带电', '验电'];
const general = rule('<other/>', null, 'continue="Yes"');

describe('a choice of QTI 1.2, as Canvas writes it', () => {
  it('is read with its topic, its explanation and its order', async () => {
    const feedback = (ident: string, text: string) =>
      `<itemfeedback ident="${ident}"><flow_mat>${html(text)}</flow_mat></itemfeedback>`;
    const xml = canvas(
      'multiple_choice_question',
      html('<div><p>检修前<strong>先</strong>做什么？ U<sub>1</sub> &lt; 36</p></div>') + options(THREE),
      general + rule(is(0), null, 'continue="Yes"') + rule(is(2)),
      feedback('general_fb', '<p>先验电。</p>') + feedback('correct_fb', '<p>对</p>'),
    ).replace('title=""', 'title="用电/一"');
    const { item, ...rest } = await told(xml);
    expect(rest).toEqual({
      is: 'read',
      kind: 'single',
      stem: '检修前先做什么？ U₁ < 36',
      right: ['验电'],
      leftOut: ['<itemfeedback>'],
    });
    expect(item).toMatchObject({ topic: '用电／一', explanation: { zh: '先验电。' }, fixedOrder: true });
  });

  it.each([
    ['multiple_choice_question', 'single', rule(is(2)), ['验电'], []],
    ['true_false_question', 'single', rule(is(0)), ['停电'], []],
    ['multiple_choice_question', 'single', rule(is(2)) + rule(is(1), 50), ['验电'], ['<setvar>']],
    [
      'multiple_answers_question',
      'multiple',
      rule(`<and>${is(0)}<not>${is(1)}</not>${is(2)}</and>`),
      ['停电', '验电'],
      [],
    ],
    [
      'multiple_answers_question',
      'multiple',
      [0, 2].map((at) => rule(is(at), 50, 'continue="Yes"', 'Add')).join(''),
      ['停电', '验电'],
      [],
    ],
    [
      'multiple_answers_question',
      'multiple',
      rule(is(0), 70, 'continue="Yes"', 'Add') + rule(is(2), 30, 'continue="Yes"', 'Add'),
      ['停电', '验电'],
      ['<setvar>'],
    ],
    [
      'multiple_answers_question',
      'multiple',
      rule(is(0), 100, 'continue="Yes"', 'Add') + rule(is(1), 50, 'continue="Yes"', 'Subtract'),
      ['停电'],
      ['<setvar>'],
    ],
  ])('%s is a %s one', async (type, kind, rules, key, leftOut) => {
    const cardinality = kind === 'multiple' ? 'Multiple' : 'Single';
    const xml = canvas(type, html('选') + options(THREE, { cardinality }), rules);
    expect(await told(xml)).toMatchObject({ is: 'read', kind, right: key, leftOut });
  });

  it.each([
    ['two right of which one may be chosen', rule(is(0)) + rule(is(1)), ['key-count', undefined]],
    ['nothing right', rule(is(0), 0), ['key-missing', undefined]],
    ['an option that is not there', rule(is(7)), ['key-outside-options', undefined]],
    [
      'a test that is not known',
      rule('<varsubset respident="response1">0</varsubset>'),
      ['construct-unread', '<varsubset>'],
    ],
    ['points that are no number', rule(is(0)).replace('>100<', '>all<'), ['construct-unread', '<setvar>']],
  ])('is refused for %s', async (_, rules, reason) => {
    expect((await told(canvas('multiple_choice_question', html('选') + options(THREE), rules))).is).toEqual(reason);
  });

  it('is read where right and wrong ones are listed, as Desire2Learn does', async () => {
    const right2 = `${is(0)}${is(2)}<not>${is(1)}</not>`;
    const rules = rule(right2, 1, 'continue="yes"', 'Add') + rule(`<and><not>${right2}</not></and>`, 0, '', 'Add');
    const xml = canvas('Multi-Select', html('选') + options(THREE, { cardinality: 'Multiple' }), rules);
    expect(await told(xml)).toMatchObject({ is: 'read', kind: 'multiple', right: ['停电', '验电'], leftOut: [] });
  });

  it('is refused where points add up and it is not said that they go on to', async () => {
    const adding = (attributes: string) => [0, 2].map((at) => rule(is(at), 50, attributes, 'Add')).join('');
    const chosen = async (attributes: string, cardinality: string) =>
      told(canvas('multiple_answers_question', html('选') + options(THREE, { cardinality }), adding(attributes)));
    expect((await chosen('', 'Multiple')).is).toEqual(['construct-unread', '<respcondition> without continue']);
    expect(await chosen('continue="Yes"', 'Multiple')).toMatchObject({ is: 'read', right: ['停电', '验电'] });
  });

  it('keeps its order unless it asks for another, of all its options', async () => {
    const order = async (render: string, label = '') =>
      (await told(canvas('multiple_choice_question', html('选') + options(THREE, { render, label }), rule(is(0))))).item
        ?.fixedOrder;
    expect(await order('')).toBe(true);
    expect(await order('shuffle="No"')).toBe(true);
    expect(await order('shuffle="Yes"')).toBeUndefined();
    expect(await order('shuffle="Yes"', 'rshuffle="No"')).toBe(true);
  });

  it.each([
    'essay_question',
    ...['multiple_dropdowns_question', 'calculated_question', 'text_only_question', 'file_upload_question'],
  ])('%s is refused as what it is', async (type) => {
    const asked = '<response_str ident="response1" rcardinality="Single"><render_fib/></response_str>';
    expect((await told(canvas(type, html('答') + asked, rule(is('x'))))).is).toEqual(['kind-unknown', type]);
  });
});

describe('words and pairs of QTI 1.2, as Canvas writes them', () => {
  const fib =
    '<response_str ident="response1" rcardinality="Single"><render_fib><response_label ident="answer1" rshuffle="No"/></render_fib></response_str>';
  const words = (rules: string, asked = fib) =>
    told(canvas('short_answer_question', html('先做什么？') + asked, general + rules));

  it('are read where each of some answers counts', async () => {
    expect(await words(rule(is('停电') + is('断电')))).toMatchObject({ is: 'read', kind: 'text', stem: '先做什么？' });
    expect((await words(rule(is('停电') + is('断电')))).item?.gaps).toEqual([{ accepted: ['停电', '断电'] }]);
    expect((await words(rule(is('停电')) + rule(is('断电')))).item?.gaps).toEqual([{ accepted: ['停电', '断电'] }]);
    const cased = (text: string) => is(text).replace('<varequal', '<varequal case="Yes"');
    expect((await words(rule(cased('CO')))).item?.gaps).toEqual([{ accepted: ['CO'], caseCounts: true }]);
    expect((await words(rule(cased('CO') + is('co')))).is).toEqual(['construct-unread', '<varequal case>']);
  });

  it.each([
    ['nothing that counts', '', ['key-missing', undefined]],
    ['half of the points', rule(is('停电')) + rule(is('断'), 50), ['construct-unread', '<setvar>']],
    ['what must not be typed', rule(`<not>${is('停电')}</not>`), ['construct-unread', '<not>']],
    [
      'a part of a word',
      rule('<varsubstring respident="response1">停</varsubstring>'),
      ['construct-unread', '<varsubstring>'],
    ],
  ])('are refused for %s', async (_, rules, reason) => {
    expect((await words(rules)).is).toEqual(reason);
  });

  const lid = (name: string, premise: string, labels: readonly string[], type = 'text/plain') =>
    `<response_lid ident="response_${name}"><material><mattext>${premise}</mattext></material><render_choice>${labels
      .map(
        (text, at) =>
          `<response_label ident="${name === 'x' ? 'x' : ''}${at}"><material><mattext texttype="${type}">${text}</mattext></material></response_label>`,
      )
      .join('')}</render_choice></response_lid>`;
  const counts = (name: string, at: number, amount = 50) =>
    rule(`<varequal respident="response_${name}">${at}</varequal>`, amount, '', 'Add');

  it('are read where each premise has one of the same labels', async () => {
    const asked = lid('1', '甲', THREE) + lid('2', '乙', THREE);
    const { is: read, item } = await told(
      canvas('matching_question', html('配对') + asked, counts('1', 2) + counts('2', 0)),
    );
    expect(read).toBe('read');
    expect(item).toMatchObject({
      kind: 'match',
      stem: { zh: '配对' },
      premises: [{ text: { zh: '甲' } }, { text: { zh: '乙' } }],
    });
    expect(item?.key).toEqual([2, 0].map((at) => item?.options[at]?.id));
    expect(item?.fixedOrder).toBeUndefined();
  });

  it.each([
    ['other labels', lid('1', '甲', THREE) + lid('2', '乙', ['停电', '带电']), '', '<response_lid>'],
    ['nothing for a premise', lid('1', '甲', THREE) + lid('3', '丙', THREE), '', '<respcondition>'],
    ['two for a premise', lid('1', '甲', THREE) + lid('2', '乙', THREE), counts('2', 1), '<respcondition>'],
    ['more for one than another', lid('1', '甲', THREE) + lid('2', '乙', THREE), '', '<respcondition>'],
  ])('are refused for %s', async (why, asked, more, construct) => {
    const second = counts('2', 0, why.startsWith('more') ? 30 : 50);
    const xml = canvas('matching_question', html('配对') + asked, counts('1', 2) + second + more);
    expect((await told(xml)).is).toEqual(['construct-unread', construct]);
  });

  it('are read where several gaps each have their words', async () => {
    const asked = lid('后', '后', ['验电']) + lid('先', '先', ['停电', '断电']);
    const rules = counts('后', 0) + counts('先', 0);
    const { stem, item } = await told(
      canvas('fill_in_multiple_blanks_question', html('先[先]再[后]。') + asked, rules),
    );
    expect([stem, item?.gaps]).toEqual(['先（ ）再（ ）。', [{ accepted: ['停电', '断电'] }, { accepted: ['验电'] }]]);
    const lost = await told(canvas('fill_in_multiple_blanks_question', html('先[先]再。') + asked, rules));
    expect(lost.is).toEqual(['construct-unread', '[后]']);
  });
});

describe('a number of QTI 1.2', () => {
  const number = (rules: string, asked = 'response_str') =>
    canvas(
      'numerical_question',
      `${html('多少伏？')}<${asked} ident="response1"><render_fib fibtype="Decimal"><response_label ident="answer1"/></render_fib></${asked}>`,
      rules,
    );
  const from = (value: string) => `<vargte respident="response1">${value}</vargte>`;
  const to = (value: string) => `<varlte respident="response1">${value}</varlte>`;

  it.each([
    ['exact', rule(`<or>${is(36)}</or>`), 36, 0],
    ['with a margin', rule(`<or>${is('36.0')}<and>${from('35.9')}${to('36.1')}</and></or>`), 36, 0.1],
    ['in a range', rule(from('10.1') + to('10.4')), 10.25, 0.15],
    ['below nothing', rule(from('-3') + to('-1')), -2, 1],
  ])('%s is read', async (_, rules, value, tolerance) => {
    expect((await told(number(rules))).item).toMatchObject({ kind: 'numeric', number: { value, tolerance } });
    expect((await told(number(rules, 'response_num'))).item).toMatchObject({ number: { value, tolerance } });
  });

  it.each([
    ['two numbers', rule(is(1)) + rule(is(2)), ['key-count', undefined]],
    [
      'a number that is not in the middle',
      rule(`<or>${is(36)}<and>${from('30')}${to('37')}</and></or>`),
      ['key-unreadable', undefined],
    ],
    ['an open end', rule(from('30')), ['key-unreadable', undefined]],
    [
      'a bound that is wrong itself',
      rule(`<and><vargt respident="response1">1</vargt>${to('2')}</and>`),
      ['construct-unread', '<vargt>'],
    ],
    ['no number', rule(is('many')), ['key-unreadable', undefined]],
    ['nothing', '', ['key-missing', undefined]],
  ])('is refused for %s', async (_, rules, reason) => {
    expect((await told(number(rules))).is).toEqual(reason);
  });
});

/** As Blackboard writes it. */
const blackboard = (type: string, stem: string, response: string, rules: string) =>
  document(`<item maxattempts="0"><itemmetadata><bbmd_asitype>Item</bbmd_asitype><bbmd_questiontype>${type}</bbmd_questiontype>
  </itemmetadata><presentation><flow class="Block"><flow class="QUESTION_BLOCK"><flow class="FORMATTED_TEXT_BLOCK"><material>
  <mat_extension><mat_formattedtext type="HTML">${stem}</mat_formattedtext></mat_extension></material></flow></flow>
  <flow class="RESPONSE_BLOCK">${response}</flow></flow></presentation><resprocessing scoremodel="SumOfScores">
  <outcomes><decvar defaultval="0.0" maxvalue="2.0" minvalue="0.0" varname="SCORE" vartype="Decimal"/></outcomes>${rules}
  <respcondition title="incorrect"><conditionvar><other/></conditionvar><setvar action="Set" variablename="SCORE">0.0</setvar>
  <displayfeedback feedbacktype="Response" linkrefid="incorrect"/></respcondition></resprocessing>
  <itemfeedback ident="correct" view="All"><flow_mat class="Block"/></itemfeedback></item>`);
const blackboardOptions = `<response_lid ident="response" rcardinality="Single" rtiming="No">
  <render_choice maxnumber="0" minnumber="0" shuffle="Yes">${THREE.map(
    (
      text,
      at,
    ) => `<flow_label class="Block"><response_label ident="a${at}" rarea="Ellipse" rrange="Exact" shuffle="Yes">
    <flow_mat class="FORMATTED_TEXT_BLOCK"><material><mat_extension><mat_formattedtext type="SMART_TEXT">${text}</mat_formattedtext>
    </mat_extension></material></flow_mat></response_label></flow_label>`,
  ).join('')}</render_choice></response_lid>`;
const correct = (test: string) => `<respcondition title="correct"><conditionvar>${test}</conditionvar>
  <setvar action="Set" variablename="SCORE">SCORE.max</setvar><displayfeedback feedbacktype="Response" linkrefid="correct"/></respcondition>`;
const equal = (value: string) => `<varequal case="No" respident="response">${value}</varequal>`;

describe('a question of QTI 1.2, as Blackboard writes it', () => {
  it('is read, with one right option or several', async () => {
    const one = blackboard('Multiple Choice', '先做什么？&lt;br/&gt;', blackboardOptions, correct(equal('\n a2 \n')));
    expect(await told(one, 'res00001.dat')).toMatchObject({
      is: 'read',
      kind: 'single',
      stem: '先做什么？',
      right: ['验电'],
      leftOut: [],
    });
    expect((await told(one)).item?.fixedOrder).toBeUndefined();
    const test = `<and>${equal('a0')}<not>${equal('a1')}</not>${equal('a2')}</and>`;
    const several = blackboard('Multiple Answer', '选哪些？', blackboardOptions, correct(test));
    expect(await told(several)).toMatchObject({ kind: 'multiple', right: ['停电', '验电'] });
  });

  it('is read where it asks for a number', async () => {
    const response = '<response_num ident="response"><render_fib fibtype="Decimal"/></response_num>';
    const rules = `<respcondition title="x"><conditionvar><vargte respident="response">35</vargte><varlte respident="response">37</varlte>
      ${equal('36')}</conditionvar><displayfeedback feedbacktype="Response" linkrefid="correct"/></respcondition>`;
    const { item } = await told(blackboard('Numeric', '多少伏？', response, rules));
    expect(item?.number).toEqual({ value: 36, tolerance: 1 });
  });

  it.each([
    ['Essay', ['kind-unknown', 'Essay']],
    ['Ordering', ['kind-unknown', 'Ordering']],
    ['Opinion Scale', ['kind-unknown', 'Opinion Scale']],
  ])('is refused as %s', async (type, reason) => {
    expect((await told(blackboard(type, '题', blackboardOptions, correct(equal('a0'))))).is).toEqual(reason);
  });

  it('that wants a picture from its server is refused by that', async () => {
    const stem = '看图&lt;img src="@X@EmbeddedFile.requestUrlStub@X@bbcswebdav/xid-1_1" /&gt;';
    expect((await told(blackboard('Multiple Choice', stem, blackboardOptions, correct(equal('a0'))))).is).toEqual([
      'construct-unread',
      '@X@EmbeddedFile.requestUrlStub@X@',
    ]);
  });
});

describe('material of QTI 1.2', () => {
  const asking = (material: string, around = '') =>
    canvas('multiple_choice_question', material + options(THREE), rule(is(0))).replace('<item ', `${around}<item `);
  const plain = (text: string) => `<material><mattext>${text}</mattext></material>`;

  it.each([
    ['plain text with signs', plain('U &lt; 36 &amp;amp; 停电'), 'U < 36 &amp; 停电'],
    [
      'several texts',
      '<material><mattext>甲</mattext><matemtext>乙</matemtext><matbreak/><mattext>丙</mattext></material>',
      '甲乙 丙',
    ],
    ['in flows', `<flow><flow>${plain('甲')}</flow>${plain('乙')}</flow>`, '甲 乙'],
  ])('is read: %s', async (_, material, stem) => {
    expect((await told(asking(material))).stem?.replace(/\s+/g, ' ')).toBe(stem);
  });

  it.each([
    ['<mataudio>', '<material><mataudio uri="a.mp3"/></material>'],
    ['<matref>', '<material><matref linkrefid="x"/></material>'],
    ['texttype="text/rtf"', '<material><mattext texttype="text/rtf">{\\rtf1}</mattext></material>'],
    ['<material>', '<material>散落的字</material>'],
    ['$IMS-CC-FILEBASE$', html('<p>见 <a href="$IMS-CC-FILEBASE$/a.pdf">附件</a></p>')],
  ])('is refused by name: %s', async (construct, material) => {
    expect((await told(asking(material))).is).toEqual(['construct-unread', construct]);
  });

  it('of a section stands above each of its items; of a whole test it does not', async () => {
    const passage = `<presentation_material><flow_mat>${plain('材料：')}</flow_mat></presentation_material>`;
    expect((await told(asking(plain('问'), passage))).stem?.replace(/\s+/g, '')).toBe('材料：问');
    expect((await told(asking(plain('问')).replace('<section', `${passage}<section`))).stem).toBe('问');
  });

  it('that candidates do not see is left out, what they see is shown', async () => {
    const rubric = (view: string) => `<rubric ${view}><material><mattext>提示</mattext></material></rubric>`;
    const of = (view: string) => asking(plain('问')).replace('<presentation>', `${rubric(view)}<presentation>`);
    expect(await told(of('view="Tutor"'))).toMatchObject({ stem: '问', leftOut: ['<rubric>'] });
    expect((await told(of(''))).stem?.replace(/\s+/g, '')).toBe('提示问');
  });

  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  it.each([
    [
      'web_resources/Uploaded Media/p.png',
      html('<img src="$IMS-CC-FILEBASE$/Uploaded%20Media/p.png?canvas_download=1" alt="图">'),
    ],
    ['web_resources/p.png', html('<img src="%24IMS-CC-FILEBASE%24/p.png">')],
    ['quiz/p.png', html('<img src="p.png">')],
    ['quiz/p.png', '<material><matimage imagtype="image/png" uri="p.png"/></material>'],
    [
      'p.png',
      `<material><matimage imagtype="image/png" embedded="base64">${PNG.toString('base64')}</matimage></material>`,
    ],
  ])('has the picture %s', async (name, material) => {
    const files = { 'quiz/a.xml': strToU8(asking(`${plain('看图')}${material}`)), [name]: PNG };
    expect((await told(zipSync(files), 'course.imscc')).item?.pictures).toHaveLength(1);
  });

  it('without its picture is refused', async () => {
    expect((await told(asking(html('<img src="$IMS-CC-FILEBASE$/p.png">')))).is).toEqual(['picture-needed', undefined]);
  });
});

describe('a test of QTI 1.2', () => {
  it('is told of what is not read of it', async () => {
    const xml = canvas('multiple_choice_question', html('问') + options(THREE), rule(is(0))).replace(
      '<item ',
      '<itemref linkrefid="x"/><selection_ordering><selection/></selection_ordering><item ',
    );
    const { report } = await importBank(Buffer.from(xml), 'a.xml');
    expect(report.unreadFiles).toMatchObject([
      { file: '', reason: 'parts', detail: '<itemref>, <selection_ordering>' },
    ]);
  });
});

describe('the topic of an item of QTI 1.2', () => {
  it('is the name of its bank, or the titles above it', async () => {
    const item =
      canvas('multiple_choice_question', html('问') + options(THREE), rule(is(0))).match(/<item .*<\/item>/s)?.[0] ??
      '';
    const bank = `<questestinterop><objectbank ident="b"><qtimetadata><qtimetadatafield><fieldlabel>bank_title</fieldlabel>
      <fieldentry>用电</fieldentry></qtimetadatafield></qtimetadata>${item}</objectbank></questestinterop>`;
    expect((await told(bank)).item?.topic).toBe('用电');
    const test = `<questestinterop><assessment title="安全"><section><section title="触电">${item}</section></section></assessment></questestinterop>`;
    expect((await told(test)).item?.topic).toBe('安全/触电');
    expect((await told(`<questestinterop>${item}</questestinterop>`)).item?.topic).toBe('');
  });
});
