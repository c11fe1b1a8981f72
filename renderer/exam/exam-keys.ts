import type { FormItem, Given } from '../../contract/words/form.ts';

/** What a key does during an exam: it answers the item on the screen, or goes to another. */
export type KeyMeaning =
  | { readonly kind: 'answer'; readonly given: Given }
  | { readonly kind: 'go'; readonly by: 1 | -1 };

/**
 * A to L choose the option with that letter, and take it back where several may be chosen; the arrows left and right turn
 * the page. Up and down belong to the options themselves.
 * @returns nothing where the key means nothing here
 */
export function meaningOf(key: string, item: FormItem, given: Given): KeyMeaning | undefined {
  if (key === 'ArrowRight') return { kind: 'go', by: 1 };
  if (key === 'ArrowLeft') return { kind: 'go', by: -1 };
  const at = /^[a-l]$/i.test(key) ? key.toUpperCase().charCodeAt(0) - 65 : -1;
  const option = item.options[at];
  // An order, or pairs, are no matter of one letter.
  if (!option || item.kind === 'order' || item.kind === 'match') return undefined;
  const { chosen } = given;
  if (item.kind !== 'multiple') return { kind: 'answer', given: { chosen: [option.id] } };
  const taken = chosen.includes(option.id);
  const next = taken ? chosen.filter((id) => id !== option.id) : [...chosen, option.id];
  return { kind: 'answer', given: { chosen: next } };
}
