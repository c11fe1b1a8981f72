import { crc32 } from 'node:zlib';

/** Sheets of a workbook to write: names and rows of cells. Only for tests. */
export type SheetsToWrite = readonly { readonly sheet: string; readonly rows: readonly (readonly CellToWrite[])[] }[];
type CellToWrite = string | number | null;

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const columnName = (at: number): string => String.fromCharCode(65 + at);

function cellXml(cell: CellToWrite, row: number, column: number): string {
  if (cell === null) return '';
  const place = `${columnName(column)}${row + 1}`;
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

function sheetXml(rows: readonly (readonly CellToWrite[])[]): string {
  const lines = rows.map(
    (cells, row) => `<row r="${row + 1}">${cells.map((c, at) => cellXml(c, row, at)).join('')}</row>`,
  );
  return `<worksheet><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** An uncompressed zip archive. */
export function writeZip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const [name, data] = [Buffer.from(path), Buffer.from(content as Uint8Array)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, place, name]));
    entries.push(entry);
    offset += entry.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...entries, central, end]);
}

/** A picture that lies on the first sheet: cells from 0, as far as the beginning of the row `to`. */
export type PictureToWrite = {
  readonly bytes: Uint8Array;
  readonly row: number;
  readonly to: number;
  readonly column: number;
};

const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const corner = (name: string, row: number, column: number): string =>
  `<${name}><col>${column}</col><colOff>0</colOff><row>${row}</row><rowOff>0</rowOff></${name}>`;
const mediaLinks = (pictures: readonly unknown[]): string =>
  `<Relationships>${pictures.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATION}/image" Target="../media/image${at + 1}.png"/>`).join('')}</Relationships>`;

/** The parts of a package that put pictures on its first sheet. */
function pictureParts(pictures: readonly PictureToWrite[]): Readonly<Record<string, string | Uint8Array>> {
  const anchors = pictures.map(
    ({ row, to, column }, at) =>
      `<twoCellAnchor>${corner('from', row, column)}${corner('to', to, column + 1)}<pic><blipFill><a:blip xmlns:a="a" r:embed="rId${at + 1}"/></blipFill></pic></twoCellAnchor>`,
  );
  return {
    'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships><Relationship Id="rId1" Type="${RELATION}/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
    'xl/drawings/drawing1.xml': `<wsDr xmlns:r="${RELATION}">${anchors.join('')}</wsDr>`,
    'xl/drawings/_rels/drawing1.xml.rels': mediaLinks(pictures),
    ...Object.fromEntries(pictures.map(({ bytes }, at) => [`xl/media/image${at + 1}.png`, bytes])),
  };
}

/** What WPS Office keeps of pictures that are in cells, each by the name its cell calls it. */
function cellImageParts(pictures: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, string | Uint8Array>> {
  const all = Object.entries(pictures);
  const images = all.map(
    ([name], at) =>
      `<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="${at + 2}" name="${name}"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId${at + 1}"/></xdr:blipFill></xdr:pic></etc:cellImage>`,
  );
  return {
    'xl/cellimages.xml': `<etc:cellImages xmlns:etc="e" xmlns:xdr="x" xmlns:a="a" xmlns:r="${RELATION}">${images.join('')}</etc:cellImages>`,
    'xl/_rels/cellimages.xml.rels': mediaLinks(all).replaceAll('../media/image', 'media/cell'),
    ...Object.fromEntries(all.map(([, bytes], at) => [`xl/media/cell${at + 1}.png`, bytes])),
  };
}

type PicturesToWrite = {
  readonly lying?: readonly PictureToWrite[];
  readonly inCells?: Readonly<Record<string, Uint8Array>>;
  /** Other parts, and what stands in place of these. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
};

/** The smallest workbook a reader opens. */
export function writeWorkbook(
  sheets: SheetsToWrite,
  { lying = [], inCells, parts = {} }: PicturesToWrite = {},
): Uint8Array {
  const type = `${RELATION}/worksheet`;
  const names = sheets.map(
    ({ sheet }, at) => `<sheet name="${escapeXml(sheet)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const links = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return writeZip({
    'xl/workbook.xml': `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${links.join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map(({ rows }, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(rows)])),
    ...(lying.length > 0 ? pictureParts(lying) : {}),
    ...(inCells ? cellImageParts(inCells) : {}),
    ...parts,
  });
}
