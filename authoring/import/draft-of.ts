import type { Item, ItemDraft, ItemOption, OptionDraft } from '../../contract/words/items.ts';

/** An item as somebody could have written it. */
export function draftOf({ id: _, options, premises, key, ...rest }: Item): ItemDraft {
  return {
    ...rest,
    options: options.map(draftOption),
    ...(premises ? { premises: premises.map(draftOption) } : {}),
    // In its own order: of what is to be put into one it is the answer.
    key: key.map((id) => options.findIndex((option) => option.id === id)),
  };
}

const draftOption = ({ text, pictures }: ItemOption): OptionDraft => ({ ...text, ...(pictures ? { pictures } : {}) });
