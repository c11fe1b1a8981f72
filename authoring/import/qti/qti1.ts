import type { ItemReading } from '../problems.ts';
import type { Find } from './addresses.ts';
import { folderOf } from './addresses.ts';
import { readQti1Item } from './qti1-item.ts';
import { isForCandidates } from './qti1-material.ts';
import { allIn, childOf, elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** The items of a document, and parts of its tests that are no part of an item, as it calls them. */
export type Qti1Document = { readonly readings: readonly ItemReading[]; readonly unread: readonly string[] };

/**
 * A document of QTI 1.2: tests, banks and sections, each with items. Their topic is the path of titles above them.
 * @param name of the document: addresses begin where it stands
 */
export function readQti1(document: QtiNode, name: string, find: Find): Qti1Document {
  const unread: string[] = [];
  const walk = (node: QtiNode, titles: readonly string[], above: readonly QtiNode[]): readonly ItemReading[] => {
    if (node.name === 'item')
      return [readQti1Item(node, { topic: titles.join('/'), above, find, folder: folderOf(name) })];
    if (!HOLDERS.includes(node.name)) {
      // A test is put together out of questions that are read where they stand; whether all are there is not looked at.
      if (!SILENT.test(node.name) && !above.includes(node) && (REFERENCE.test(node.name) || wordsIn(node) !== ''))
        unread.push(tagOf(node));
      return [];
    }
    const own = node.name === 'section' ? elementsOf(node).filter(isShown) : [];
    const inner = [...titles, ...titleOf(node)];
    return elementsOf(node).flatMap((child) => walk(child, inner, [...above, ...own]));
  };
  return { readings: walk(document, [], []), unread };
}

const HOLDERS = ['questestinterop', 'assessment', 'objectbank', 'section'];

/** What is said of a test to machines. */
const SILENT = /^(qti|assessment|section)metadata$|^qticomment$|^duration$/;
/** Empty, and yet it stands for something. */
const REFERENCE = /ref$|^selection_ordering$/;

/** A passage that the items of a section share. What a whole test tells candidates is no part of a question. */
const isShown = (node: QtiNode): boolean =>
  node.name === 'presentation_material' || (node.name === 'rubric' && isForCandidates(node));

/** Canvas calls every first section root_section, and names a bank in its metadata. */
function titleOf(node: QtiNode): readonly string[] {
  const named = [...allIn(childOf(node, 'qtimetadata') ?? node, 'qtimetadatafield')].find(
    (field) => node.name === 'objectbank' && wordsIn(childOf(field, 'fieldlabel') ?? field) === 'bank_title',
  );
  const title = named ? wordsIn(childOf(named, 'fieldentry') ?? named) : (node.attributes.title ?? '');
  const plain = title.replaceAll('/', '／').trim();
  return plain === '' || node.name === 'questestinterop' ? [] : [plain];
}
