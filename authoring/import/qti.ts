import { posix } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { openZip } from '../../proof/zip.ts';
import { type Find, passageOf, type Unread } from './markup/index.ts';
import { type Passage, unescapeAddress } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readQuestion } from './question.ts';
import type { ReadRow, Source } from './source.ts';
import { allNamed, outermost, parseXml, textOf, type XmlNode } from './xml.ts';

/** What an honest package stays under: a zip can pretend to be a thousand times as much. */
const [MAX_FILES, MAX_FILE_BYTES, MAX_BYTES] = [50_000, 4_000_000, 400_000_000];

/**
 * QTI 2.1, 2.2 and 3.0: items with one choice interaction, alone or in a package. Anything else is rejected as
 * `kind-unknown`. A row is one item; its place is the file in the package. Source: imsglobal.org/question.
 * @throws Refusal `not-a-workbook` where it is no package, or one that is too large
 */
export function readQti(bytes: Uint8Array): Source {
  const files = bytes[0] === 0x50 && bytes[1] === 0x4b ? unpack(bytes) : new Map([['', bytes]]);
  const documents = [...files].filter(([name]) => name === '' || /\.xml$/i.test(name));
  const rows = documents.flatMap(([name, file]): ReadRow[] => {
    const items = outermost(parseXml(file), 'assessmentItem', 'qti-assessment-item');
    // An address is written from where the item stands.
    const find = (src: string): Uint8Array | undefined =>
      files.get(posix.join(posix.dirname(name), unescapeAddress(src)));
    return items.map((item, at) => ({ sheet: name, row: at + 1, reading: readOne(item, find) }));
  });
  return { rows, skippedSheets: [] };
}

/** The XML files of a package and its pictures. Nothing is written to disk, so no name in it can lead anywhere. */
function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const wants = (name: string): boolean => /\.(xml|png|jpe?g|gif|webp)$/i.test(name);
  try {
    return openZip(bytes, wants, { entries: MAX_FILES, each: MAX_FILE_BYTES, all: MAX_BYTES }).readAll();
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

const INTERACTION = /Interaction$|-interaction$/;
const CHOICE = ['choiceInteraction', 'qti-choice-interaction'];

function readOne(item: XmlNode, find: Find): ItemReading {
  const [body] = allNamed(item, 'itemBody', 'qti-item-body');
  const interactions = body ? elements(body).filter(({ name }) => INTERACTION.test(name)) : [];
  const [interaction] = interactions;
  if (!body || !interaction || interactions.length > 1 || !CHOICE.includes(interaction.name))
    return refuse('kind-unknown');
  const { responseIdentifier, 'response-identifier': kebab } = interaction.attributes;
  const declaration = allNamed(item, 'responseDeclaration', 'qti-response-declaration').find(
    ({ attributes }) => attributes.identifier === (responseIdentifier ?? kebab),
  );
  if (!declaration) return refuse('key-missing');
  const [correct] = allNamed(declaration, 'correctResponse', 'qti-correct-response');
  const key = new Set(correct ? allNamed(correct, 'value', 'qti-value').map((value) => textOf(value).trim()) : []);
  const choices = allNamed(interaction, 'simpleChoice', 'qti-simple-choice');
  const names = choices.map(({ attributes }) => attributes.identifier ?? '');
  if (!key.isSubsetOf(new Set(names))) return refuse('key-outside-options');
  const options = choices.map((choice, at) => ({ text: seen(choice, find), right: key.has(names[at] ?? '') }));
  return readQuestion({
    several: declaration.attributes.cardinality === 'multiple',
    stem: stemOf(withoutFeedback(body), interaction.name, find),
    options,
    topic: '',
  });
}

const elements = (node: XmlNode): readonly XmlNode[] =>
  node.children.flatMap((child) => (child.name === '' ? [] : [child, ...elements(child)]));

const seen = (node: XmlNode, find: Find): Passage | Unread => passageOf(withoutFeedback(node), find);

/** What stands around the options, and the prompt among them. */
const stemOf = (body: XmlNode, interaction: string, find: Find): Passage | Unread => {
  const around = without(body, ({ name }) => name === interaction);
  const prompts = allNamed(body, 'prompt', 'qti-prompt');
  return seen({ ...around, children: [...around.children, ...prompts] }, find);
};

const FEEDBACK = /^(qti-)?(feedback-?(inline|block)|rubric-?block)$/i;
const withoutFeedback = (node: XmlNode): XmlNode => without(node, ({ name }) => FEEDBACK.test(name));

const NOTHING: XmlNode = { name: '', text: '', attributes: {}, children: [] };

const without = (node: XmlNode, leaveOut: (node: XmlNode) => boolean): XmlNode =>
  replaced(node, (child) => (leaveOut(child) ? NOTHING : undefined));

/** The same tree with other elements in place of some. */
const replaced = (node: XmlNode, by: (node: XmlNode) => XmlNode | undefined): XmlNode =>
  by(node) ?? { ...node, children: node.children.map((child) => replaced(child, by)) };
