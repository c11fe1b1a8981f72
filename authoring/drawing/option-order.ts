import type { OptionId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { firstNamesOthers } from './first-references.ts';
import { areOnlyPlaces, namesInMoreWords, refersInMoreWords } from './more-references.ts';
import { namesLettersOfOptions, refersToOthers } from './references.ts';

type Shown = Pick<Item, 'kind' | 'options' | 'fixedOrder'> & Partial<Pick<Item, 'stem' | 'premises' | 'explanation'>>;

/** How it is told which options stay: what is drawn now, or what forms were drawn by before more was known of it. */
export type OrderRule = 'now' | 'second' | 'first';

const written = (text: Localized | Item['options'][number]['text']): readonly string[] =>
  [text?.zh, text?.en].filter((words) => words !== undefined);

const known = new WeakMap<Shown, boolean>();

/** Whether the options of an item must stay where they were written; looked up once for each item, as forms ask again and again. */
export function hasFixedOrder(item: Shown): boolean {
  const before = known.get(item);
  if (before !== undefined) return before;
  const stays = hadSecondOrder(item) || speaksInMoreWords(item);
  known.set(item, stays);
  return stays;
}

// Right comes before wrong everywhere.
const isFixedByItself = ({ kind, fixedOrder }: Shown): boolean => fixedOrder === true || kind === 'true-false';

const besideOptions = ({ stem, premises = [], explanation }: Shown): readonly string[] =>
  [stem, ...premises.map(({ text }) => text), explanation].flatMap(written);

function speaksInMoreWords(item: Shown): boolean {
  const { options } = item;
  return (
    options.some(({ text }) => written(text).some(refersInMoreWords)) ||
    areOnlyPlaces(options.map(({ text }) => text?.zh ?? '')) ||
    besideOptions(item).some(namesInMoreWords)
  );
}

function hadSecondOrder(item: Shown): boolean {
  const { options } = item;
  return (
    isFixedByItself(item) ||
    options.some(({ text }) => written(text).some((words) => refersToOthers(words, options.length))) ||
    besideOptions(item).some(namesLettersOfOptions)
  );
}

const hadFirstOrder = (item: Shown): boolean =>
  isFixedByItself(item) || item.options.some(({ text }) => written(text).some((words) => firstNamesOthers(words)));

const RULES: Readonly<Record<OrderRule, (item: Shown) => boolean>> = {
  now: hasFixedOrder,
  second: hadSecondOrder,
  first: hadFirstOrder,
};

export const orderOptions = (
  item: Item,
  shuffled: <T>(list: readonly T[]) => T[],
  rule: OrderRule = 'now',
): readonly OptionId[] => {
  const ids = item.options.map(({ id }) => id);
  // As they are written, options of an order are its key.
  return item.kind !== 'order' && RULES[rule](item) ? ids : shuffled(ids);
};

/** Options where nobody draws: as they are written, which of an order or of pairs may be the key. There it is their ids, which say nothing. */
export function undrawnOptions(item: Shown): readonly OptionId[] {
  const { kind, options } = item;
  const ids = options.map(({ id }) => id);
  return kind === 'order' || (kind === 'match' && !hasFixedOrder(item)) ? ids.toSorted() : ids;
}
