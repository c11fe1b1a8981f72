import { describe, expect, it } from 'vitest';
import { importBank } from './import-bank.ts';

const moodle = (stem: string, option = '甲', why = '', format = 'html') => `<quiz><question type="multichoice">
  <questiontext format="${format}"><text><![CDATA[${stem}]]></text></questiontext><single>true</single>
  <answer fraction="100" format="html"><text><![CDATA[${option}]]></text></answer><answer fraction="0"><text>乙</text></answer>
  <generalfeedback format="html"><text><![CDATA[${why}]]></text></generalfeedback></question></quiz>`;
const read = (text: string, file = 'a.xml') => importBank(Buffer.from(text), file);
const refused = async (text: string, file?: string) =>
  (await read(text, file)).report.rejected.map(({ reason, construct }) => [reason, construct]);

describe('a question of an exchange format', () => {
  it('is refused by the construct that is not understood, in the stem or an option', async () => {
    expect(await refused(moodle('允许<del>不</del>系'))).toEqual([['construct-unread', '<del>']]);
    expect(await refused(moodle('哪个', '<button>甲</button>'))).toEqual([['construct-unread', '<button>']]);
    expect(await refused(moodle('哪个', '甲', '', 'wiki_like'))).toEqual([['construct-unread', 'format="wiki_like"']]);
    expect(await refused('[html]允许<s>不</s>系{=甲 ~乙}', 'a.gift')).toEqual([['construct-unread', '<s>']]);
  });

  it('tells what it leaves out, also of its explanation', async () => {
    const { items, report } = await read(
      moodle('哪个<span hidden>（甲）</span>', '甲', '看<video src="a.mp4"></video>'),
    );
    expect(items.map(({ stem, explanation }) => [stem.zh, explanation])).toEqual([['哪个', undefined]]);
    expect(report.leftOut.map(({ constructs }) => constructs)).toEqual([['<span hidden>', 'explanation <video>']]);
  });

  it('is in both languages where the source has both', async () => {
    const said = (zh: string, en: string) =>
      `<span lang="zh_cn" class="multilang">${zh}</span><span lang="en" class="multilang">${en}</span>`;
    const { items } = await read(moodle(said('灭火器', 'Extinguisher'), said('甲', 'A'), said('因为', 'because')));
    expect(items[0]).toMatchObject({
      stem: { zh: '灭火器', en: 'Extinguisher' },
      explanation: { zh: '因为', en: 'because' },
    });
    expect(items[0]?.options.map(({ text }) => text)).toContainEqual({ zh: '甲', en: 'A' });
  });

  it.each([
    ['下列划线部分正确的是：<u>甲</u>', 'underline'],
    ['加粗的字是：<b>甲</b>', 'bold'],
    ['红色字是：<span style="color: #c00">甲</span>', 'colour'],
  ])('that speaks of words that stand out is refused: %s', async (stem, construct) => {
    expect(await refused(moodle(stem))).toEqual([['construct-unread', construct]]);
  });

  it('that does not is read without them', async () => {
    const { items } = await read(moodle('红色表示<b>禁止</b><span style="color: red">吗</span>'));
    expect(items.map(({ stem }) => stem.zh)).toEqual(['红色表示禁止吗']);
  });

  it('has markup that was not escaped read as what it is', async () => {
    const xml = moodle('x').replace('<![CDATA[x]]>', '<p>关于<del>不</del></p>');
    expect(await refused(xml)).toEqual([['construct-unread', '<del>']]);
  });

  it('of GIFT gives its format to its options', async () => {
    const { items } = await read('[markdown]下列**不**正确的是{=a_b_c ~*x*}', 'a.gift');
    expect(items.map(({ stem, options }) => [stem.zh, ...options.map(({ text }) => text?.zh)])).toEqual([
      ['下列不正确的是', 'a_b_c', 'x'],
    ]);
  });
});
