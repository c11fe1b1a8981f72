import { describe, expect, it } from 'vitest';
import { sha256 } from '../../proof/index.ts';
import { importBank } from './import-bank.ts';
import { png } from './png.fixture.ts';
import { TEXTS } from './spoken-pictures.fixture.ts';
import { asksForPicture } from './spoken-pictures.ts';

const list = (texts: string): readonly string[] => texts.split('|');

const RED = png([255, 0, 0]);
const base64 = Buffer.from(RED).toString('base64');
const read = (content: string, file: string) => importBank(Buffer.from(content), file);
const cdata = (text: string): string => `<text><![CDATA[${text}]]></text>`;
const moodle = (stem: string, more = '', option = '停'): string =>
  `<quiz><question type="multichoice"><questiontext format="html">${cdata(stem)}</questiontext>${more}<single>true</single><answer fraction="100">${cdata(option)}</answer><answer fraction="0">${cdata('走')}</answer></question></quiz>`;
const qti = (stem: string, option = '停'): string =>
  `<assessmentItem><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>${stem}</p><choiceInteraction responseIdentifier="R"><simpleChoice identifier="A">${option}</simpleChoice><simpleChoice identifier="B">走</simpleChoice></choiceInteraction></itemBody></assessmentItem>`;
const gift = (stem: string, option = '停'): string => `[html]${escaped(stem)}{=${escaped(option)} ~走}`;
const escaped = (text: string): string => text.replace(/[~=#{}:]/g, '\\$&');
const json = (stem: string, option = '停'): string =>
  JSON.stringify({
    title: { zh: '库' },
    items: [{ kind: 'single', stem: { zh: stem }, options: [{ zh: option }, { zh: '走' }], key: [0], topic: '' }],
  });
const csv = (stem: string, option = '停'): string => `题型,题目,选项A,选项B,答案\n单选题,${stem},${option},走,A`;

const FORMATS = [
  ['a.gift', gift],
  ['a.xml', (stem: string, option?: string) => moodle(stem, '', option)],
  ['item.xml', qti],
  ['a.json', json],
  ['a.csv', csv],
] as const;
const MARKED = FORMATS.slice(0, 3);

describe.each(FORMATS)('a question in %s', (file, write) => {
  it.each([
    '下图所示标志的意思是',
    '标志见图，它的意思是',
    '如图1，它表示',
    '看图，说出标志的名称',
    'What does the sign in the picture below mean?',
    '听录音，说的是什么？',
    '说的是什么？http://example.com/a.mp3',
  ])('that speaks of what is not there is refused: %s', async (stem) => {
    expect((await read(write(stem), file)).report.rejected).toMatchObject([{ reason: 'picture-needed' }]);
  });

  it('that speaks of it in an option is refused', async () => {
    const { report } = await read(write('哪个是禁止标志？', '如图1所示'), file);
    expect(report.rejected).toMatchObject([{ reason: 'picture-needed' }]);
  });

  it('that speaks of drawings in general is read', async () => {
    for (const stem of ['施工前应看图纸吗？', '按图施工的依据是', '以下图书哪本讲安全？'])
      expect((await read(write(stem), file)).report).toMatchObject({ accepted: 1, rejected: [] });
  });
});

describe.each(MARKED)('a question in %s that shows what it does not bring', (file, write) => {
  it.each([
    ['a picture on the web', '<img src="http://example.com/a.png" alt="x"/>'],
    ['a picture of an address that is none', '<img src="data:application/pdf;base64,AAAA"/>'],
    ['a recording', '<a href="http://example.com/a.mp3">听</a>'],
    ['a film where films are', '<a href="https://www.bilibili.com/video/BV1">看</a>'],
    ['a document beside it', '<a href="files/a.pdf">规程</a>'],
  ])('%s', async (_, markup) => {
    expect((await read(write(`说的是什么？${markup}`), file)).report.rejected).toMatchObject([
      { reason: 'picture-needed' },
    ]);
    expect((await read(write('说的是什么？', `甲${markup}`), file)).report.rejected).toMatchObject([
      { reason: 'picture-needed' },
    ]);
  });
});

it('a picture behind the words is none of what is understood', async () => {
  const stem = '说的是什么？<span style="background-image:url(a.png)">这</span>';
  expect((await read(moodle(stem), 'a.xml')).report.rejected).toMatchObject([
    { reason: 'construct-unread', construct: 'background-image: url(a.png)' },
  ]);
});

describe('a question of Moodle', () => {
  it('from before version 2 has the picture beside it', async () => {
    const { items } = await read(
      moodle('这个标志的意思是', `<image>a.png</image><image_base64>\n${base64}\n</image_base64>`),
      'a.xml',
    );
    expect(items[0]?.pictures).toEqual([{ hash: sha256(RED) }]);
    expect((await read(moodle('什么？', '<image>moodle/a.png</image>'), 'a.xml')).report.rejected).toMatchObject([
      { reason: 'picture-needed' },
    ]);
    expect((await read(moodle('什么？', '<image></image>'), 'a.xml')).report.accepted).toBe(1);
  });

  it('leaves out files that no text of it shows, and tells of them', async () => {
    const file = `<file name="a.png" path="/" encoding="base64">${base64}</file>`;
    const own = moodle('这是？').replace('</questiontext>', `${file}</questiontext>`);
    expect((await read(own, 'a.xml')).report).toMatchObject({
      accepted: 1,
      leftOut: [{ row: 1, constructs: ['<file name="a.png">'] }],
    });
    const shown = own.replace('这是？', '这是？<img src="@@PLUGINFILE@@/a.png">');
    expect((await read(shown, 'a.xml')).report.leftOut).toEqual([]);
  });
});

describe.each(TEXTS)('a text that speaks of $by', ({ asks, none }) => {
  it.each(list(asks))('asks for it: %s', (text) => expect(asksForPicture(text)).toBe(true));
  it.each(list(none))('speaks of it in general: %s', (text) => expect(asksForPicture(text)).toBe(false));
});

it('a table that a text speaks of may stand in it', () => {
  expect(asksForPicture('数值如下表：\n\n| 级 | 值 |\n|---|---|\n| 一 | 2 |')).toBe(false);
});
