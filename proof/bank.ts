import { BankId, ItemId, OptionId } from '../contract/words/ids.ts';
import {
  Bank,
  type BankFile,
  Item,
  type ItemDraft,
  type ItemOption,
  type OptionDraft,
} from '../contract/words/items.ts';
import type { Localized } from '../contract/words/localized.ts';
import { canonicalJson } from './canonical.ts';
import { hashOf } from './hash.ts';

/**
 * Gives an item its identity: the ids are hashes of what a candidate sees, so the same question in two banks is the same
 * item, and they tell nothing of the order the options were written in. The key is not in them either: whoever knows the question could try every
 * key until the hash fits.
 * @throws ZodError where the draft is no valid item (a key outside the options, two equal options).
 */
export function makeItem(draft: ItemDraft): Item {
  const { kind, stem, options, premises, key, ...about } = draft;
  const { unit, pictures, gaps, passage } = about;
  const shown = {
    ...{ ...(unit ? { unit } : {}), ...(pictures ? { pictures } : {}) },
    ...(gaps ? { gaps: gaps.length } : {}),
    ...(passage ? { passage } : {}),
    ...(premises ? { premises: premises.map(canonicalJson).sort() } : {}),
  };
  const asked = { kind, stem, options: options.map(canonicalJson).sort(), ...shown };
  const itemHash = hashOf(asked);
  const idOf = (said: object): OptionId => OptionId.parse(`op_${hashOf({ itemHash, ...said }).slice(0, 16)}`);
  const optionIds = options.map((text) => idOf({ text }));
  return Item.parse({
    id: ItemId.parse(`it_${itemHash.slice(0, 24)}`),
    kind,
    stem,
    options: options.map((option, at) => ({ id: optionIds[at], ...shownBy(option) })),
    ...(premises ? { premises: premises.map((premise) => ({ id: idOf({ premise }), ...shownBy(premise) })) } : {}),
    key: (kind === 'order' || kind === 'match' ? key : [...new Set(key)].sort((a, b) => a - b)).map(
      (at) => optionIds[at],
    ),
    ...about,
  });
}

const shownBy = ({ zh, en, pictures }: OptionDraft): Omit<ItemOption, 'id'> => ({
  ...(zh === undefined ? {} : { text: en === undefined ? { zh } : { zh, en } }),
  ...(pictures ? { pictures } : {}),
});

/** The bank a file describes. @throws ZodError where an item is not valid */
export const bankFromFile = ({ title, items }: BankFile): Bank => makeBank(title, items.map(makeItem));

/** What its items show. */
export const picturesFromFile = ({ pictures = {} }: BankFile): readonly Uint8Array[] =>
  Object.values(pictures).map((base64) => Buffer.from(base64, 'base64'));

/** A bank of distinct items, with its hash. */
export function makeBank(title: Localized, items: readonly Item[]): Bank {
  const distinct = [...new Map(items.map((item) => [item.id, item])).values()];
  const hash = hashOf(distinct);
  return Bank.parse({ id: BankId.parse(`bk_${hash.slice(0, 24)}`), title, hash, items: distinct });
}
