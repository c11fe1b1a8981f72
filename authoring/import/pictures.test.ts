import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../contract/words/items.ts';
import { sha256 } from '../../proof/index.ts';
import { exportBank } from '../export/index.ts';
import { importBank } from './import-bank.ts';
import { type PictureToWrite, writeWorkbook, writeZip } from './workbook.fixture.ts';

const paint = (background: string) =>
  sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
const [RED, BLUE] = [await paint('#f00'), await paint('#00f')];
const base64 = (bytes: Buffer): string => bytes.toString('base64');
const read = (content: string | Uint8Array, file: string) => importBank(Buffer.from(content as Uint8Array), file);

/** An item with what it shows as colours. */
const seen = ({ stem, pictures, options }: Item) => {
  const colours = (of: Item['pictures']) =>
    of?.map(({ hash }) => (hash === sha256(RED) ? 'red' : hash === sha256(BLUE) ? 'blue' : hash)) ?? [];
  return {
    stem: [stem.zh, ...colours(pictures)],
    options: options.map((option) => [option.text?.zh, ...colours(option.pictures)]),
  };
};

const HEAD = ['题型', '题目', '选项A', '选项B', '答案', '解析', '图片'];
const row = (stem: string, a: string | null = '甲', b: string | null = '乙') => ['单选题', stem, a, b, 'A', '如此'];
const place = (bytes: Buffer, at: number, column: number, rows = 1): PictureToWrite => ({
  ...{ bytes, column },
  row: at,
  to: at + rows,
});
const book = (rows: readonly (readonly (string | null)[])[], pictures: Parameters<typeof writeWorkbook>[1]) =>
  read(writeWorkbook([{ sheet: '一', rows: [HEAD, ...rows] }], pictures), 'a.xlsx');

describe('pictures of a workbook', () => {
  it('belong to the question under them that speaks of one', async () => {
    const { items, pictures, report } = await book([row('电工要持证。'), row('下图为什么标志？')], {
      lying: [place(RED, 2, 1)],
    });
    expect(items.map(seen)).toMatchObject([{ stem: ['电工要持证。'] }, { stem: ['下图为什么标志？', 'red'] }]);
    expect([...pictures.keys()]).toEqual([sha256(RED)]);
    expect(report).toMatchObject({ accepted: 2, rejected: [], strayPictures: [] });
  });

  it('are left out where no question under them speaks of one, and reported', async () => {
    const { items, pictures, report } = await book([row('电工要持证。'), row('焊工要持证。')], {
      lying: [place(RED, 1, 1, 2)],
    });
    expect([items.length, pictures.size]).toEqual([2, 0]);
    expect(report.strayPictures).toEqual([{ sheet: '一', row: 2 }]);
  });

  it('that lie over one row that speaks of a picture and one that does not belong to the first', async () => {
    const { items } = await book([row('见图1，它是什么？'), row('焊工要持证。')], { lying: [place(RED, 1, 1, 2)] });
    expect(items.map(seen).map(({ stem }) => stem)).toEqual([['见图1，它是什么？', 'red'], ['焊工要持证。']]);
  });

  it('that lie over two rows that speak of one belong to nobody knows which', async () => {
    const { items, report } = await book([row('下图为甲？'), row('下图为乙？')], { lying: [place(RED, 1, 1, 2)] });
    expect(items).toEqual([]);
    expect(report.rejected.map(({ row: at, reason }) => [at, reason])).toEqual([
      [2, 'picture-unclear'],
      [3, 'picture-unclear'],
    ]);
  });

  it('in the column of explanations may tell the answer', async () => {
    const { report } = await book([row('下图为甲？')], { lying: [place(RED, 1, 5)] });
    expect(report.rejected).toMatchObject([{ row: 2, reason: 'picture-unclear' }]);
  });

  it('stand for options that have no words', async () => {
    const { items } = await book([row('哪个是禁止标志？', null, null)], {
      lying: [place(RED, 1, 2), place(BLUE, 1, 3)],
    });
    expect(items.map(seen)).toEqual([
      {
        stem: ['哪个是禁止标志？'],
        options: [
          [undefined, 'red'],
          [undefined, 'blue'],
        ],
      },
    ]);
    expect(items[0]?.key).toEqual([items[0]?.options[0]?.id]);
  });

  it('over the blank cell of an option that nobody needs are nobody’s', async () => {
    const HEADS = ['题型', '题目', '选项A', '选项B', '选项C', '选项D', '答案'];
    const rows = [
      ['单选题', '电工要持证吗？', '要', '不要', null, null, 'A'],
      ['判断题', '焊工要持证。', null, null, null, null, 'A'],
    ];
    const bytes = writeWorkbook([{ sheet: '一', rows: [HEADS, ...rows] }], {
      lying: [place(RED, 1, 4), place(BLUE, 2, 2), place(RED, 1, 5, 2)],
    });
    const { items, report, pictures } = await read(bytes, 'a.xlsx');
    expect(items.map(({ options }) => options.length)).toEqual([2, 2]);
    expect([report.rejected, report.strayPictures.length, pictures.size]).toEqual([[], 3, 0]);
  });

  it('are found in cells, as WPS Office puts them there', async () => {
    const named = (name: string) => `=DISPIMG("${name}",1)`;
    const { items } = await book(
      [[...row('这是什么标志？'), named('ID_1')], row('哪个是蓝的？', named('ID_2'), named('ID_1'))],
      { inCells: { ID_1: RED, ID_2: BLUE } },
    );
    expect(items.map(seen)).toEqual([
      { stem: ['这是什么标志？', 'red'], options: [['甲'], ['乙']] },
      {
        stem: ['哪个是蓝的？'],
        options: [
          [undefined, 'blue'],
          [undefined, 'red'],
        ],
      },
    ]);
  });

  it('that a cell names are shown as they are seen', async () => {
    const named = (fill: string) => ({
      inCells: { ID_1: RED },
      parts: {
        'xl/cellimages.xml': `<i xmlns:r="r" xmlns:a="a"><pic><nvPicPr><cNvPr name="ID_1"/></nvPicPr><blipFill><a:blip r:embed="rId1"/>${fill}</blipFill></pic></i>`,
      },
    });
    const rows = [[...row('这是什么标志？'), '=DISPIMG("ID_1",1)']];
    const { pictures } = await book(rows, named('<a:srcRect r="50000"/>'));
    expect(await Promise.all([...pictures.values()].map(async (one) => (await sharp(one).metadata()).width))).toEqual([
      4,
    ]);
    const { report } = await book(rows, named('<a:tile/>'));
    expect(report.rejected).toMatchObject([{ row: 2, reason: 'picture-unclear', construct: '<a:tile>' }]);
  });

  it('that a cell names and the workbook does not have are needed', async () => {
    const { report } = await book([[...row('这是什么标志？'), '=DISPIMG("ID_9",1)']], { inCells: { ID_1: RED } });
    expect(report.rejected).toMatchObject([{ row: 2, reason: 'picture-needed' }]);
    const none = await book([[...row('这是什么标志？'), '=DISPIMG("ID_9",1)']], {});
    expect(none.report.rejected).toMatchObject([{ row: 2, reason: 'picture-needed' }]);
  });

  it.each([
    ['cut off', RED.subarray(0, RED.length - 20)],
    ['a drawing that could run a program', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('that are %s are refused by name', async (_, bytes) => {
    const { report, pictures } = await book([row('下图为甲？')], { lying: [place(Buffer.from(bytes), 1, 1)] });
    expect(report.rejected).toMatchObject([{ row: 2, reason: 'picture-unreadable' }]);
    expect(pictures.size).toBe(0);
  });
});

describe('the same question about another picture', () => {
  it('is another question, with another key if need be', async () => {
    const rows = [row('下图为什么标志？'), [...row('下图为什么标志？').slice(0, 4), 'B']];
    const { items, report } = await book(rows, { lying: [place(RED, 1, 1), place(BLUE, 2, 1)] });
    expect([items.length, report.duplicates, report.rejected]).toEqual([2, [], []]);
    expect(items[0]?.id).not.toBe(items[1]?.id);
  });
});

describe('pictures of exchange formats', () => {
  const item = (body: string, options: readonly string[]) =>
    `<assessmentItem><responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration>
     <itemBody>${body}<choiceInteraction responseIdentifier="R"><prompt>选哪个？</prompt>${options
       .map((option, at) => `<simpleChoice identifier="${'AB'[at]}">${option}</simpleChoice>`)
       .join('')}</choiceInteraction></itemBody></assessmentItem>`;

  it('QTI: by their address from where the item stands, in stem and options', async () => {
    const xml = item('<p>看<img src="../pics/red%201.png" alt="红"/>这里</p>', [
      '<object type="image/png" data="../pics/blue.png">蓝</object>',
      '<img src="../pics/red%201.png" alt=""/>甲',
    ]);
    const { items } = await read(
      writeZip({ 'items/a.xml': xml, 'pics/red 1.png': RED, 'pics/blue.png': BLUE }),
      'a.zip',
    );
    expect(items.map(seen)).toEqual([
      {
        stem: ['看（见图）这里\n选哪个？', 'red'],
        options: [
          [undefined, 'blue'],
          ['甲', 'red'],
        ],
      },
    ]);
    expect(items[0]?.options[0]?.pictures?.[0]?.alt).toEqual({ zh: '蓝' });
  });

  it.each([
    ['is not in the package', '<img src="no.png"/>'],
    ['is a film', '<video src="a.mp4"/>'],
    ['is a drawing', '<svg/>'],
  ])('QTI: what %s is rejected by name', async (_, body) => {
    const { report } = await read(writeZip({ 'a.xml': item(`<p>看${body}</p>`, ['甲', '乙']) }), 'a.zip');
    expect(report.rejected).toMatchObject([{ reason: 'picture-needed' }]);
  });

  const moodle = (text: string, files: string, options = ['甲', '乙']) =>
    `<quiz><question type="multichoice"><questiontext format="html"><text><![CDATA[${text}]]></text>${files}</questiontext><single>true</single>
     ${options.map((option, at) => `<answer fraction="${at === 0 ? 100 : 0}" format="html"><text><![CDATA[${option}]]></text></answer>`).join('')}</question></quiz>`;
  const file = `<file name="红 1.png" path="/" encoding="base64">${base64(RED)}</file>`;

  it('Moodle: files beside the text, and pictures that are their own address', async () => {
    const { items } = await read(
      moodle('<p>这是？</p><img src="@@PLUGINFILE@@/%E7%BA%A2%201.png" alt="a &gt; b" width="8">', file, [
        `<img alt='' src='data:image/png;base64,${base64(BLUE)}'>`,
        '乙',
      ]),
      'a.xml',
    );
    expect(items.map(seen)).toEqual([{ stem: ['这是？', 'red'], options: [[undefined, 'blue'], ['乙']] }]);
    expect(items[0]?.pictures?.[0]?.alt).toEqual({ zh: 'a > b' });
  });

  it('Moodle: several in one text are numbered where they stood', async () => {
    const both = `<img src="@@PLUGINFILE@@/红 1.png">和<img src="data:image/png;base64,${base64(BLUE)}">相同吗`;
    const { items } = await read(moodle(both, file), 'a.xml');
    expect(items.map(seen)).toMatchObject([{ stem: ['（图1）和（图2）相同吗', 'red', 'blue'] }]);
  });

  it('Moodle: one that is not beside the text, or only linked to, is rejected by name', async () => {
    for (const text of ['<img src="@@PLUGINFILE@@/other.png">', '看 <a href="@@PLUGINFILE@@/红 1.png">这里</a>'])
      expect((await read(moodle(text, file), 'a.xml')).report.rejected).toMatchObject([{ reason: 'picture-needed' }]);
  });

  it('GIFT carries none', async () => {
    const { report } = await read('[html]看 <img src="@@PLUGINFILE@@/a.png"> {=甲 ~乙}', 'a.gift');
    expect(report.rejected).toMatchObject([{ reason: 'picture-needed' }]);
  });
});

describe('a bank with pictures', () => {
  it('reads back from JSON as the same items with the same pictures', async () => {
    const bank = await book([row('下图为什么标志？'), row('哪个？', null, null)], {
      lying: [place(RED, 1, 1), place(RED, 2, 2), place(BLUE, 2, 3)],
    });
    const again = await read(exportBank({ title: { zh: '库' }, ...bank }, 'a.json'), 'a.json');
    expect(again.items.map(({ id }) => id)).toEqual(bank.items.map(({ id }) => id));
    expect(again.items.map(seen)).toEqual(bank.items.map(seen));
    expect([...again.pictures.keys()].toSorted()).toEqual([...bank.pictures.keys()].toSorted());
  });

  it('is no CSV: without its pictures it would be another', async () => {
    const bank = await book([row('下图为什么标志？')], { lying: [place(RED, 1, 1)] });
    expect(() => exportBank({ title: { zh: '库' }, ...bank }, 'a.csv')).toThrow('not-a-workbook');
  });

  it('is refused an item whose picture the file does not hold, or holds under another name', async () => {
    const bank = await book([row('下图为什么标志？')], { lying: [place(RED, 1, 1)] });
    const written = JSON.parse(exportBank({ title: { zh: '库' }, ...bank }, 'a.json'));
    for (const pictures of [{}, { [sha256(RED)]: base64(BLUE) }])
      expect((await read(JSON.stringify({ ...written, pictures }), 'a.json')).report.rejected).toMatchObject([
        { reason: 'picture-needed' },
      ]);
  });
});
