import type { Item, ItemDraft } from '../../contract/words/items.ts';

/** An item as somebody could have written it. */
export function draftOf({ id: _, options, key, ...rest }: Item): ItemDraft {
  const right = new Set(key);
  return {
    ...rest,
    options: options.map(({ text, pictures }) => ({ ...text, ...(pictures ? { pictures } : {}) })),
    key: options.flatMap(({ id }, at) => (right.has(id) ? [at] : [])),
  };
}
