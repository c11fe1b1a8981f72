import { passageOf } from '../markup/index.ts';
import { type ItemReading, refuse } from '../problems.ts';
import { readQuestion } from '../question.ts';
import type { Find } from './addresses.ts';
import { type AskedItem, askedIn, promptOf, unread } from './asked.ts';
import { choiceOf } from './choice.ts';
import { readMatch } from './match.ts';
import { readOrder } from './order.ts';
import { keyOf } from './qti2-key.ts';
import { atStartOf, type Documents, lentFrom, shownOf, stimulusAt, withIncluded } from './shown.ts';
import { readTextEntry } from './text-entry.ts';
import { blockOf, childOf, elementsOf, type QtiNode, tagOf } from './tree.ts';

/** What a package has around an item. */
export type Around = {
  readonly find: Find;
  readonly documents: Documents;
  /** What the sections of tests show with each of their items. */
  readonly above: readonly QtiNode[];
};

/** Parts of an item that are read somewhere below. */
const READ = new Set([
  ...['responseDeclaration', 'outcomeDeclaration', 'assessmentStimulusRef', 'itemBody', 'responseProcessing'],
]);
/** Parts that no candidate needs: how it looks, how it is read out, what is said of an answer that has been given. */
const ASIDE = new Set(['stylesheet', 'catalogInfo', 'apipAccessibility', 'modalFeedback']);

/** An item of QTI 2 or 3, if it asks for one thing that is known here and all of it is understood. */
export function readQti2Item(item: QtiNode, around: Around): ItemReading {
  const documents = lentFrom(around.documents);
  const parts = elementsOf(item);
  const body = childOf(item, 'itemBody');
  const whole = body && withIncluded(body, documents);
  if (!whole) return body ? unread('<xi:include>') : refuse('kind-unknown');
  const shown = shownOf(whole, atStartOf(item));
  const asked = askedIn(shown.body, whole);
  if (!asked.ok) return asked;
  if (item.attributes.adaptive === 'true') return unread('adaptive="true"');
  const foreign = parts.find(({ name }) => !READ.has(name) && !ASIDE.has(name));
  const construct = (foreign && tagOf(foreign)) ?? shown.unread;
  if (construct !== undefined) return unread(construct);
  const above = aboveOf(item, documents);
  if (typeof above === 'string') return unread(above);
  const leftOut = [...parts.filter(({ name }) => ASIDE.has(name)).map(tagOf), ...shown.leftOut, ...above.leftOut];
  const { interactions } = asked;
  const stem = blockOf([...around.above, ...above.bodies, stemOf(shown.body, interactions)]);
  const read = READERS[interactions[0].name] ?? readChoice;
  return read({ item, interactions, stem: passageOf(stem, around.find), leftOut, find: around.find });
}

const READERS: Readonly<Record<string, (asked: AskedItem) => ItemReading>> = {
  matchInteraction: readMatch,
  orderInteraction: readOrder,
  textEntryInteraction: readTextEntry,
};

/** What the item shares with others, to stand above what it asks. @returns the construct that cannot be read, if any */
function aboveOf(
  item: QtiNode,
  documents: Documents,
): string | { readonly bodies: readonly QtiNode[]; readonly leftOut: readonly string[] } {
  const bodies: QtiNode[] = [];
  const leftOut: string[] = [];
  for (const reference of elementsOf(item).filter(({ name }) => name === 'assessmentStimulusRef')) {
    const stimulus = stimulusAt(reference, documents);
    const whole = stimulus && withIncluded(stimulus, documents);
    if (!whole) return tagOf(reference);
    const shown = shownOf(whole);
    if (shown.unread !== undefined) return shown.unread;
    bodies.push(shown.body);
    leftOut.push(...shown.leftOut);
  }
  return { bodies, leftOut };
}

/** The body with prompts in the places of what is asked for; words to type leave a gap. */
function stemOf(node: QtiNode, interactions: readonly QtiNode[]): QtiNode {
  if (interactions.includes(node)) {
    if (node.name === 'textEntryInteraction') return { ...node, name: '', text: '（ ）', children: [] };
    const prompt = promptOf(node);
    return blockOf(prompt ? [{ ...prompt, name: 'p' }] : []);
  }
  return { ...node, children: node.children.map((child) => stemOf(child, interactions)) };
}

function readChoice({ item, interactions: [interaction], stem, leftOut, find }: AskedItem): ItemReading {
  const choice = choiceOf(interaction);
  if (choice.unread !== undefined) return unread(choice.unread);
  const key = keyOf(item, choice);
  if (!key.ok) return key;
  const texts = choice.options.map((option) => passageOf(option, find));
  return readQuestion({
    several: key.several,
    stem,
    options: texts.map((text, at) => ({ text, right: key.right.includes(at) })),
    topic: '',
    ...(choice.mayMove ? {} : { fixedOrder: true }),
    leftOut: [...leftOut, ...key.leftOut],
  });
}
