import { describe, expect, it } from 'vitest';
import { sha256 } from '../../proof/index.ts';
import { importBank } from './import-bank.ts';
import { png } from './png.fixture.ts';
import { asksForPicture } from './spoken-pictures.ts';

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

describe('a text', () => {
  it.each([
    '下图为禁止标志',
    '下图标志的含义',
    '如下图所示',
    '（见图）',
    '（如图）',
    '如图，该设备',
    '见下图：',
    '图示标志',
    '下列图片中',
    '图片中的设备',
    '请看图回答',
    '根据附图所示',
    'The figure shown above',
    'as shown in the diagram',
    'the following picture',
    '观看视频，回答',
    ...'听下面的音频|听下面的录音，回答问题|根据录音内容回答|根据下面的视频，选择|播放视频后回答|听力材料'.split('|'),
    ...'图1中的标志是|图中标志|（图1）|该图表示|这张图是什么意思|根据图片判断|请看示意图|根据电路图，|见附图'.split(
      '|',
    ),
    ...'如下表所示|根据下表选择|下表中的数据|见附表|见附件|如附件1所示|附件中的数据|the table below'.split('|'),
    ...'See the picture|Watch the video|Listen to the recording|in the image|Refer to Figure 1'.split('|'),
    ...'The sign below means|the following graph'.split('|'),
  ])('asks for a picture: %s', (text) => expect(asksForPicture(text)).toBe(true));

  it.each([
    '以下图纸哪种',
    '天下图书馆',
    '会看图纸',
    '企图破坏',
    '示意图的种类有',
    '图样',
    '详见图纸',
    '地图',
    '组织观看视频后应当',
    'a clear picture of safety',
    '绘制电路图',
    ...'试图中断|企图中止|地图中的比例|下列标志中哪一个|录音设备|视频监控系统|根据图纸施工'.split('|'),
    ...'下表面有裂纹|如下表面缺陷|梁的下表层|附件齐全|按附件的要求检验|安全附件包括|随机附件|如见附件的规定'.split('|'),
    '数值如下表：\n\n| 级 | 值 |\n|---|---|\n| 一 | 2 |',
    ...'Which of the following signs|a figure of speech|the picture of health'.split('|'),
  ])('asks for none: %s', (text) => expect(asksForPicture(text)).toBe(false));
});
