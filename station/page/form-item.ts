import type { FormItem } from '../../contract/words/form.ts';
import type { Item } from '../../contract/words/items.ts';
import type { Sitting } from '../core/sitting/index.ts';
import type { Practising } from '../steps/index.ts';

type DrawnForm = NonNullable<Sitting['form']>;
type DrawnItem = DrawnForm['items'][number];

/** An item as the page has it: options in their order, and no key. */
export function withoutKey(item: Item, { options, marks }: Omit<DrawnItem, 'itemId'>): FormItem {
  const inOrder = options.flatMap((id) => item.options.find((option) => option.id === id) ?? []);
  return {
    itemId: item.id,
    kind: item.kind,
    stem: item.stem,
    ...(item.pictures ? { pictures: item.pictures } : {}),
    options: inOrder,
    ...(item.unit ? { unit: item.unit } : {}),
    marks,
  };
}

export const itemFor = ({ banks }: Pick<Practising, 'banks'>, { bankId }: DrawnForm, drawn: DrawnItem): FormItem =>
  withoutKey(banks.item(bankId, drawn.itemId), drawn);
