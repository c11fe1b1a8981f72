import type { OptionId } from '../../contract/words/ids.ts';
import type { Item } from '../../contract/words/items.ts';

/**
 * Texts that mean other options by where they stand: 以上都对, A和B, all of the above. Shuffled, they would say something
 * else; a letter alone (A级, B类, 维生素C) means no option.
 */
const NAMES_OTHERS = [
  // 以上都对, 上述情况可能都有, 以上五项; not 10米以上, 以上海为例.
  /(?<![\d%℃°米级层台人年月日时分岁度伏安千瓦吨及以])(以上|上述|上面|前述)(?!海)[^,，。;；]{0,6}(都|全|均|皆|各|任|两|二|三|四|五|几|多|所有|答案|选项|说法|情况|方法|措施|一起)/,
  /前[两二三四五]项|第[一二三四五六]项|[两二三四五]者(都|均|皆)/,
  /(^|[^A-Z])[A-F]\s*([和与或及、,+&]|以及|或者|AND|OR)\s*[A-F]([^A-Z]|$)/,
  /^[^A-Z]*[A-F]{2,}\s*(都|均|皆|全|项|对|正确|错)/,
  /(选项|答案)\s*[A-F]([^A-Z]|$)/,
  /\b(ALL|NONE|BOTH|ANY|NEITHER) OF( THE)? (ABOVE|THESE)\b/,
];

const namesOthers = (text: string | undefined): boolean => {
  // Full width, half width, lower case: all the same to a reader.
  const folded = (text ?? '').normalize('NFKC').toUpperCase();
  return NAMES_OTHERS.some((pattern) => pattern.test(folded));
};

/** Whether the options of an item must stay where they were written. */
export function hasFixedOrder({ kind, options, fixedOrder }: Pick<Item, 'kind' | 'options' | 'fixedOrder'>): boolean {
  // Right comes before wrong everywhere.
  if (fixedOrder || kind === 'true-false') return true;
  return options.some(({ text }) => namesOthers(text?.zh) || namesOthers(text?.en));
}

/** Options where nobody draws: as they are written, which of an order may be its key. There it is their ids, which say nothing. */
export function undrawnOptions({ kind, options }: Pick<Item, 'kind' | 'options'>): readonly OptionId[] {
  const ids = options.map(({ id }) => id);
  return kind === 'order' ? ids.toSorted() : ids;
}

export const orderOptions = (item: Item, shuffled: <T>(list: readonly T[]) => T[]): readonly OptionId[] => {
  const ids = item.options.map(({ id }) => id);
  // As they are written, options of an order are its key.
  return item.kind !== 'order' && hasFixedOrder(item) ? ids : shuffled(ids);
};
