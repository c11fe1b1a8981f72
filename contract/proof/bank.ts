import { BankId, ItemId, OptionId } from '../ids.ts';
import { Bank, Item, type ItemKind } from '../items.ts';
import type { Localized } from '../localized.ts';
import { hashOf } from './hash.ts';

/** An item as somebody wrote it: options in order, the key as positions in that order. */
export type ItemDraft = {
  readonly kind: ItemKind;
  readonly stem: Localized;
  readonly options: readonly Localized[];
  readonly key: readonly number[];
  readonly topic: string;
};

/**
 * Gives an item its identity: the ids are hashes of the content, so the same question in two banks is the same item, and
 * an option's id tells neither its place nor whether it is right.
 * @throws ZodError where the draft is no valid item (a key outside the options, two equal options).
 */
export function makeItem(draft: ItemDraft): Item {
  const { kind, stem, options, key, topic } = draft;
  const itemHash = hashOf({ kind, stem, options, key });
  const optionIds = options.map((text) => OptionId.parse(`op_${hashOf({ itemHash, text }).slice(0, 16)}`));
  return Item.parse({
    id: ItemId.parse(`it_${itemHash.slice(0, 24)}`),
    kind,
    stem,
    options: options.map((text, at) => ({ id: optionIds[at], text })),
    key: [...new Set(key)].sort((a, b) => a - b).map((at) => optionIds[at]),
    topic,
  });
}

/** A bank of distinct items, with its hash. */
export function makeBank(title: Localized, items: readonly Item[]): Bank {
  const distinct = [...new Map(items.map((item) => [item.id, item])).values()];
  const hash = hashOf(distinct);
  return Bank.parse({ id: BankId.parse(`bk_${hash.slice(0, 24)}`), title, hash, items: distinct });
}
