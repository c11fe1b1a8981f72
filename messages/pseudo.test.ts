import { describe, expect, it } from 'vitest';
import { ReasonCode } from '../contract/words/reasons.ts';
import { words as en } from './en/index.ts';
import type { MessageKey } from './index.ts';
import { accented, PSEUDO_LOCALES, pseudoSpeech } from './pseudo.ts';

const KEYS = Object.keys(en) as MessageKey[];
const VALUES = Object.fromEntries(
  KEYS.flatMap((key) => [...en[key].matchAll(/\{(\w+)/g)].map(([, name]) => [name, 7])),
);

describe('a language that nobody speaks', () => {
  it('has other letters, and more of them', () => {
    expect(accented('Process the form')).toBe('Ṕŕœćéšš··· ţĥé·· ƒœŕɱ··');
  });

  it('keeps what is filled in, and counts', () => {
    const { t } = pseudoSpeech('pseudo');
    expect(t('consent.title', { name: 'Li Na' })).toBe('⟦Li Na, ṕłéàšé··· ćœñƒíŕɱ···⟧');
    expect([1, 2].map((marks) => t('exam.marks', { marks }))).toEqual(['⟦1 ɱàŕķ··⟧', '⟦2 ɱàŕķš··⟧']);
  });

  it.each(PSEUDO_LOCALES)('says nothing in plain letters (%s), in no message and no reason', (kind) => {
    const { t, explain } = pseudoSpeech(kind);
    const said = [...KEYS.map((key) => t(key, VALUES)), explain('no-face')];
    expect(said.filter((text) => /[A-Za-z]|[{}]/.test(text))).toEqual([]);
    expect(explain(ReasonCode.parse('mask-worn'))).toContain('mask-worn');
  });

  it('runs from right to left where it is asked to', () => {
    const { direction, t } = pseudoSpeech('rtl');
    expect([direction, t('common.back')]).toEqual(['rtl', '\u202b⟦Ƀàćķ··⟧\u202c']);
    expect(pseudoSpeech('pseudo').direction).toBe('ltr');
  });
});
