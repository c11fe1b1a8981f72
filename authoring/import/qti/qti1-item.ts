import { type ItemReading, refuse } from '../problems.ts';
import { type Question, readGapped, readNumeric, readQuestion } from '../question.ts';
import type { Find } from './addresses.ts';
import { unread } from './asked.ts';
import { bestResponse, MOST_OPTIONS } from './key.ts';
import { qti1Kind } from './qti1-kinds.ts';
import { labelNames, strayIn } from './qti1-labels.ts';
import { isForCandidates, joined, type Material, seen } from './qti1-material.ts';
import { numberKeyOf } from './qti1-number.ts';
import { qti1Scoring } from './qti1-scoring.ts';
import { readBlanks, readPairs } from './qti1-several.ts';
import { wordsOf } from './qti1-words.ts';
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

/** An item of QTI 1.2, if it asks for something that is known here and all of it is understood. */
export function readQti1Item(item: QtiNode, around: Qti1Around): ItemReading {
  const presentation = childOf(item, 'presentation');
  const kind = qti1Kind(item);
  if (kind.is === 'unknown') return refuse('kind-unknown', { construct: kind.called });
  const responses = presentation ? elements(presentation).filter(isResponse) : [];
  const [response] = responses;
  if (!presentation || !response) return refuse('kind-unknown');
  const isSeveral = kind.is === 'pairs' || kind.is === 'gaps';
  if (responses.length > 1 && !isSeveral)
    return refuse('kind-unknown', { construct: responses.map(tagOf).join(' + ') });
  const foreign = elementsOf(item).find(({ name }) => !READ.has(name) && !ASIDE.has(name));
  if (foreign) return unread(tagOf(foreign));
  const leftOut = leftOutOf(item);
  if (isSeveral) {
    const stem = stemOf(item, withoutResponses(presentation, 'whole'), around);
    const read = kind.is === 'pairs' ? readPairs : readBlanks;
    return read({ item, responses, stem, leftOut, around, ...explanationOf(item, around) });
  }
  const stem = stemOf(item, presentation, around);
  if (kind.is === 'words') return readTyped(item, response, { stem, leftOut }, around);
  if (response.name === 'response_lid' && kind.is !== 'number')
    return readChoice(item, response, { stem, leftOut, severalSaid: kind.is === 'several' }, around);
  const isNumber = response.name === 'response_num' || (response.name === 'response_str' && kind.is === 'number');
  return isNumber
    ? readNumber(item, response, { stem, leftOut }, around)
    : refuse('kind-unknown', { construct: askedBy(response) });
}

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

/** A response may have words of its own, which are part of the question, or of what is asked for as a whole. */
const withoutResponses = (node: QtiNode, without: 'itself' | 'whole' = 'itself'): QtiNode => ({
  ...node,
  ...(isResponse(node) ? { name: 'flow' } : {}),
  children: node.children.flatMap((child) =>
    without === 'whole' && isResponse(child) ? [] : [withoutResponses(child, without)],
  ),
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
  const names = labelNames(labels);
  if (!names) return refuse('options-unclear');
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

/** Words, each of which counts. */
function readTyped(item: QtiNode, response: QtiNode, { stem, leftOut }: Asked, around: Qti1Around): ItemReading {
  const [render, other] = elementsOf(response).filter(isRender);
  if (response.name !== 'response_str' || !render || other || render.name !== 'render_fib')
    return refuse('kind-unknown', { construct: askedBy(response) });
  const foreign = elements(render).find(({ name }) => name !== 'response_label');
  if (foreign) return unread(tagOf(foreign));
  const words = wordsOf(item, response.attributes.ident ?? '');
  if (!words.ok) return words;
  const asked = { stem: seen(stem, around), topic: around.topic, ...explanationOf(item, around), leftOut };
  return readGapped(asked, [words.key]);
}
