import { passageOf } from '../markup/index.ts';
import { type ItemReading, refuse } from '../problems.ts';
import { readQuestion } from '../question.ts';
import type { Find } from './addresses.ts';
import { type Choice, choiceIn, promptOf } from './choice.ts';
import { keyOf } from './qti2-key.ts';
import { atStartOf, type Documents, lentFrom, shownOf, stimulusAt, withIncluded } from './shown.ts';
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

/** An item of QTI 2 or 3, if it is one choice and all of it is understood. */
export function readQti2Item(item: QtiNode, around: Around): ItemReading {
  const documents = lentFrom(around.documents);
  const parts = elementsOf(item);
  const body = childOf(item, 'itemBody');
  const whole = body && withIncluded(body, documents);
  if (!whole) return body ? unread('<xi:include>') : refuse('kind-unknown');
  const shown = shownOf(whole, atStartOf(item));
  const choice = choiceIn(shown.body, whole);
  if (!choice.ok) return choice;
  if (item.attributes.adaptive === 'true') return unread('adaptive="true"');
  const foreign = parts.find(({ name }) => !READ.has(name) && !ASIDE.has(name));
  const construct = (foreign && tagOf(foreign)) ?? shown.unread ?? choice.unread;
  if (construct !== undefined) return unread(construct);
  const above = aboveOf(item, documents);
  if (typeof above === 'string') return unread(above);
  const leftOut = [...parts.filter(({ name }) => ASIDE.has(name)).map(tagOf), ...shown.leftOut, ...above.leftOut];
  const stem = blockOf([...around.above, ...above.bodies, stemOf(shown.body, choice.interaction)]);
  return readChoice(item, choice, stem, leftOut, around.find);
}

const unread = (construct: string) => refuse('construct-unread', { construct });

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

/** The body with the prompt in the place of the choice. */
function stemOf(node: QtiNode, interaction: QtiNode): QtiNode {
  if (node === interaction) {
    const prompt = promptOf(interaction);
    return blockOf(prompt ? [{ ...prompt, name: 'p' }] : []);
  }
  return { ...node, children: node.children.map((child) => stemOf(child, interaction)) };
}

function readChoice(item: QtiNode, choice: Choice, stem: QtiNode, leftOut: readonly string[], find: Find): ItemReading {
  const key = keyOf(item, choice);
  if (!key.ok) return key;
  const texts = choice.options.map((option) => passageOf(option, find));
  return readQuestion({
    several: key.several,
    stem: passageOf(stem, find),
    options: texts.map((text, at) => ({ text, right: key.right.includes(at) })),
    topic: '',
    ...(choice.mayMove ? {} : { fixedOrder: true }),
    leftOut: [...leftOut, ...key.leftOut],
  });
}
