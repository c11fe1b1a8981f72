import { isDeepStrictEqual } from 'node:util';
import { type DrawnPicture, type DrawnSize, type Media, NO_PICTURE, readPicture } from './drawn-picture.ts';
import { allNamed, childNamed, textOf, type XmlNode } from './xml.ts';

/** A picture on a sheet, and the cells it lies on, from 0. */
export type PlacedPicture = DrawnPicture & {
  readonly rows: { readonly first: number; readonly last: number };
  readonly column: number;
  /** Put into the cell itself, and so surely meant for its row. */
  readonly inCell: boolean;
};

/**
 * What lies on a sheet, in the order in which it is drawn: pictures, and whatever else somebody drew, each of which stands as a
 * picture of which cannot be told what it shows. What is hidden, or has neither line nor fill nor words, nobody sees.
 * Source: ECMA-376 part 1, 20.5.
 * @throws Error where it is too much
 */
export function readDrawing(drawing: XmlNode, media: Media): readonly PlacedPicture[] {
  const drawn = anchorsOf(drawing).flatMap((anchor) => {
    const box = boxOf(anchor);
    return thingsIn(anchor, media, sizeOf(box)).map((thing) => ({ ...thing, box, spread: spread(box) }));
  });
  if (drawn.length > MOST_THINGS) throw new Error(`more than ${MOST_THINGS} drawings on a sheet`);
  const things = withoutCopies(drawn);
  return things.map((thing, at) => {
    const { name, picture, box } = thing;
    const over = picture && things.find((later, n) => n > at && isOver(later, thing));
    const unclear = over ? `<xdr:${over.name}>` : picture ? picture.unclear : `<xdr:${name}>`;
    return { ...(picture ?? NO_PICTURE), ...(unclear && { unclear }), ...placeOf(box) };
  });
}

/** Pasted twice into one place, a picture is seen once. */
function withoutCopies(things: readonly Laid[]): readonly Laid[] {
  const last = new Map(things.map((thing) => [placeKey(thing), thing]));
  return things.filter((thing) => {
    const other = last.get(placeKey(thing));
    return other === thing || !thing.picture || !isDeepStrictEqual(other?.picture, thing.picture);
  });
}

const placeKey = ({ box: { from, to } }: Laid): string => [...Object.values(from), ...Object.values(to)].join();

/** Each is held against all others. */
const MOST_THINGS = 20_000;

/** A thing as it is called, and its picture where it is one. */
type Thing = { readonly name: string; readonly picture: DrawnPicture | undefined };

const ANCHORS = ['twoCellAnchor', 'oneCellAnchor', 'absoluteAnchor'];
const anchorsOf = (drawing: XmlNode): readonly XmlNode[] =>
  drawing.children.flatMap((child) => {
    if (ANCHORS.includes(child.name)) return [child];
    return child.name === '' ? [] : anchorsOf(child.name === ALTERNATE ? firstChoice(child) : child);
  });

/** What newer programs are offered beside what older ones see. */
const ALTERNATE = 'AlternateContent';
const firstChoice = (node: XmlNode): XmlNode => childNamed(node, 'Choice') ?? { ...node, children: [] };

/** Of an anchor or a group: what is about it, and not drawn. */
const ABOUT = ['', 'from', 'to', 'pos', 'ext', 'clientData', 'nvGrpSpPr', 'grpSpPr', 'extLst'];

function thingsIn(node: XmlNode, media: Media, size?: DrawnSize): readonly Thing[] {
  const things = node.children.flatMap((child): readonly Thing[] => {
    if (ABOUT.includes(child.name)) return [];
    if (child.name === ALTERNATE) return thingsIn(firstChoice(child), media, size);
    return isSeen(child) ? thingOf(child, media, size) : [];
  });
  if (node.name !== 'absoluteAnchor') return things;
  // It lies so far from the corner of the sheet: over which row, the heights of all above it would say.
  return things.map(({ name }) => ({ name: `absoluteAnchor ${name}`, picture: undefined }));
}

function thingOf(child: XmlNode, media: Media, size?: DrawnSize): readonly Thing[] {
  if (child.name === 'pic') return [{ name: 'pic', picture: readPicture(child, media, size) }];
  if (child.name !== 'grpSp') return [{ name: child.name, picture: undefined }];
  const inside = thingsIn(child, media);
  const [only] = inside;
  const { rot = '0', flipH, flipV } = childNamed(childNamed(child, 'grpSpPr'), 'xfrm')?.attributes ?? {};
  const isUpright = Number(rot) === 0 && !isOn(flipH) && !isOn(flipV);
  if (inside.length === 0) return [];
  return inside.length === 1 && only?.picture && isUpright ? [only] : [{ name: 'grpSp', picture: undefined }];
}

const isOn = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

function isSeen(thing: XmlNode): boolean {
  const about = thing.children.find(({ name }) => /^nv\w*Pr$/.test(name));
  if (isOn(childNamed(about, 'cNvPr')?.attributes.hidden)) return false;
  if (thing.name !== 'sp') return true;
  const shape = childNamed(thing, 'spPr');
  const isEmpty = childNamed(shape, 'noFill') && childNamed(childNamed(shape, 'ln'), 'noFill');
  const words = childNamed(thing, 'txBody');
  return !isEmpty || (words !== undefined && textOf(words).trim() !== '') || allNamed(thing, 'pic', 'blip').length > 0;
}

/** A corner: a cell, and how far from its own corner, in EMU. */
type Corner = { readonly row: number; readonly rowOff: number; readonly col: number; readonly colOff: number };
/** @property guessed its end follows from a size: it stands as if the cell of its beginning had no end */
type Box = { readonly from: Corner; readonly to: Corner; readonly guessed: boolean };

function boxOf(anchor: XmlNode): Box {
  const start = childNamed(anchor, 'from');
  const { x = '0', y = '0' } = childNamed(anchor, 'pos')?.attributes ?? {};
  const from = start ? cornerOf(start) : settled({ row: 0, rowOff: Number(y), col: 0, colOff: Number(x) });
  const end = childNamed(anchor, 'to');
  if (end) return { from, to: cornerOf(end), guessed: false };
  const { cx = '0', cy = '0' } = childNamed(anchor, 'ext')?.attributes ?? {};
  return { from, to: { ...from, rowOff: from.rowOff + Number(cy), colOff: from.colOff + Number(cx) }, guessed: true };
}

/** How large it is, where no row and no column that it goes over has to be known for that. */
const sizeOf = ({ from, to }: Box): DrawnSize | undefined =>
  from.row === to.row && from.col === to.col
    ? { width: to.colOff - from.colOff, height: to.rowOff - from.rowOff }
    : undefined;

/** Of a row and a column that nobody has changed, in EMU. */
const [USUAL_ROW, USUAL_COLUMN] = [190_500, 609_600];

/** The same corner from the cell it is in, as far as cells are of the usual size. */
function settled({ row, rowOff, col, colOff }: Corner): Corner {
  const [rows, columns] = [Math.floor(rowOff / USUAL_ROW) || 0, Math.floor(colOff / USUAL_COLUMN) || 0];
  return {
    ...{ row: row + rows, rowOff: rowOff - rows * USUAL_ROW },
    ...{ col: col + columns, colOff: colOff - columns * USUAL_COLUMN },
  };
}

const spread = ({ from, to, guessed }: Box): Box =>
  guessed ? { from: settled(from), to: settled(to), guessed } : { from, to, guessed };

function cornerOf(node: XmlNode): Corner {
  const of = (name: string): number => {
    const child = childNamed(node, name);
    const number = child ? Number(textOf(child)) : 0;
    return Number.isFinite(number) ? number : 0;
  };
  return { row: of('row'), rowOff: of('rowOff'), col: of('col'), colOff: of('colOff') };
}

type Laid = Thing & { readonly box: Box /** As far as cells are of the usual size. */; readonly spread: Box };

/** Whether something drawn later covers any of a picture. */
function isOver({ picture, box, spread: a }: Laid, { box: under, spread: b }: Laid): boolean {
  const isElsewhere = box.from.row !== under.from.row || box.from.col !== under.from.col;
  // Pictures in cells beside each other are common, and how large their cells are is not known here.
  if (picture && isElsewhere && (box.guessed || under.guessed)) return false;
  return (
    isBefore(a.from.row, a.from.rowOff, b.to.row, b.to.rowOff) &&
    isBefore(b.from.row, b.from.rowOff, a.to.row, a.to.rowOff) &&
    isBefore(a.from.col, a.from.colOff, b.to.col, b.to.colOff) &&
    isBefore(b.from.col, b.from.colOff, a.to.col, a.to.colOff)
  );
}

const isBefore = (cell: number, offset: number, other: number, otherOffset: number): boolean =>
  cell < other || (cell === other && offset < otherOffset);

function placeOf({ from, to, guessed }: Box): Pick<PlacedPicture, 'rows' | 'column' | 'inCell'> {
  // Ends where a row begins: it does not lie on that one.
  const last = guessed ? from.row : to.row - (to.rowOff === 0 ? 1 : 0);
  return { rows: { first: from.row, last: Math.max(from.row, last) }, column: from.col, inCell: false };
}
