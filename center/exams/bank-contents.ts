import type { BankContents } from '../../contract/platform/exams.ts';
import { type Bank, ITEM_KINDS, type Item } from '../../contract/words/items.ts';

/** More nobody chooses from; a row may name any other as well. */
const MOST_NAMES = 300;

/** What there is in a bank to ask for. */
export function bankContents({ items }: Bank): BankContents {
  const of = (name: (item: Item) => string | undefined) =>
    counted(items.map(name).flatMap((one) => (one ? [one] : [])));
  return {
    items: items.length,
    kinds: ITEM_KINDS.map((kind) => ({ kind, items: items.filter((item) => item.kind === kind).length })),
    topics: counted(items.flatMap(({ topic }) => pathsOf(topic))),
    ...{ industries: of((item) => item.industry), areas: of((item) => item.area) },
    categories: of((item) => item.category),
    withDifficulty: items.filter(({ difficulty }) => difficulty !== undefined).length,
  };
}

/** A topic, and those above it: 用电/触电 and 用电. */
const pathsOf = (topic: string): readonly string[] =>
  topic === '' ? [] : topic.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));

const counted = (names: readonly string[]): BankContents['topics'] =>
  [...Map.groupBy(names, (name) => name)]
    .map(([name, all]) => ({ name, items: all.length }))
    .toSorted((a, b) => b.items - a.items || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_NAMES);
