import type { Bank, Item } from '../../contract/words/items.ts';

/** Items by id, with their keys: what somebody who knows everything has in mind. */
export type Keys = ReadonlyMap<string, Item>;

export const keysOf = (bank: Bank): Keys => new Map(bank.items.map((item) => [item.id as string, item]));
