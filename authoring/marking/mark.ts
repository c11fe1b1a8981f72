import { type Scoring, sumOfMarks } from '../../contract/words/blueprint.ts';
import { type Given, givenOf, isBlankAnswer } from '../../contract/words/form.ts';
import type { ItemId, OptionId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import type { TopicMarks } from '../../contract/words/topic-marks.ts';
import { parseNumber } from '../../contract/words/typed-number.ts';
import type { DrawnItem } from '../drawing/index.ts';
import { isAccepted } from './same-words.ts';

export type MarkedItem = Given & { readonly itemId: ItemId; readonly marks: number };
export type MarkedForm = { readonly marks: number; readonly items: readonly MarkedItem[] };
/** What an answer is held against. */
export type Key = Pick<Item, 'kind' | 'key' | 'number' | 'gaps' | 'premises'>;

/**
 * Marks a form. All or nothing: an item's marks for exactly the key, none otherwise. `subset`: that part of its marks which
 * was right, to the hundredth. Of a multiple-choice item it is the right options that were chosen, and with one wrong option
 * there are none; of a text the gaps that are right; of an order the neighbours that follow each other as they should; of pairs
 * those that belong together.
 */
export function markForm(
  items: readonly DrawnItem[],
  answerTo: (item: ItemId) => Given,
  keyOf: (item: ItemId) => Key,
  scoring: Scoring = 'all-or-nothing',
): MarkedForm {
  const marked = items.map(({ itemId, marks }) => {
    const given = givenOf(answerTo(itemId));
    return { itemId, ...given, marks: marksFor(given, keyOf(itemId), marks, scoring) };
  });
  return { marks: sumOfMarks(marked.map((item) => item.marks)), items: marked };
}

function marksFor(given: Given, key: Key, full: number, scoring: Scoring): number {
  if (isRight(given, key)) return full;
  return scoring === 'subset' ? Math.floor(rightPart(given, key) * full * 100 + 1e-9) / 100 : 0;
}

/** How much of an answer is right, 0..1. */
function rightPart(given: Given, { kind, key, gaps = [], premises = [] }: Key): number {
  switch (kind) {
    case 'numeric':
      return 0;
    case 'text':
      return gaps.filter((gap, at) => isAccepted(given.gaps?.[at] ?? '', gap)).length / gaps.length;
    case 'match':
      return premises.filter((_, at) => isPairedRightly(given, premises, key, at)).length / premises.length;
    case 'order': {
      const following = key.slice(1).filter((id, at) => isRightBehind(given.chosen, key[at], id));
      return following.length / (key.length - 1);
    }
    default: {
      const [chosen, right] = [new Set(given.chosen), new Set(key)];
      return chosen.isSubsetOf(right) ? chosen.size / right.size : 0;
    }
  }
}

const isRightBehind = (order: Given['chosen'], first: OptionId | undefined, next: OptionId): boolean => {
  const at = order.indexOf(next);
  return at > 0 && order[at - 1] === first;
};

/** What belongs together. */
export const pairsOf = ({ premises = [], key }: Pick<Key, 'premises' | 'key'>): NonNullable<Given['pairs']> =>
  premises.flatMap(({ id: premise }, at) => {
    const choice = key[at];
    return choice === undefined ? [] : [{ premise, choice }];
  });

/** Whether what belongs to a premise was put beside it. */
const isPairedRightly = (
  { pairs = [] }: Given,
  premises: NonNullable<Key['premises']>,
  key: Key['key'],
  at: number,
): boolean => pairs.some(({ premise, choice }) => premise === premises[at]?.id && choice === key[at]);

/** Binary fractions must not make 0.3 of 0.1 + 0.2 a wrong answer; nothing else is forgiven. */
const DUST = 4 * Number.EPSILON;

/** What is rounded is as large as the largest of the three: of a range around 0.8845 its ends may be a hundred off. */
function isNearEnough(typed: number, { value, tolerance }: NonNullable<Key['number']>): boolean {
  const largest = Math.max(1, Math.abs(value), Math.abs(typed), tolerance);
  return Math.abs(typed - value) <= tolerance + DUST * largest;
}

/**
 * Whether exactly the right options were chosen, in their order where it asks for one, each premise has what belongs to it, the right
 * words were typed, or a number near enough.
 */
export function isRight(given: Given, { kind, key, number, gaps, premises }: Key): boolean {
  const { chosen, typed = '', gaps: words = [] } = given;
  if (premises) return premises.every((_, at) => isPairedRightly(given, premises, key, at));
  if (gaps) return gaps.every((gap, at) => isAccepted(words[at] ?? '', gap));
  if (kind === 'order') return chosen.length === key.length && key.every((id, at) => chosen[at] === id);
  if (number) {
    const value = parseNumber(typed);
    return value !== undefined && isNearEnough(value, number);
  }
  const [p, q] = [new Set(chosen), new Set(key)];
  return p.size === q.size && p.isSubsetOf(q);
}

/** What a marked form says of each field, in the order in which the form came to it: the widest part of the topics. */
export function marksByTopic(
  drawn: readonly DrawnItem[],
  marked: readonly MarkedItem[],
  itemOf: (item: ItemId) => Pick<Item, 'topic'>,
): readonly TopicMarks[] {
  const all = marked.map(({ itemId, marks, ...given }, at) => {
    const [field = ''] = itemOf(itemId).topic.split('/');
    const full = drawn[at]?.marks ?? 0;
    const state = isBlankAnswer(given) ? 'blank' : marks === full ? 'right' : marks > 0 ? 'part' : 'wrong';
    return { field, full, marks, state } as const;
  });
  return [...Map.groupBy(all, ({ field }) => field)].map(([field, of]) => {
    const count = (state: (typeof of)[number]['state']): number => of.filter((one) => one.state === state).length;
    return {
      ...{ field, items: of.length, right: count('right'), part: count('part'), wrong: count('wrong') },
      blank: count('blank'),
      marks: sumOfMarks(of.map(({ marks }) => marks)),
      fullMarks: sumOfMarks(of.map(({ full }) => full)),
    };
  });
}
