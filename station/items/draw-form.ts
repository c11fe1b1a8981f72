import type { Blueprint } from '../../contract/exam.ts';
import type { BankId, ItemId, OptionId, Sha256 } from '../../contract/ids.ts';
import { type Bank, ITEM_KINDS, type Item } from '../../contract/items.ts';
import { hashOf } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import { drawsFrom } from './random.ts';

export type DrawnItem = { readonly itemId: ItemId; readonly options: readonly OptionId[]; readonly marks: number };

/** A form without its texts: what is written down, and what bank, blueprint and seed give again. */
export type DrawnForm = {
  readonly bankId: BankId;
  readonly bankHash: Sha256;
  readonly blueprintHash: Sha256;
  readonly seed: string;
  readonly formHash: Sha256;
  readonly items: readonly DrawnItem[];
};

/**
 * Draws the paper one candidate gets: for each row of the blueprint that many items of its kind, options in an order of
 * their own (true/false keeps its usual order).
 * @throws Refusal `bank-too-small` naming the row that lacks items
 */
export function drawForm(bank: Bank, blueprint: Blueprint, seed: string): DrawnForm {
  const draws = drawsFrom(seed);
  // One shuffled pile a kind, taken from the top: two rows of the same kind never get the same item.
  const piles = new Map(
    ITEM_KINDS.map((kind) => [kind, draws.shuffled(bank.items.filter((item) => item.kind === kind))]),
  );
  const items = blueprint.rows.flatMap(({ kind, count, marks }) => {
    const taken = piles.get(kind)?.splice(0, count) ?? [];
    if (taken.length < count)
      throw new Refusal('bank-too-small', `${count} ${kind} items asked for, ${taken.length} left`);
    return taken.map((item) => ({ itemId: item.id, options: order(item, draws.shuffled), marks }));
  });
  const source = { bankId: bank.id, bankHash: bank.hash, blueprintHash: hashOf(blueprint), seed };
  return { ...source, formHash: hashOf(items), items };
}

const order = (item: Item, shuffled: <T>(list: readonly T[]) => T[]): OptionId[] => {
  const ids = item.options.map((option) => option.id);
  return item.kind === 'true-false' ? ids : shuffled(ids);
};
