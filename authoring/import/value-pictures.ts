import { type DrawnPicture, NO_PICTURE, turnOf } from './drawn-picture.ts';
import { type Parts, partOf } from './relations.ts';
import { allNamed, textOf, type XmlNode } from './xml.ts';

/** Says of a cell whose value is more than a text or a number (its `vm`, from 1) which picture that is; nothing where it is none. */
export type ValuePictures = (vm: number) => DrawnPicture | undefined;

/**
 * Pictures that Excel puts into cells: the cell says which value, and shows an error to programs that know of none. From the
 * value the way goes over metadata, rich values and their structure to a relation. One whose way is lost is
 * {@link NO_PICTURE}, and so is one that lies on the web. Source: MS-XLSX 2.6.201 and following.
 * @throws Error where it is too much
 */
export function readValuePictures(parts: Parts, workbook: string): ValuePictures {
  const part = (kind: string, usual: string): string | undefined =>
    partOf(parts, workbook, kind, `xl/richData/${usual}`);
  const metadata = parts.xml(partOf(parts, workbook, 'sheetMetadata', 'xl/metadata.xml'));
  const relations = part('richValueRel', 'richValueRel.xml');
  const values = all(parts.xml(part('rdRichValue', 'rdrichvalue.xml')), 'rv');
  const structures = all(parts.xml(part('rdRichValueStructure', 'rdrichvaluestructure.xml')), 's');
  const links = all(parts.xml(relations), 'rel');
  const richValueOf = richValues(metadata);
  return (vm) => {
    const value = values[richValueOf(vm) ?? -1];
    const structure = structures[Number(value?.attributes.s ?? -1)];
    if (!value || !structure) return NO_PICTURE;
    if (structure.attributes.t === '_webimage') return NO_PICTURE;
    if (structure.attributes.t !== '_localImage') return undefined;
    const at = all(structure, 'k').findIndex(({ attributes }) => attributes.n === '_rvRel:LocalImageIdentifier');
    const link = all(value, 'v')[at];
    const id = link && links[Number(textOf(link))]?.attributes.id;
    const target = parts.relations(relations ?? '').find((relation) => relation.id === id)?.part;
    const bytes = id === undefined ? undefined : parts.bytes(target);
    const unclear = turnOf(bytes);
    return { ...NO_PICTURE, bytes, ...(unclear && { unclear }) };
  };
}

const all = (node: XmlNode | undefined, name: string): readonly XmlNode[] => (node ? allNamed(node, name) : []);

const RICH = 'XLRICHVALUE';

/** Which rich value, from 0, the value metadata of a cell means, from 1. */
function richValues(metadata: XmlNode | undefined): (vm: number) => number | undefined {
  const types = all(metadata, 'metadataType').map(({ attributes }) => attributes.name);
  const groups = all(metadata, 'futureMetadata').filter(({ attributes }) => attributes.name === RICH);
  const rich = groups.flatMap((group) => group.children.filter(({ name }) => name === 'bk'));
  const cells = all(metadata, 'valueMetadata').flatMap(({ children }) => children.filter(({ name }) => name === 'bk'));
  return (vm) => {
    const records = all(cells[vm - 1], 'rc');
    const record = records.find(({ attributes: { t } }) => types[Number(t) - 1] === RICH);
    const [block] = all(rich[Number(record?.attributes.v ?? -1)], 'rvb');
    return block && Number(block.attributes.i);
  };
}
