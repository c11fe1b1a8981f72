import { describe, expect, it } from 'vitest';
import type { ItemDraft } from '../../contract/words/items.ts';
import { makeItem } from '../../proof/index.ts';
import { hasFixedOrder } from './option-order.ts';
import { BESIDE, OPTIONS } from './references.fixture.ts';

const list = (words: string): readonly string[] => words.split('|');
const stays = (draft: Partial<ItemDraft>): boolean =>
  hasFixedOrder(makeItem({ kind: 'single', stem: { zh: '先做什么？' }, options: [], key: [0], topic: '', ...draft }));
const options = (...texts: readonly string[]) => ({ options: texts.map((zh) => ({ zh })) });

describe.each(OPTIONS)('an order of options where one speaks of others by $by', ({ kept, free }) => {
  it.each(list(kept))('%s stays', (text) => expect(stays(options('停电', '验电', '接地', text))).toBe(true));
  it.each(list(free))('%s may change', (text) => expect(stays(options('停电', '验电', '接地', text))).toBe(false));
});

describe.each(BESIDE)('an order of options that an explanation calls by $by', ({ kept, free }) => {
  const explained = (zh: string) => ({ ...options('停电', '验电', '接地'), explanation: { zh } });
  it.each(list(kept))('%s stays', (text) => expect(stays(explained(text))).toBe(true));
  it.each(list(free))('%s may change', (text) => expect(stays(explained(text))).toBe(false));
});

describe('figures alone', () => {
  it.each(['12', '13', '2 4', '1.3'])('are places where others are words: %s', (text) =>
    expect(stays(options('停电', '验电', '接地', text))).toBe(true),
  );

  it('are amounts where all are, or where there are not so many options', () => {
    expect(stays(options('12', '24', '36', '42'))).toBe(false);
    for (const amount of ['15', '3', '1.1', '42']) expect(stays(options('停电', '验电', '接地', amount))).toBe(false);
  });
});
