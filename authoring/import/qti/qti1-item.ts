import type { Unread } from '../markup/index.ts';
import { type Passage, plain } from '../passage.ts';
import { type ItemReading, refuse } from '../problems.ts';
import { type Question, readNumeric, readQuestion } from '../question.ts';
import type { Find } from './addresses.ts';
import { bestResponse, MOST_OPTIONS } from './key.ts';
import { qti1Kind } from './qti1-kinds.ts';
import { isForCandidates, joined, type Material, qti1Passage, wantedElsewhere } from './qti1-material.ts';
import { numberKeyOf } from './qti1-number.ts';
import { qti1Scoring } from './qti1-scoring.ts';
import { allIn, childOf, elements, elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** What is known of an item from around it. */
export type Qti1Around = {
  readonly topic: string;
  /** What its sections show with each of their items. */
  readonly above: readonly QtiNode[];
  readonly find: Find;
  readonly folder: string;
};

/** Parts of an item that are read somewhere below. */
const READ = new Set(['itemmetadata', 'qtimetadata', 'presentation', 'resprocessing', 'rubric', 'itemfeedback']);
/** Parts that no candidate needs. */
const ASIDE = new Set(['qticomment', 'duration', 'itemcontrol', 'itemproc_extension', 'objectives', 'itemrubric']);
/** What Canvas says of a question after any answer. */
const GENERAL = 'general_fb';

/** An item of QTI 1.2, if it is one choice or one number and all of it is understood. */
export function readQti1Item(item: QtiNode, around: Qti1Around): ItemReading {
  const presentation = childOf(item, 'presentation');
  const kind = qti1Kind(item);
  if (kind.is === 'unknown') return refuse('kind-unknown', { construct: kind.called });
  const responses = presentation ? elements(presentation).filter(isResponse) : [];
  const [response] = responses;
  if (!presentation || !response) return refuse('kind-unknown');
  if (responses.length > 1) return refuse('kind-unknown', { construct: responses.map(tagOf).join(' + ') });
  const foreign = elementsOf(item).find(({ name }) => !READ.has(name) && !ASIDE.has(name));
  if (foreign) return unread(tagOf(foreign));
  const stem = stemOf(item, presentation, around);
  const leftOut = leftOutOf(item);
  if (response.name === 'response_lid' && kind.is !== 'number')
    return readChoice(item, response, { stem, leftOut, severalSaid: kind.is === 'several' }, around);
  const isNumber = response.name === 'response_num' || (response.name === 'response_str' && kind.is === 'number');
  return isNumber
    ? readNumber(item, response, { stem, leftOut }, around)
    : refuse('kind-unknown', { construct: askedBy(response) });
}

const unread = (construct: string) => refuse('construct-unread', { construct });

const isResponse = ({ name }: QtiNode): boolean => /^response_(lid|str|num|xy|grp)$/.test(name);
const isRender = ({ name }: QtiNode): boolean => name.startsWith('render_');

const askedBy = (response: QtiNode): string => tagOf(elementsOf(response).find(isRender) ?? response);

/** Everything that is shown above the answers, and what surrounds them. What only says how they look is no part of it. */
function stemOf(item: QtiNode, presentation: QtiNode, { above }: Qti1Around): Material {
  const inside = (node: QtiNode): boolean => isRender(node) || node.name === 'response_extension';
  const parts: readonly Material[] = [
    ...[...above, ...elementsOf(item).filter((part) => part.name === 'rubric' && isForCandidates(part))].map((part) =>
      joined(part),
    ),
    joined(withoutResponses(presentation), inside),
  ];
  const unreadPart = parts.find((part) => 'unread' in part);
  return unreadPart ?? { html: parts.map((part) => ('html' in part ? part.html : '')).join('') };
}

/** A response may have words of its own, which are part of the question. */
const withoutResponses = (node: QtiNode): QtiNode => ({
  ...node,
  ...(isResponse(node) ? { name: 'flow' } : {}),
  children: node.children.map(withoutResponses),
});

type Asked = { readonly stem: Material; readonly leftOut: readonly string[] };

function leftOutOf(item: QtiNode): readonly string[] {
  const told = elementsOf(item).filter(
    (part) =>
      (ASIDE.has(part.name) && part.name !== 'qticomment') ||
      (part.name === 'rubric' && !isForCandidates(part)) ||
      (part.name === 'itemfeedback' && part.attributes.ident !== GENERAL),
  );
  return told.filter((part) => wordsIn(part) !== '').map(tagOf);
}

/** What a reader sees of material; or what in it is not understood, or lies on a server. */
function seen(material: Material, { find, folder }: Qti1Around): Passage | Unread {
  const construct = 'unread' in material ? material.unread : wantedElsewhere(material.html);
  if (construct !== undefined) return unread(construct);
  return 'html' in material ? qti1Passage(material.html, find, folder) : plain('');
}

function explanationOf(item: QtiNode, around: Qti1Around): Pick<Question, 'explanation'> {
  const general = elementsOf(item).find(
    ({ name, attributes }) => name === 'itemfeedback' && attributes.ident === GENERAL,
  );
  return general ? { explanation: seen(joined(general), around) } : {};
}

function readChoice(
  item: QtiNode,
  response: QtiNode,
  { stem, leftOut, severalSaid }: Asked & { readonly severalSaid: boolean },
  around: Qti1Around,
): ItemReading {
  const [render, other] = elementsOf(response).filter(isRender);
  if (!render || other || render.name !== 'render_choice')
    return refuse('kind-unknown', { construct: askedBy(response) });
  const foreign = elements(render).find(({ name }) => OUTSIDE_LABELS.test(name)) ?? strayIn(render);
  if (foreign) return unread(tagOf(foreign));
  const labels = allIn(render, 'response_label');
  const names = labels.map(({ attributes }) => attributes.ident?.trim() ?? '');
  if (names.includes('') || new Set(names).size < names.length) return refuse('options-unclear');
  if (names.length > MOST_OPTIONS) return refuse('item-refused');
  // Blackboard calls every response single, and says only by the kind that several may be right.
  const several = severalSaid || /^multiple$/i.test(response.attributes.rcardinality ?? 'Single');
  if (/^ordered$/i.test(response.attributes.rcardinality ?? '')) return unread('rcardinality="Ordered"');
  const scoring = qti1Scoring(item, response.attributes.ident ?? '', names);
  if (scoring.is === 'unread') return unread(scoring.construct);
  if (scoring.is === 'outside') return refuse('key-outside-options');
  const best = bestResponse(names.length, several, scoring.worth);
  if (best.is === 'none') return refuse('key-missing');
  if (best.is !== 'one') return several ? unread('<resprocessing>') : refuse('key-count');
  return readQuestion({
    several,
    stem: seen(stem, around),
    options: labels.map((label, at) => ({ text: seen(joined(label), around), right: best.key.includes(at) })),
    topic: around.topic,
    ...explanationOf(item, around),
    ...(mayMove(render, labels) ? {} : { fixedOrder: true }),
    leftOut: [...leftOut, ...(best.even ? [] : ['<setvar>'])],
  });
}

const OUTSIDE_LABELS = /^(response_na|render_.*)$/;

/** Material among the options that belongs to none of them. */
const strayIn = (node: QtiNode): QtiNode | undefined =>
  elementsOf(node).flatMap((child) => {
    if (child.name === 'response_label') return [];
    return child.name === 'flow_label' ? (strayIn(child) ?? []) : [child];
  })[0];

/** Without a word about it, QTI 1.2 keeps options where they are. */
const mayMove = (render: QtiNode, labels: readonly QtiNode[]): boolean =>
  isYes(render.attributes.shuffle) && labels.every(({ attributes }) => isYes(attributes.rshuffle ?? 'Yes'));

const isYes = (value: string | undefined): boolean => /^(yes|true|1)$/i.test(value ?? '');

function readNumber(item: QtiNode, response: QtiNode, { stem, leftOut }: Asked, around: Qti1Around): ItemReading {
  const number = numberKeyOf(item, response.attributes.ident ?? '');
  if (!number.ok) return number;
  return readNumeric(
    { stem: seen(stem, around), topic: around.topic, ...explanationOf(item, around), leftOut },
    number.key,
  );
}
