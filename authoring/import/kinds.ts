import { ITEM_KINDS, type ItemKind } from '../../contract/words/items.ts';
import { compact } from './cells.ts';

/** `choice`: a bare 选择题, which the number of letters in the key tells apart. */
export type WrittenKind = ItemKind | 'choice';

/** What each kind is called by those who write banks. */
const KINDS: Readonly<Record<ItemKind, RegExp>> = {
  'true-false': /判断|是非|对错|正误|真假|^(true[-/]?false|judge|judgement|tf)$/i,
  multiple: /多(项|向)?选|多项|不定项|^(multiple|multi)(-?choice)?$/i,
  single: /单(项|向)?选|单项|^single(-?choice)?$/i,
  numeric: /数字(类)?(填空)?题|填数|数值题|计算题|^numeric(al)?$/i,
  text: /(?<!数字类?)填空|简答|问答|^(short-?answer|fill-?in(-?the)?-?blanks?|cloze)$/i,
  order: /排序|(顺序|次序|先后|步骤|排列)题|^(order(ing)?|sequenc(e|ing)|re-?arrange)$/i,
  match: /连线题|匹配题|配对题|^(连线|匹配|配对)$|^match(ing)?$/i,
};
/** 选择题, and 数字类选择题, whose options are numbers. */
const CHOICE = /选择题?$/;

/** The kind a cell, a section title or a sheet's name speaks of; undefined where it speaks of none or of several. */
export function readKind(text: string): WrittenKind | undefined {
  const written = compact(text);
  // A sentence that happens to mention 判断 is no kind.
  if (written.length > 40) return undefined;
  const spoken = ITEM_KINDS.filter((kind) => KINDS[kind].test(written));
  if (spoken.length === 0 && CHOICE.test(written)) return 'choice';
  return spoken.length === 1 ? spoken[0] : undefined;
}
