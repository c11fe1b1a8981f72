import { posix } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { openZip } from '../../proof/zip.ts';
import type { FoundPicture } from './passage.ts';
import { allNamed, childNamed, parseXml, textOf, type XmlNode } from './xml.ts';

/** A picture on a sheet, and the cells it lies on, from 0. */
export type PlacedPicture = FoundPicture & {
  readonly rows: { readonly first: number; readonly last: number };
  readonly column: number;
  /** Put into the cell itself, and so surely meant for its row. */
  readonly inCell: boolean;
};

/** The pictures of a workbook: by the path of their sheet, and those that cells name. */
export type BookPictures = {
  readonly placed: ReadonlyMap<string, readonly PlacedPicture[]>;
  readonly named: ReadonlyMap<string, FoundPicture>;
};

const PARTS =
  /^xl\/(drawings\/[^/]+\.xml|drawings\/_rels\/.+|media\/[^/]+|worksheets\/_rels\/.+|cellimages\.xml|_rels\/cellimages\.xml\.rels)$/;
/** What the pictures of an honest workbook stay under, and what says where they lie. */
const [MOST_ENTRIES, MOST_BYTES, MOST_XML_BYTES] = [100_000, 400_000_000, 20_000_000];

/**
 * Pictures that lie on sheets (ECMA-376 part 1, 20.5) and those that WPS Office puts into cells (`cellimages.xml`).
 * @throws Refusal `not-a-workbook`
 */
export function readBookPictures(bytes: Uint8Array): BookPictures {
  const parts = unpack(bytes);
  const relations = (part: string): ReadonlyMap<string, string> => relationsOf(parts, part);
  const sheets = [...parts.keys()].flatMap(
    (path) => /^(xl\/worksheets)\/_rels\/(.+)\.rels$/.exec(path)?.slice(1) ?? [],
  );
  const placed = new Map<string, readonly PlacedPicture[]>();
  for (let at = 0; at < sheets.length; at += 2) {
    const sheet = `${sheets[at]}/${sheets[at + 1]}`;
    const drawings = new Set([...relations(sheet).values()].filter((target) => target.startsWith('xl/drawings/')));
    const pictures = [...drawings].flatMap((drawing) => placedIn(parts, drawing, relations(drawing)));
    if (pictures.length > 0) placed.set(sheet, pictures);
  }
  return { placed, named: namedIn(parts, relations(CELL_IMAGES)) };
}

type Parts = ReadonlyMap<string, Uint8Array>;

/** XML shrinks a thousandfold and pictures hardly: each has a limit of its own, and both hold before anything is unpacked. */
function unpack(bytes: Uint8Array): Parts {
  const isMedia = (name: string): boolean => name.startsWith('xl/media/');
  const within = (most: number) => ({ entries: MOST_ENTRIES, each: most, all: most });
  try {
    const xml = openZip(bytes, (name) => PARTS.test(name) && !isMedia(name), within(MOST_XML_BYTES));
    const media = openZip(bytes, (name) => PARTS.test(name) && isMedia(name), within(MOST_BYTES));
    return new Map([...xml.readAll(), ...media.readAll()]);
  } catch (error) {
    throw new Refusal('not-a-workbook', `its pictures: ${(error as Error).message}`);
  }
}

/** The elements of that name; none where a part is missing or spoilt: who needs a picture of it is told of that. */
function elementsOf(xml: Uint8Array | undefined, ...names: readonly string[]): readonly XmlNode[] {
  try {
    return xml ? allNamed(parseXml(xml), ...names) : [];
  } catch {
    return [];
  }
}

/** What a part of the package calls its neighbours, and where they are. */
function relationsOf(parts: Parts, part: string): ReadonlyMap<string, string> {
  const { dir, base } = posix.parse(part);
  const xml = parts.get(`${dir}/_rels/${base}.rels`);
  const all = elementsOf(xml, 'Relationship');
  return new Map(
    all.flatMap(({ attributes: { Id = '', Target = '', TargetMode } }) =>
      TargetMode === 'External' ? [] : [[Id, Target.startsWith('/') ? Target.slice(1) : posix.join(dir, Target)]],
    ),
  );
}

function placedIn(parts: Parts, drawing: string, relations: ReadonlyMap<string, string>): readonly PlacedPicture[] {
  const xml = parts.get(drawing);
  const anchors = elementsOf(xml, 'twoCellAnchor', 'oneCellAnchor');
  return anchors.flatMap((anchor) => {
    const [picture] = allNamed(anchor, 'pic');
    if (!picture) return [];
    const [from, to] = [childNamed(anchor, 'from'), childNamed(anchor, 'to')];
    const first = numberIn(from, 'row');
    // Ends where a row begins: it does not lie on that one.
    const last = to ? numberIn(to, 'row') - (numberIn(to, 'rowOff') === 0 ? 1 : 0) : first;
    const place = { rows: { first, last: Math.max(first, last) }, column: numberIn(from, 'col'), inCell: false };
    return [{ ...pictureOf(picture, parts, relations), ...place }];
  });
}

function numberIn(node: XmlNode | undefined, name: string): number {
  const child = childNamed(node, name);
  const number = child ? Number(textOf(child)) : 0;
  return Number.isFinite(number) ? number : 0;
}

function pictureOf(picture: XmlNode, parts: Parts, relations: ReadonlyMap<string, string>): FoundPicture {
  const [blip] = allNamed(picture, 'blip');
  const target = relations.get(blip?.attributes.embed ?? '');
  // What a program describes it as (图片 1, Image3) tells nobody anything.
  return { bytes: target === undefined ? undefined : parts.get(target), alt: '' };
}

const CELL_IMAGES = 'xl/cellimages.xml';

function namedIn(parts: Parts, relations: ReadonlyMap<string, string>): ReadonlyMap<string, FoundPicture> {
  const xml = parts.get(CELL_IMAGES);
  const pictures = elementsOf(xml, 'pic');
  return new Map(
    pictures.map((picture) => {
      const [properties] = allNamed(picture, 'cNvPr');
      return [properties?.attributes.name ?? '', pictureOf(picture, parts, relations)];
    }),
  );
}
