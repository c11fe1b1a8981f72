import type { OptionId } from '../../contract/ids.ts';
import type { Item } from '../../contract/items.ts';

/**
 * Texts that mean other options by where they stand: 以上都对, A和B, all of the above. Shuffled, they would say something
 * else; a letter alone (A级, B类, 维生素C) means no option.
 */
const NAMES_OTHERS = [
  /(以上|上述|上面|前面|前述)(各|全|都|均|皆|两|二|三|四|几|所有|答案|选项|说法|三项|都不|全部)/,
  /(^|[^A-Za-z])[A-F]\s*([和与或及、,，+&]|以及|或者)\s*[A-F]([^A-Za-z]|$)/,
  /(选项|答案)\s*[A-F]([^A-Za-z]|$)/,
  /\b(all|none|both|any) of (the above|these)\b/i,
];

/** Whether the options of an item must stay where they were written. */
export function hasFixedOrder({ kind, options }: Pick<Item, 'kind' | 'options'>): boolean {
  // Right comes before wrong everywhere.
  if (kind === 'true-false') return true;
  return options.some(({ text: { zh } }) => NAMES_OTHERS.some((pattern) => pattern.test(zh)));
}

export const orderOptions = (item: Item, shuffled: <T>(list: readonly T[]) => T[]): readonly OptionId[] => {
  const ids = item.options.map(({ id }) => id);
  return hasFixedOrder(item) ? ids : shuffled(ids);
};
