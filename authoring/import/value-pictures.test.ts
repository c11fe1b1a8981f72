import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../proof/index.ts';
import { importBank } from './import-bank.ts';
import { png } from './png.fixture.ts';
import { writeWorkbook } from './workbook.fixture.ts';

const [RED, BLUE] = [png([255, 0, 0]), png([0, 0, 255])];
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RICH = 'http://schemas.microsoft.com/office/2017/06/relationships';

const block = (i: number) => `<bk><extLst><ext><xlrd:rvb i="${i}"/></ext></extLst></bk>`;
/** Values in another order than the cells count them, and among others. */
const METADATA = `<metadata xmlns:xlrd="r"><metadataTypes><metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/></metadataTypes>
 <futureMetadata name="XLDAPR"><bk/></futureMetadata><futureMetadata name="XLRICHVALUE">${[2, 1, 0, 3, 4].map(block).join('')}</futureMetadata>
 <valueMetadata>${[0, 1, 2, 3, 4].map((v) => `<bk><rc t="2" v="${v}"/></bk>`).join('')}</valueMetadata></metadata>`;
const STRUCTURES = `<rvStructures><s t="_error"><k n="errorType" t="i"/></s><s t="_localImage"><k n="CalcOrigin" t="i"/><k n="_rvRel:LocalImageIdentifier" t="i"/></s><s t="_webimage"><k n="WebImageIdentifier" t="i"/></s></rvStructures>`;
const VALUES =
  '<rvData><rv s="0"><v>8</v></rv><rv s="1"><v>5</v><v>0</v></rv><rv s="1"><v>5</v><v>1</v></rv><rv s="2"><v>0</v></rv><rv s="1"><v>5</v><v>7</v></rv></rvData>';
const LINKS = '<richValueRels><rel r:id="b" xmlns:r="r"/><rel r:id="a" xmlns:r="r"/></richValueRels>';
/** What the cells call them, from 1. */
const [RED_VALUE, BLUE_VALUE, ERROR, WEB, LOST] = [1, 2, 3, 4, 5];

const PARTS = {
  'xl/metadata.xml': METADATA,
  'xl/richData/rdrichvalue.xml': VALUES,
  'xl/richData/rdrichvaluestructure.xml': STRUCTURES,
  'xl/richData/richValueRel.xml': LINKS,
  'xl/richData/_rels/richValueRel.xml.rels': `<Relationships><Relationship Id="a" Type="${TYPE}/image" Target="../media/red.png"/><Relationship Id="b" Type="${TYPE}/image" Target="/xl/media/blue.png"/></Relationships>`,
  'xl/media/red.png': RED,
  'xl/media/blue.png': BLUE,
};

const text = (place: string, words: string) => `<c r="${place}" t="inlineStr"><is><t>${words}</t></is></c>`;
const value = (place: string, vm: number) => `<c r="${place}" t="e" vm="${vm}"><v>#VALUE!</v></c>`;
const COLUMNS = ['题型', '题目', '选项A', '选项B', '答案', '图片', '解析'];
const row = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.join('')}</row>`;

/** A bank of one question, with cells in place of some of its own. */
async function read(
  cells: Readonly<Record<string, string>>,
  parts: Readonly<Record<string, string | Uint8Array>> = PARTS,
) {
  const usual = { A: '单选题', B: '这个标志表示', C: '甲', D: '乙', E: 'A' };
  const own = COLUMNS.flatMap((_, at) => {
    const letter = 'ABCDEFG'[at] as keyof typeof usual;
    return cells[letter] ?? (usual[letter] ? text(`${letter}2`, usual[letter]) : []);
  });
  const heads = COLUMNS.map((head, at) => text(`${'ABCDEFG'[at]}1`, head));
  const sheet = `<worksheet><sheetData>${row(1, heads)}${row(2, own)}</sheetData></worksheet>`;
  const bytes = writeWorkbook([{ sheet: '一', rows: [] }], {
    parts: { ...parts, 'xl/worksheets/sheet1.xml': sheet },
  });
  const { items, report, pictures } = await importBank(bytes, 'a.xlsx');
  const colour = ({ hash }: { hash: string }) => (hash === sha256(RED) ? 'red' : hash === sha256(BLUE) ? 'blue' : hash);
  const item = items[0];
  return {
    stem: item?.pictures?.map(colour),
    options: item?.options.map((option) => option.pictures?.map(colour) ?? option.text?.zh),
    why: report.rejected.map(({ reason }) => reason),
    count: pictures.size,
  };
}

describe('a picture that Excel put into a cell', () => {
  it('in the column of pictures is the stem’s', async () => {
    expect(await read({ F: value('F2', RED_VALUE) })).toMatchObject({ stem: ['red'], options: ['甲', '乙'], why: [] });
  });

  it('is unclear where a camera turned it', async () => {
    const photo = await sharp(RED).jpeg().withMetadata({ orientation: 8 }).toBuffer();
    const { why } = await read({ F: value('F2', RED_VALUE) }, { ...PARTS, 'xl/media/red.png': photo });
    expect(why).toEqual(['picture-unclear']);
  });

  it('in place of an option is that option', async () => {
    const cells = { C: value('C2', RED_VALUE), D: value('D2', BLUE_VALUE) };
    expect(await read(cells)).toEqual({ stem: undefined, options: [['red'], ['blue']], why: [], count: 2 });
  });

  it('is found by relations, wherever its parts lie', async () => {
    const moved = Object.fromEntries(
      Object.entries(PARTS).map(([path, part]) => [
        path.replace('xl/richData/', 'xl/richData2/').replace('metadata.xml', 'metadata2.xml'),
        part,
      ]),
    );
    const relation = (kind: string, target: string, at: number) =>
      `<Relationship Id="m${at}" Type="${RICH}/${kind}" Target="${target}"/>`;
    const links = [
      `<Relationship Id="rId1" Type="${TYPE}/worksheet" Target="worksheets/sheet1.xml"/>`,
      ...[
        ['sheetMetadata', 'metadata2.xml'],
        ['rdRichValue', 'richData2/rdrichvalue.xml'],
        ['rdRichValueStructure', 'richData2/rdrichvaluestructure.xml'],
        ['richValueRel', 'richData2/richValueRel.xml'],
      ].map(([kind = '', target = ''], at) => relation(kind, target, at)),
    ];
    const parts = { ...moved, 'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}</Relationships>` };
    expect(await read({ F: value('F2', BLUE_VALUE) }, parts)).toMatchObject({ stem: ['blue'], why: [] });
  });

  it('among explanations may tell the answer', async () => {
    expect((await read({ G: value('G2', RED_VALUE) })).why).toEqual(['picture-unclear']);
  });

  it.each([
    ['whose bytes are not there', value('F2', LOST), PARTS],
    ['that lies on the web', value('F2', WEB), PARTS],
    ['of which the workbook has lost the values', value('F2', RED_VALUE), { 'xl/metadata.xml': METADATA }],
    ['of which it has lost everything', value('F2', RED_VALUE), {}],
    ['by formula', `<c r="F2" t="e" vm="1"><f>_xlfn.IMAGE("https://example.com/a.png")</f><v>#VALUE!</v></c>`, PARTS],
    ['by formula, as text', `<c r="F2" t="str"><f>IMAGE("https://example.com/a.png")</f><v>x</v></c>`, {}],
    ['by name', `<c r="F2" t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>`, {}],
  ])('%s is needed', async (_, cell, parts) => {
    expect((await read({ F: cell }, parts)).why).toEqual(['picture-needed']);
  });

  it('is none where the value is an error of another kind', async () => {
    expect(await read({ F: value('F2', ERROR) })).toMatchObject({
      stem: undefined,
      why: expect.not.arrayContaining(['picture-needed']),
    });
  });
});

describe('the column of pictures', () => {
  it.each(['1.png', 'https://example.com/1.png', '见附件', '有', '图3'])('that says %s needs one', async (words) => {
    expect((await read({ F: text('F2', words) })).why).toEqual(['picture-needed']);
  });

  it.each(['无', '-', '/', '0', ' ', 'None', '没有', '无图', 'D．72%'])('that says %s needs none', async (words) => {
    expect((await read({ F: text('F2', words) })).why).toEqual([]);
  });
});
