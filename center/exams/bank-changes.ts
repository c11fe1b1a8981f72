import type { ItemId } from '../../contract/words/ids.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import { canonicalJson } from '../../proof/index.ts';

/** How a version of a bank differs from the one before, in numbers of items. */
export type BankChanges = { readonly added: number; readonly removed: number; readonly changed: number };

/**
 * The same item with another key or explanation keeps its id. One that asks something else has another: it is known by its question,
 * or where that was changed by what can be answered.
 */
export function bankChanges(before: Bank, after: Bank): BankChanges {
  const [old, now] = [byId(before), byId(after)];
  const revised = after.items.filter((item) => {
    const was = old.get(item.id);
    return was !== undefined && canonicalJson(was) !== canonicalJson(item);
  });
  const removed = before.items.filter(({ id }) => !now.has(id));
  const added = after.items.filter(({ id }) => !old.has(id));
  const byStem = pairs(removed, added, ({ stem, topic }) => `${topic} ${stem.zh}`);
  const rest = ({ left, right }: Pairs) => pairs(left, right, answersOf);
  const byAnswers = rest(byStem);
  return {
    added: byAnswers.right.length,
    removed: byAnswers.left.length,
    changed: revised.length + byStem.found + byAnswers.found,
  };
}

const byId = ({ items }: Bank): ReadonlyMap<ItemId, Item> => new Map(items.map((item) => [item.id, item]));

/** Right and wrong are the answers of half a bank. */
const answersOf = ({ kind, options }: Item): string | undefined =>
  kind === 'true-false' || options.length === 0
    ? undefined
    : JSON.stringify(options.map(({ text, pictures }) => [text?.zh, pictures]));

type Pairs = { readonly found: number; readonly left: readonly Item[]; readonly right: readonly Item[] };

/** Those of both sides that say the same, each once, and who is left. */
function pairs(left: readonly Item[], right: readonly Item[], sayingOf: (item: Item) => string | undefined): Pairs {
  const waiting = Map.groupBy(left, sayingOf);
  const alone = right.filter((item) => {
    const saying = sayingOf(item);
    return saying === undefined || waiting.get(saying)?.pop() === undefined;
  });
  const unmatched = new Set([...waiting.values()].flat());
  return {
    found: right.length - alone.length,
    left: left.filter((item) => unmatched.has(item)),
    right: alone,
  };
}
