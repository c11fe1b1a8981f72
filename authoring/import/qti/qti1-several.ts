import type { GapKey } from '../../../contract/words/items.ts';
import { type ItemReading, refuse } from '../problems.ts';
import type { Question } from '../question.ts';
import { readGapped, readMatched } from '../question.ts';
import type { Find } from './addresses.ts';
import { unread } from './asked.ts';
import { labelNames, strayIn } from './qti1-labels.ts';
import { joined, type Material, seen } from './qti1-material.ts';
import { labelsOf } from './qti1-words.ts';
import { allIn, elements, elementsOf, type QtiNode, tagOf, wordsIn } from './tree.ts';

/** An item of several responses. */
type Several = Pick<Question, 'explanation' | 'leftOut'> & {
  readonly item: QtiNode;
  readonly responses: readonly QtiNode[];
  /** All that is shown besides the responses. */
  readonly stem: Material;
  readonly around: { readonly topic: string; readonly find: Find; readonly folder: string };
};

/** Responses that each have one of the same labels, as Canvas writes what is to be matched. */
export function readPairs({ item, responses, stem, around, ...asked }: Several): ItemReading {
  const renders = rendersOf(responses);
  if (typeof renders === 'string') return unread(renders);
  const [first, ...others] = renders.map((render) => allIn(render, 'response_label'));
  const names = first && labelNames(first);
  if (!first || !names) return refuse('options-unclear');
  const said = first.map(wordsIn).join('\n');
  if (others.some((labels) => labelNames(labels)?.join() !== names.join() || labels.map(wordsIn).join('\n') !== said))
    return unread('<response_lid>');
  const key = labelsOf(item, responses.map(identOf));
  if (!key.ok) return key;
  if (key.right.some((name) => !names.includes(name))) return refuse('key-outside-options');
  return readMatched({
    ...{ ...asked, topic: around.topic, stem: seen(stem, around), fixedOrder: false },
    premises: responses.map((response) => seen(joined(withoutRender(response)), around)),
    options: first.map((label) => seen(joined(label), around)),
    key: key.right.map((name) => names.indexOf(name)),
  });
}

const identOf = ({ attributes }: QtiNode): string => attributes.ident ?? '';
const isRender = ({ name }: QtiNode): boolean => name.startsWith('render_');
const withoutRender = (response: QtiNode): QtiNode => ({
  ...response,
  children: response.children.filter((child) => !isRender(child)),
});

/** What each response offers; or the name of what is no list of labels. */
function rendersOf(responses: readonly QtiNode[]): readonly QtiNode[] | string {
  const renders: QtiNode[] = [];
  for (const response of responses) {
    const [render, other] = elementsOf(response).filter(isRender);
    if (response.name !== 'response_lid' || !render || other || render.name !== 'render_choice') return tagOf(response);
    const stray = strayIn(render);
    if (stray) return tagOf(stray);
    renders.push(render);
  }
  return renders;
}

/**
 * Words for each `[name]` of the stem, as Canvas writes several gaps: every label of a response counts, and capitals do not. Its rules
 * name one of them only.
 */
export function readBlanks({ item, responses, stem, around, ...asked }: Several): ItemReading {
  const renders = rendersOf(responses);
  if (typeof renders === 'string') return unread(renders);
  const key = labelsOf(item, responses.map(identOf));
  if (!key.ok) return key;
  if ('unread' in stem) return unread(stem.unread);
  const blanks = responses.map((response, at) => ({
    mark: `[${identOf(response).replace(/^response_/, '')}]`,
    labels: allIn(renders[at] as QtiNode, 'response_label'),
  }));
  const lost = blanks.find(({ mark }) => stem.html.split(mark).length !== 2);
  if (lost) return unread(lost.mark);
  const inOrder = blanks.toSorted((a, b) => stem.html.indexOf(a.mark) - stem.html.indexOf(b.mark));
  const markup = inOrder.flatMap(({ labels }) => labels).find((label) => !isPlain(label));
  if (markup) return unread('texttype="text/html"');
  const gaps = inOrder.map(({ labels }): GapKey => ({ accepted: labels.map(wordsIn) }));
  const html = inOrder.reduce((left, { mark }) => left.replace(mark, '（ ）'), stem.html);
  return readGapped({ ...asked, topic: around.topic, stem: seen({ html }, around) }, gaps);
}

const isPlain = (label: QtiNode): boolean =>
  elements(label).every(
    ({ name, attributes: { texttype = 'text/plain' } }) => name !== 'mattext' || texttype === 'text/plain',
  );
