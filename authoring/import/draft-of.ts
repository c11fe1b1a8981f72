import type { Item, ItemDraft } from '../../contract/words/items.ts';

/** An item as somebody could have written it. */
export function draftOf({ id: _, options, key, ...rest }: Item): ItemDraft {
  return {
    ...rest,
    options: options.map(({ text, pictures }) => ({ ...text, ...(pictures ? { pictures } : {}) })),
    // In its own order: of what is to be put into one it is the answer.
    key: key.map((id) => options.findIndex((option) => option.id === id)),
  };
}
