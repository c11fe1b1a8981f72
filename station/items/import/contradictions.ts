import type { Item } from '../../../contract/items.ts';

/** Marks people put differently when they type the same question twice; a dot is not among them, for 1.5 is not 15. */
const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s,;:。()]+/g, '')
    .replace(/\.$/, '');

const optionTexts = (item: Item, of: 'all' | 'right'): readonly string[] =>
  item.options
    .filter(({ id }) => of === 'all' || item.key.includes(id))
    .map(({ text }) => squeeze(text.zh))
    .sort();

/** The ids of items that ask the same question with the same options and call different ones right. */
export function contradictedIds(items: readonly Item[]): ReadonlySet<string> {
  const byQuestion = Map.groupBy(items, (item) =>
    JSON.stringify([item.kind, squeeze(item.stem.zh), ...optionTexts(item, 'all')]),
  );
  const contradicted = [...byQuestion.values()].filter(
    (same) => new Set(same.map((item) => JSON.stringify(optionTexts(item, 'right')))).size > 1,
  );
  return new Set(contradicted.flat().map(({ id }) => id));
}
