import type { FormItem } from '../../contract/words/form.ts';
import type { Item } from '../../contract/words/items.ts';
import type { DrawnItem } from './assemble.ts';

/** An item as the page has it: options in their order, and no key. */
export function withoutKey(item: Item, { options, marks }: Omit<DrawnItem, 'itemId'>): FormItem {
  const inOrder = options.flatMap((id) => item.options.find((option) => option.id === id) ?? []);
  return {
    itemId: item.id,
    kind: item.kind,
    stem: item.stem,
    ...(item.pictures ? { pictures: item.pictures } : {}),
    ...(item.passage ? { passage: item.passage } : {}),
    options: inOrder,
    ...(item.premises ? { premises: item.premises } : {}),
    ...(item.unit ? { unit: item.unit } : {}),
    ...(item.gaps ? { gaps: item.gaps.length } : {}),
    marks,
  };
}
