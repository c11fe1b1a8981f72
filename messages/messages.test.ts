import { type IntlMessageFormat as Format, IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../contract/words/localized.ts';
import { REASONS, ReasonCode } from '../contract/words/reasons.ts';
import { centerReasons as enCenter } from './en/center-reasons.ts';
import { words as en, reasons as enReasons } from './en/index.ts';
import { explain, type MessageKey, translator } from './index.ts';
import { explainAtCommandLine, explainOfCenter } from './of-center.ts';
import { centerReasons as zhCenter } from './zh/center-reasons.ts';
import { words as zh, reasons as zhReasons } from './zh/index.ts';

const KEYS = Object.keys(zh) as MessageKey[];
const HAN = /\p{Script=Han}/u;

type Parts = ReturnType<Format['getAst']>;

/** Every argument a message asks for. */
function argumentsOf(text: string, locale: string): readonly string[] {
  const names = new Set<string>();
  const visit = (parts: Parts): void => {
    for (const part of parts) {
      if ('value' in part && part.type !== 0) names.add(part.value);
      if ('options' in part) for (const { value } of Object.values(part.options)) visit(value);
    }
  };
  visit(new IntlMessageFormat(text, locale).getAst());
  return [...names].sort();
}

it('a reason that only a later program has is said to be unknown, with its word', () => {
  const code = ReasonCode.parse('mask-worn');
  expect(explain(code, 'zh')).toBe('未知原因：mask-worn。写下它的程序比这一个新。');
  expect(explainAtCommandLine(code, 'en')).toContain('Unknown reason: mask-worn.');
});

describe('the words on the screen', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it.each(KEYS)('%s asks for the same values in both languages', (key) => {
    expect(argumentsOf(en[key], 'en')).toEqual(argumentsOf(zh[key], 'zh'));
  });

  it.each(KEYS)('%s comes out whole for none, one and many', (key) => {
    const names = argumentsOf(en[key], 'en');
    for (const locale of LOCALES) {
      for (const count of [0, 1, 7]) {
        const text = translator(locale)(key, Object.fromEntries(names.map((name) => [name, count])));
        expect(text.trim()).not.toBe('');
        expect(text).not.toMatch(/[{}]|undefined|plural/);
        // Chinese has one form for all; English writes "1 item" and "7 items" and always says how many.
        for (const _ of names) expect(text).toContain(String(count));
      }
    }
  });

  it('are Chinese in Chinese and English in English, but for the name of the other language', () => {
    const keys = KEYS.filter((key) => key !== 'app.language');
    expect(keys.filter((key) => !HAN.test(zh[key].replace(/\{.*?\}/g, '')))).toEqual([]);
    expect(keys.filter((key) => HAN.test(en[key]))).toEqual([]);
  });

  it('count in English', () => {
    const say = translator('en');
    expect([say('desk.unjudged', { count: 1 }), say('desk.unjudged', { count: 2 })]).toEqual([
      '1 incident is not judged yet (proctor)',
      '2 incidents are not judged yet (proctor)',
    ]);
  });

  it('show what a candidate typed as it is, markup and braces and all', () => {
    expect(translator('zh')('consent.title', { name: '<b>{x}</b>' })).toBe('<b>{x}</b>，请确认');
  });
});

describe('the reasons', () => {
  it('have exactly one sentence each in both languages', () => {
    // Words for one reason stand in one place.
    expect(Object.keys(zhReasons).filter((reason) => reason in zhCenter)).toEqual([]);
    expect(Object.keys({ ...zhReasons, ...zhCenter }).sort()).toEqual([...REASONS].sort());
    expect(Object.keys({ ...enReasons, ...enCenter }).sort()).toEqual([...REASONS].sort());
  });

  it.each(REASONS)('%s is explained in Chinese and in English', (reason) => {
    expect(explainOfCenter(reason, 'zh')).toMatch(HAN);
    expect(explainOfCenter(reason, 'en')).toMatch(/^[A-Z].*\.$/);
    expect(explainOfCenter(reason, 'en')).not.toMatch(HAN);
    expect(explainAtCommandLine(reason, 'zh')).toMatch(HAN);
    expect(explainAtCommandLine(reason, 'en')).toMatch(/^[A-Z].*\.$/);
    expect(explainAtCommandLine(reason, 'en')).not.toMatch(HAN);
  });

  it('are told apart: no two say the same', () => {
    for (const locale of LOCALES)
      expect(new Set(REASONS.map((reason) => explainOfCenter(reason, locale))).size).toBe(REASONS.length);
  });
});
