import { type UnzipFileInfo, unzipSync } from 'fflate';
import { Refusal } from '../../../contract/reasons.ts';
import { type ItemReading, refuse } from './problems.ts';
import { readQuestion } from './question.ts';
import type { ReadRow } from './report.ts';
import type { Source } from './workbook.ts';
import { allNamed, parseXml, textOf, type XmlNode } from './xml.ts';

/** What an honest package stays under: a zip can pretend to be a thousand times as much. */
const [MAX_FILES, MAX_FILE_BYTES, MAX_BYTES] = [50_000, 4_000_000, 400_000_000];

/**
 * QTI 2.1, 2.2 and 3.0: items with one choice interaction, alone or in a package. Anything else is rejected as
 * `kind-unknown`. A row is one item; its place is the file in the package. Source: imsglobal.org/question.
 * @throws Refusal `not-a-workbook` where it is no package, or one that is too large
 */
export function readQti(bytes: Uint8Array): Source {
  const files = bytes[0] === 0x50 && bytes[1] === 0x4b ? unpack(bytes) : new Map([['', bytes]]);
  const rows = [...files].flatMap(([name, file]): ReadRow[] => {
    const items = allNamed(parseXml(file), 'assessmentItem', 'qti-assessment-item');
    return items.map((item, at) => ({ sheet: name, row: at + 1, reading: readOne(item) }));
  });
  return { rows, skippedSheets: [] };
}

/** The XML files of a package. Nothing is written to disk, so no name in it can lead anywhere. */
function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let [count, sum] = [0, 0];
  const filter = ({ name, originalSize }: UnzipFileInfo): boolean => {
    if (!/\.xml$/i.test(name)) return false;
    count += 1;
    sum += originalSize;
    if (count > MAX_FILES || originalSize > MAX_FILE_BYTES || sum > MAX_BYTES)
      throw new Refusal('not-a-workbook', `${name}: the package unpacks to too much`);
    return true;
  };
  try {
    return new Map(Object.entries(unzipSync(bytes, { filter })).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('not-a-workbook', (error as Error).message);
  }
}

const INTERACTION = /Interaction$|-interaction$/;
const CHOICE = ['choiceInteraction', 'qti-choice-interaction'];
const PICTURES = ['img', 'object', 'video', 'audio', 'math', 'svg', 'picture'];

function readOne(item: XmlNode): ItemReading {
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
  const options = choices.map((choice, at) => ({ text: seen(choice), right: key.has(names[at] ?? '') }));
  return readQuestion({
    several: declaration.attributes.cardinality === 'multiple',
    stem: hasPicture(body) ? undefined : stemOf(withoutFeedback(body), interaction.name),
    options,
    topic: '',
  });
}

const elements = (node: XmlNode): readonly XmlNode[] =>
  node.children.flatMap((child) => (child.name === '' ? [] : [child, ...elements(child)]));

const hasPicture = (node: XmlNode): boolean => allNamed(node, ...PICTURES).length > 0;
const seen = (node: XmlNode): string | undefined => (hasPicture(node) ? undefined : textOf(withoutFeedback(node)));

/** What stands around the options, and the prompt among them. */
const stemOf = (body: XmlNode, interaction: string): string =>
  [without(body, ({ name }) => name === interaction), ...allNamed(body, 'prompt', 'qti-prompt')].map(textOf).join('\n');

const FEEDBACK = /^(qti-)?(feedback-?(inline|block)|rubric-?block)$/i;
const withoutFeedback = (node: XmlNode): XmlNode => without(node, ({ name }) => FEEDBACK.test(name));

function without(node: XmlNode, leaveOut: (node: XmlNode) => boolean): XmlNode {
  if (leaveOut(node)) return { name: '', text: '', attributes: {}, children: [] };
  return {
    ...node,
    children: node.children.filter((child) => !leaveOut(child)).map((child) => without(child, leaveOut)),
  };
}
