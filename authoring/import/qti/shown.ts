import { allIn, blockOf, type QtiNode, tagOf, valuesIn } from './tree.ts';

/** What of a body a candidate sees before anything is answered, and what is there besides. */
export type Shown = {
  readonly body: QtiNode;
  /** Parts that no candidate sees, or none needs, as the file calls them. */
  readonly leftOut: readonly string[];
  /** The first part that is not understood. */
  readonly unread: string | undefined;
};

/** Values that outcomes have before anything is answered, by their names: they say which feedback is shown. */
export type AtStart = ReadonlyMap<string, readonly string[]>;

export const atStartOf = (item: QtiNode): AtStart =>
  new Map(allIn(item, 'outcomeDeclaration').map((outcome) => [outcome.attributes.identifier ?? '', valuesIn(outcome)]));

/** What one element becomes: itself with what is in it, that alone, or nothing. */
type Fate =
  | { readonly is: 'kept' | 'unwrapped' }
  | { readonly is: 'leftOut' | 'unread'; readonly construct: string }
  | { readonly is: 'nothing' };

export function shownOf(body: QtiNode, atStart: AtStart = new Map()): Shown {
  const leftOut: string[] = [];
  const unread: string[] = [];
  const walk = (node: QtiNode): readonly QtiNode[] => {
    if (node.name === '') return [node];
    const fate = fateOf(node, atStart);
    if (fate.is === 'leftOut') leftOut.push(fate.construct);
    if (fate.is === 'unread') unread.push(fate.construct);
    if (fate.is !== 'kept' && fate.is !== 'unwrapped') return [];
    // What is drawn is drawn as a whole, or not at all.
    const children = DRAWN.has(node.name) ? node.children : node.children.flatMap(walk);
    return [fate.is === 'kept' ? { ...node, children } : blockOf(children)];
  };
  const [whole = blockOf([])] = walk(body);
  return { body: whole, leftOut, unread: unread[0] };
}

const DRAWN = new Set(['svg', 'math']);

function fateOf(node: QtiNode, atStart: AtStart): Fate {
  const { name, attributes } = node;
  if (attributes.templateIdentifier !== undefined) return { is: 'unread', construct: 'templateIdentifier' };
  if (isHidden(node))
    return isPartOfInteraction(name) ? { is: 'unread', construct: 'hidden' } : { is: 'leftOut', construct: 'hidden' };
  if (WRAPPERS.has(name)) return { is: 'unwrapped' };
  if (ASIDE.has(name)) return { is: 'leftOut', construct: tagOf(node) };
  if (FEEDBACK.has(name)) return { is: isVisible(node, atStart) ? 'unread' : 'leftOut', construct: tagOf(node) };
  if (name === 'rubricBlock') return rubricFate(node);
  if (INTERACTION.test(name) || isPartOfInteraction(name)) return { is: 'kept' };
  return isOfQti(node) ? { is: 'unread', construct: tagOf(node) } : { is: 'kept' };
}

export const INTERACTION = /Interaction$/;
const isPartOfInteraction = (name: string): boolean =>
  ['prompt', 'simpleChoice', 'simpleMatchSet', 'simpleAssociableChoice'].includes(name);

/** Elements that say nothing themselves. */
const WRAPPERS = new Set(['itemBody', 'contentBody', 'assessmentStimulus', 'stimulusBody', 'htmlContent']);
/** How a part looks, and how it is told to whoever cannot see it. */
const ASIDE = new Set(['stylesheet', 'catalogInfo', 'apipAccessibility', 'accessibilityInfo']);
const FEEDBACK = new Set(['feedbackInline', 'feedbackBlock']);

/** Elements of QTI, not of HTML: in its newer spelling by their prefix, in the older one mostly by a capital. */
const isOfQti = ({ name, written }: QtiNode): boolean =>
  written.startsWith('qti-') || /^[a-z]+[A-Z]/.test(name) || ['gap', 'hottext', 'include'].includes(name);

/** Feedback is shown where its outcome has its name, or has it not. */
const isVisible = ({ attributes }: QtiNode, atStart: AtStart): boolean => {
  const { outcomeIdentifier = '', identifier = '', showHide = 'show' } = attributes;
  return (atStart.get(outcomeIdentifier) ?? []).includes(identifier) === (showHide === 'show');
};

/** Whom a rubric is for has to be said; what scorers read has the answer in it. */
function rubricFate(node: QtiNode): Fate {
  const views = (node.attributes.view ?? '').split(/\s+/).filter((view) => view !== '');
  if (views.length === 0) return { is: 'unread', construct: tagOf(node) };
  return views.includes('candidate') ? { is: 'unwrapped' } : { is: 'leftOut', construct: tagOf(node) };
}

/** By an attribute, a style, or a class of the shared vocabulary: nobody at a screen sees it. */
const isHidden = ({ attributes }: QtiNode): boolean =>
  attributes.hidden !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*(hidden|collapse)/i.test(attributes.style ?? '') ||
  /(^|\s)qti-(hidden|invisible|visually-hidden)(\s|$)/.test(attributes.class ?? '');

/** The documents of a package, as trees. */
export type Documents = (path: string) => QtiNode | undefined;

/** Elements and pieces of text that one item may have from other documents: no question is as long. */
const MOST_LENT = 20_000;

/** Documents for one item: a short one may name a long one a thousand times. */
export function lentFrom(documents: Documents): Documents {
  let left = MOST_LENT;
  return (path) => {
    const document = left > 0 ? documents(path) : undefined;
    left -= document ? sizeOf(document) : 0;
    return left > 0 ? document : undefined;
  };
}

const sizeOf = (node: QtiNode): number => node.children.reduce((size, child) => size + sizeOf(child), 1);

/**
 * A body with the documents it includes in their places.
 * @returns nothing where one of them is missing, is no XML, or stands for a part of a document only
 */
export function withIncluded(body: QtiNode, documents: Documents, depth = 0): QtiNode | undefined {
  if (body.name === 'include') {
    const { href = '', parse = 'xml', xpointer } = body.attributes;
    const document = depth > 0 || parse !== 'xml' || xpointer !== undefined ? undefined : documents(href);
    return document && withIncluded(blockOf(document.children), documents, depth + 1);
  }
  const children = body.children.map((child) => withIncluded(child, documents, depth));
  return children.includes(undefined)
    ? undefined
    : { ...body, children: children.filter((child) => child !== undefined) };
}

/** The words and pictures that an item shares with others, from the file that has them. */
export function stimulusAt(reference: QtiNode, documents: Documents): QtiNode | undefined {
  const document = documents(reference.attributes.href ?? '');
  const stimulus = document && allIn(document, 'assessmentStimulus')[0];
  return stimulus && allIn(stimulus, 'stimulusBody').length > 0 ? stimulus : undefined;
}
