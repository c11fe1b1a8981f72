import { expect, test } from 'vitest';
import { words as en } from './en.ts';
import { words as zh } from './zh.ts';

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '').sort();
const isValue = (name: string): boolean => !['one', 'other'].includes(name);

test.each(Object.keys(zh) as (keyof typeof zh)[])('%s says the same of the same things in both languages', (key) => {
  const chinese = namesIn(zh[key]);
  const english = namesIn(en[key]).filter((name) => isValue(name) && !/^[A-Z]/.test(name));
  expect([...new Set(english)].filter((name) => !chinese.includes(name))).toEqual([]);
  expect(en[key].trim()).not.toBe('');
});
