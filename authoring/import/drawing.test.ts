import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { importBank } from './import-bank.ts';
import { writeWorkbook } from './workbook.fixture.ts';

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES = `xmlns:xdr="x" xmlns:a="a" xmlns:mc="m" xmlns:r="${RELATION}" xmlns:a14="b" xmlns:asvg="s"`;
/** Four pixels wide and two high: red, green, blue, white over black. */
const COLOURS = { R: [255, 0, 0], G: [0, 255, 0], B: [0, 0, 255], W: [255, 255, 255], K: [0, 0, 0] } as const;
const paint = (...rows: readonly string[]): Promise<Buffer> =>
  sharp(
    Buffer.from(
      rows
        .join('')
        .split('')
        .flatMap((name) => [...COLOURS[name as keyof typeof COLOURS]]),
    ),
    {
      raw: { width: rows[0]?.length ?? 0, height: rows.length, channels: 3 },
    },
  )
    .png()
    .toBuffer();
const PICTURE = await paint('RGBW', 'KKKK');

/** What a picture shows, in letters. */
async function shownIn(bytes: Uint8Array | undefined): Promise<readonly string[]> {
  if (!bytes) return [];
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const name = (at: number): string =>
    Object.entries(COLOURS).find(([, colour]) => colour.every((part, n) => part === data[at * 3 + n]))?.[0] ?? '?';
  return Array.from({ length: info.height }, (_, y) =>
    Array.from({ length: info.width }, (_, x) => name(y * info.width + x)).join(''),
  );
}

const corner = (name: string, row: number, rowOff: number, col = 1, colOff = 0): string =>
  `<xdr:${name}><xdr:col>${col}</xdr:col><xdr:colOff>${colOff}</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>${rowOff}</xdr:rowOff></xdr:${name}>`;
/** Over the upper half of the stem in the second row of the sheet, unless it says where. */
const anchor = (inside: string, from = corner('from', 1, 0), to = corner('to', 1, 90_000, 2)): string =>
  `<xdr:twoCellAnchor>${from}${to}${inside}<xdr:clientData/></xdr:twoCellAnchor>`;
const pic = ({
  blip = '',
  fill = '<a:stretch><a:fillRect/></a:stretch>',
  shape = '',
  about = '',
  id = 'r:embed="p"',
}) =>
  `<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1" ${about}/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip ${id}>${blip}</a:blip>${fill}</xdr:blipFill><xdr:spPr>${shape}</xdr:spPr></xdr:pic>`;
const PIC = pic({});
const sp = (shape = '', words = '', about = ''): string =>
  `<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="箭头" ${about}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>${shape}</xdr:spPr><xdr:txBody><a:p><a:r><a:t>${words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>`;
const group = (inside: string, transform = ''): string =>
  `<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9" name="组合"/></xdr:nvGrpSpPr><xdr:grpSpPr><a:xfrm ${transform}/></xdr:grpSpPr>${inside}</xdr:grpSp>`;
const LOWER = [corner('from', 1, 90_000), corner('to', 1, 180_000, 2)] as const;

const ROW = ['单选题', '下图为什么标志？', '甲', '乙', 'A'];
const HEAD = ['题型', '题目', '选项A', '选项B', '答案'];

async function read(drawing: string, rows: readonly (readonly string[])[] = [ROW], more = {}) {
  const parts = {
    'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships><Relationship Id="d" Type="${RELATION}/drawing" Target="../drawings/drawing1.xml"/><Relationship Id="v" Type="${RELATION}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>`,
    'xl/drawings/drawing1.xml': `<xdr:wsDr ${NAMESPACES}>${drawing}</xdr:wsDr>`,
    'xl/drawings/_rels/drawing1.xml.rels': `<Relationships><Relationship Id="p" Type="${RELATION}/image" Target="../media/1.png"/><Relationship Id="w" Type="${RELATION}/image" Target="http://example.com/1.png" TargetMode="External"/></Relationships>`,
    'xl/media/1.png': PICTURE,
    ...more,
  };
  const bytes = writeWorkbook([{ sheet: '一', rows: [HEAD, ...rows] }], { parts });
  const { items, pictures, report } = await importBank(bytes, 'a.xlsx');
  const shown = await Promise.all(
    items.map(async ({ pictures: own = [] }) => (own[0] ? await shownIn(pictures.get(own[0].hash)) : [])),
  );
  return { shown, report, why: report.rejected.map(({ reason, construct }) => [reason, construct]) };
}

describe('a picture on a sheet is shown as it is seen there', () => {
  const crop = (sides: string) => pic({ fill: `<a:srcRect ${sides}/><a:stretch><a:fillRect/></a:stretch>` });
  const turned = (how: string) => pic({ shape: `<a:xfrm ${how}/>` });

  it.each<[string, string, readonly string[]]>([
    ['as it is', PIC, ['RGBW', 'KKKK']],
    ['turned by a right angle', turned('rot="5400000"'), ['KR', 'KG', 'KB', 'KW']],
    ['turned by a right angle, as a program rounds it', turned('rot="5399999"'), ['KR', 'KG', 'KB', 'KW']],
    ['turned to the other side', turned('rot="-5400000"'), ['WK', 'BK', 'GK', 'RK']],
    ['turned over', turned('rot="10800000"'), ['KKKK', 'WBGR']],
    ['turned round and round', turned('rot="21600000"'), ['RGBW', 'KKKK']],
    ['mirrored', turned('flipH="1"'), ['WBGR', 'KKKK']],
    ['upside down', turned('flipV="true"'), ['KKKK', 'RGBW']],
    ['mirrored and then turned', turned('rot="5400000" flipH="1"'), ['KW', 'KB', 'KG', 'KR']],
    ['cropped', crop('r="50000"'), ['RG', 'KK']],
    ['cropped by a strict file', crop('l="25%" b="50%"'), ['GBW']],
    [
      'cropped and turned',
      pic({ fill: '<a:srcRect r="75000"/><a:stretch/>', shape: '<a:xfrm rot="5400000"/>' }),
      ['KR'],
    ],
    [
      'with effects that change nothing',
      pic({
        blip: '<a:lum/><a:alphaModFix amt="100000"/><a:extLst><a:ext uri="u"><a14:useLocalDpi val="0"/></a:ext></a:extLst>',
      }),
      ['RGBW', 'KKKK'],
    ],
    [
      'with a frame and a shadow',
      pic({ shape: '<a:prstGeom prst="rect"/><a:noFill/><a:ln/><a:effectLst><a:outerShdw/></a:effectLst>' }),
      ['RGBW', 'KKKK'],
    ],
    [
      'drawn in SVG, as older programs see it',
      pic({ blip: '<a:extLst><a:ext uri="u"><asvg:svgBlip r:embed="s"/></a:ext></a:extLst>' }),
      ['RGBW', 'KKKK'],
    ],
    ['somewhat wider than it is', pic({ shape: '<a:xfrm><a:ext cx="300" cy="100"/></a:xfrm>' }), ['RGBW', 'KKKK']],
    ['alone in a group', group(PIC), ['RGBW', 'KKKK']],
    [
      'which newer programs are offered',
      `<mc:AlternateContent><mc:Choice Requires="a14">${PIC}</mc:Choice><mc:Fallback>${sp()}</mc:Fallback></mc:AlternateContent>`,
      ['RGBW', 'KKKK'],
    ],
  ])('%s', async (_, inside, rows) => {
    expect(await read(anchor(inside))).toMatchObject({ shown: [rows], why: [] });
  });

  it.each([
    ['something beside it', anchor(PIC) + anchor(sp('<a:solidFill/>'), ...LOWER), ['picture-unclear', '<xdr:sp>']],
    ['what nobody sees over it', anchor(PIC) + anchor(sp('<a:noFill/><a:ln><a:noFill/></a:ln>')), undefined],
    ['itself over it', anchor(PIC) + anchor(PIC), undefined],
    ['what is hidden over it', anchor(PIC) + anchor(sp('', '答案', 'hidden="1"')), undefined],
    ['something under it', anchor(sp('', '字')) + anchor(PIC), ['picture-unclear', '<xdr:sp>']],
    ['another row’s beside it', anchor(PIC) + anchor(PIC, corner('from', 5, 0), corner('to', 6, 0, 2)), undefined],
  ])('with %s', async (_, drawing, why) => {
    expect((await read(drawing)).why).toEqual(why ? [why] : []);
  });
});

describe('a picture is unclear, by the name of what makes it so', () => {
  const effect = (name: string, more = '') => [name, pic({ blip: `<a:${name}${more}/>` }), `<a:${name}>`] as const;

  it.each<readonly [string, string, string]>([
    ['turned by another angle', pic({ shape: '<a:xfrm rot="2700000"/>' }), '<a:xfrm rot> <a:srcRect>'],
    ['cropped to nothing', pic({ fill: '<a:srcRect l="60000" r="60000"/>' }), '<a:xfrm rot> <a:srcRect>'],
    ['cropped by no number', pic({ fill: '<a:srcRect l="x"/>' }), '<a:xfrm rot> <a:srcRect>'],
    ['set into its frame', pic({ fill: '<a:stretch><a:fillRect l="-20000"/></a:stretch>' }), '<a:fillRect>'],
    ['tiled', pic({ fill: '<a:tile sx="50000"/>' }), '<a:tile>'],
    ['cut to a shape', pic({ shape: '<a:prstGeom prst="ellipse"/>' }), '<a:prstGeom prst="ellipse">'],
    ['cut by hand', pic({ shape: '<a:custGeom/>' }), '<a:custGeom>'],
    ['on a dark ground', pic({ shape: '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>' }), '<a:solidFill>'],
    ['with soft edges', pic({ shape: '<a:effectLst><a:softEdge rad="9"/></a:effectLst>' }), '<a:softEdge>'],
    ['in space', pic({ shape: '<a:scene3d/>' }), '<a:scene3d>'],
    ['three times as wide', pic({ shape: '<a:xfrm><a:ext cx="600" cy="100"/></a:xfrm>' }), '<a:ext>'],
    effect('duotone'),
    effect('biLevel', ' thresh="50000"'),
    effect('grayscl'),
    effect('clrChange'),
    effect('lum', ' bright="40000"'),
    effect('alphaModFix', ' amt="10000"'),
    ['a group', group(PIC + sp('', '①')), '<xdr:grpSp>'],
    ['of a group of pictures', group(PIC + PIC), '<xdr:grpSp>'],
    ['in a group that is turned', group(PIC, 'rot="5400000"'), '<xdr:grpSp>'],
    ['a chart', '<xdr:graphicFrame><a:graphic/></xdr:graphicFrame>', '<xdr:graphicFrame>'],
    ['a shape', sp('', '注意安全'), '<xdr:sp>'],
    [
      'a shape filled with a picture',
      sp('<a:noFill/><a:ln><a:noFill/></a:ln><a:blipFill><a:blip/></a:blipFill>'),
      '<xdr:sp>',
    ],
    [
      'ink',
      `<mc:AlternateContent><mc:Choice Requires="x"><xdr:contentPart r:id="p"/></mc:Choice><mc:Fallback>${PIC}</mc:Fallback></mc:AlternateContent>`,
      '<xdr:contentPart>',
    ],
  ])('%s', async (_, inside, construct) => {
    expect((await read(anchor(inside))).why).toEqual([['picture-unclear', construct]]);
  });

  it.each([
    [1, [], []],
    [3, [['picture-unclear', 'Exif Orientation']], []],
    [6, [['picture-unclear', 'Exif Orientation']], []],
  ])(
    'turned by the camera (%d), which browsers heed and office programs do not',
    async (orientation, plain, turned) => {
      const photo = await sharp(PICTURE).jpeg().withMetadata({ orientation }).toBuffer();
      const why = async (inside: string) => (await read(anchor(inside), [ROW], { 'xl/media/1.png': photo })).why;
      expect([await why(PIC), await why(pic({ shape: '<a:xfrm rot="5400000"/>' }))]).toEqual([plain, turned]);
    },
  );

  it.each([
    ['a shape', sp('', '③'), '<xdr:sp>'],
    ['a line', '<xdr:cxnSp><xdr:nvCxnSpPr/></xdr:cxnSp>', '<xdr:cxnSp>'],
    ['another picture', PIC, '<xdr:pic>'],
  ])('under %s', async (_, over, construct) => {
    const inside = [corner('from', 1, 10_000, 1, 5_000), corner('to', 1, 20_000, 1, 9_000)] as const;
    expect((await read(anchor(PIC) + anchor(over, ...inside))).why).toEqual([['picture-unclear', construct]]);
  });

  it('where it lies, from the corner of the sheet', async () => {
    const drawing = `<xdr:absoluteAnchor><xdr:pos x="700000" y="200000"/><xdr:ext cx="9" cy="9"/>${PIC}</xdr:absoluteAnchor>`;
    expect((await read(drawing)).why).toEqual([['picture-unclear', '<xdr:absoluteAnchor pic>']]);
  });

  it('in the way of old; notes and what is printed at the head of pages are none', async () => {
    const shape = (type: string, inside = '', style = '') =>
      `<v:shape style="${style}">${inside}${type && `<x:ClientData ObjectType="${type}"><x:Anchor>1, 0, 1, 0, 2, 0, 2, 0</x:Anchor></x:ClientData>`}</v:shape>`;
    const vml = (inside: string) => ({
      'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="v" xmlns:x="x" xmlns:o="o">${inside}</xml>`,
    });
    const image = '<v:imagedata o:relid="i"/>';
    const others = shape('Note') + shape('', image) + shape('Pict', image, 'visibility:hidden');
    expect((await read('', [ROW], vml(others))).why).toEqual([['picture-needed', undefined]]);
    expect((await read('', [ROW], vml(shape('Pict', image)))).why).toEqual([['picture-unclear', '<v:imagedata>']]);
    expect((await read('', [ROW], vml(shape('Radio')))).why).toEqual([['picture-unclear', '<v:shape>']]);
  });
});

describe('a picture on a sheet', () => {
  it('in one cell is as large as its corners say, and not as it was when it was put there', async () => {
    const within = (width: number, height: number) =>
      [corner('from', 1, 9, 1, 9), corner('to', 1, 9 + height, 1, 9 + width)] as const;
    const stale = pic({ shape: '<a:xfrm><a:ext cx="900" cy="100"/></a:xfrm>' });
    expect((await read(anchor(stale, ...within(300, 100)))).why).toEqual([]);
    expect((await read(anchor(PIC, ...within(300, 900)))).why).toEqual([['picture-unclear', '<a:ext>']]);
  });

  it('that is hidden, or only linked to, is not there', async () => {
    for (const inside of [pic({ about: 'hidden="1"' }), pic({ id: 'r:link="w"' }), pic({ id: 'r:embed="w"' })])
      expect((await read(anchor(inside))).why).toEqual([['picture-needed', undefined]]);
  });

  it('belongs to its row, however tall the rows are, where only its size is known', async () => {
    const one = (row: number, inside: string) =>
      `<xdr:oneCellAnchor>${corner('from', row, 300_000)}<xdr:ext cx="900000" cy="900000"/>${inside}</xdr:oneCellAnchor>`;
    const other = ['单选题', '下图为何物？', '甲', '乙', 'A'];
    const { shown, why } = await read(one(1, PIC) + one(2, pic({ shape: '<a:xfrm flipH="1"/>' })), [ROW, other]);
    expect([shown, why]).toEqual([
      [
        ['RGBW', 'KKKK'],
        ['WBGR', 'KKKK'],
      ],
      [],
    ]);
  });

  it('and whatever else lies over a question that speaks of none is told, and the question is read', async () => {
    const { report } = await read(anchor(sp('', '休息一下')), [['单选题', '电工要持证吗？', '要', '不要', 'A']]);
    expect(report).toMatchObject({ accepted: 1, rejected: [], strayPictures: [{ sheet: '一', row: 2 }] });
  });
});
