import type { Blueprint } from '../../contract/words/blueprint.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { canonicalJson } from '../../proof/index.ts';
import { isOfPart, type Part } from './part.ts';

/** What an item asks about, where others may ask about the same. */
export const passagesIn = ({ items }: Bank): ((at: number) => string | undefined) => {
  const passages = items.map(({ passage }) => passage && canonicalJson(passage));
  return (at) => passages[at];
};

/** Of an item all that ask about the same passage, itself among them, as they are written; items as places in the bank. */
export function casesIn(bank: Bank): (at: number) => readonly number[] {
  const passageOf = passagesIn(bank);
  const cases = Map.groupBy(bank.items.keys(), (at) => passageOf(at) ?? at);
  return (at) => cases.get(passageOf(at) ?? at) ?? [at];
}

/** Whether an item is of a part. A case that stays whole is of one part as a whole: that of its first question. */
export function partsIn(bank: Bank, { rules }: Blueprint): (id: ItemId, part: Part) => boolean {
  if (!rules?.wholeCases) return isOfPart;
  const caseOf = casesIn(bank);
  const first = new Map(bank.items.map(({ id }, at) => [id, bank.items[caseOf(at)[0] ?? at]?.id ?? id]));
  return (id, part) => isOfPart(first.get(id) ?? id, part);
}
