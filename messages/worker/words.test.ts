import { describe, expect, test } from 'vitest';
import { appealEndpoints } from '../../contract/platform/appeals.ts';
import { APPEAL_GROUNDS, AppealWords, MOST_ADDED } from '../../contract/words/appeal-words.ts';
import { LOCALES } from '../../contract/words/localized.ts';
import { words as en } from './en.ts';
import { groundIn, WORKER_WORDS } from './index.ts';
import { words as zh } from './zh.ts';

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? '').sort();

test.each(Object.keys(zh) as (keyof typeof zh)[])('%s says the same of the same things in both languages', (key) => {
  expect([...new Set(namesIn(en[key]))]).toEqual([...new Set(namesIn(zh[key]))]);
  expect(en[key].trim()).not.toBe('');
});

test('days are counted in English as English counts', () => {
  expect([1, 2].map((days) => WORKER_WORDS.en('own.days-left', { days }))).toEqual(['1 day left', '2 days left']);
});

describe('an appeal', () => {
  test('as an inspector reads it is one that the contract takes, whatever was chosen and added', () => {
    const taken = appealEndpoints.make.body?.shape.reason;
    for (const locale of LOCALES)
      for (const ground of APPEAL_GROUNDS)
        for (const text of ground === 'other' ? ['停电', '字'.repeat(MOST_ADDED)] : ['', '字'.repeat(MOST_ADDED)])
          expect(taken?.safeParse(groundIn(locale, { ground, text }))?.success, `${locale} ${ground}`).toBe(true);
  });

  test('says what it is where it is something else, and no more than fits', () => {
    const says = (ground: string, text: string) => AppealWords.safeParse({ ground, text }).success;
    expect([says('other', ''), says('other', ' 空 '), says('other', '停电'), says('marks', '')]).toEqual([
      ...[false, false, true, true],
    ]);
    expect([says('marks', '字'.repeat(MOST_ADDED + 1)), says('weather', '下雨')]).toEqual([false, false]);
  });
});
