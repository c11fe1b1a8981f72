import { describe, expect, it } from 'vitest';
import { Exam, templateRuleOf, USUAL_RECAPTURE, watchRule } from './exam.ts';
import { ExamPolicy, underPolicy } from './policy.ts';

const exam = Exam.parse({
  id: 'ex_a',
  title: { zh: '考试' },
  mode: 'formal',
  bankId: 'bk_a',
  blueprint: { rows: [{ kind: 'single', count: 25, marks: 4 }] },
  durationSeconds: 2_700,
  passMarks: 80,
  attempts: 2,
  recapture: USUAL_RECAPTURE,
});

describe('a policy', () => {
  it('that says nothing changes nothing', () => {
    expect(underPolicy(exam, ExamPolicy.parse({}), 100)).toEqual(exam);
  });

  it('changes what it names, and what it makes is an exam', () => {
    const policy = ExamPolicy.parse({
      ...{ minutes: 30, pass: 0.9, attempts: 1, twoProctors: ['terminate'] },
      recapture: { maxSeconds: 60, mismatch: { action: 'incident' } },
      watch: { 'looking-away': { action: 'note' }, 'phone-seen': { action: 'pause', until: 'proctor' } },
    });
    const made = Exam.parse(underPolicy(exam, policy, 100));
    expect(made).toMatchObject({ durationSeconds: 1_800, passMarks: 90, attempts: 1, twoProctors: ['terminate'] });
    expect(made.recapture).toMatchObject({ minSeconds: 20, maxSeconds: 60 });
    expect(made.recapture.onOutcome).toEqual({ ...USUAL_RECAPTURE.onOutcome, mismatch: { action: 'incident' } });
    expect(['looking-away', 'phone-seen', 'camera-covered'].map((what) => watchRule(made, what as never))).toEqual([
      { action: 'note' },
      { action: 'pause', until: 'proctor' },
      { action: 'pause', until: 'match' },
    ]);
  });

  it('says where the exam may be sat', () => {
    const policy = ExamPolicy.parse({ hosts: ['kiosk', 'browser'] });
    expect(Exam.parse(underPolicy(exam, policy, 100)).hosts).toEqual(['kiosk', 'browser']);
  });

  it('lets a mock exam be practised at home, and refuses it of an exam that counts', () => {
    const home = ExamPolicy.parse({ home: 'allowed', revealsKeys: true });
    const mock = Exam.parse(underPolicy({ ...exam, mode: 'mock' }, home, 100));
    expect([mock.home, mock.revealsKeys, exam.home]).toEqual(['allowed', true, undefined]);
    for (const mode of ['formal', 'gate'] as const)
      expect(() => underPolicy({ ...exam, mode }, home, 100)).toThrow('is sat at a station');
  });

  it('says how many faces of check-ins are compared with, and switches that off again', () => {
    const templateUpdate = { most: 2, days: 180 };
    const made = underPolicy(exam, ExamPolicy.parse({ templateUpdate }), 100);
    expect([templateRuleOf(exam), templateRuleOf(made)]).toEqual([undefined, templateUpdate]);
    expect(templateRuleOf(underPolicy(made, ExamPolicy.parse({ templateUpdate: 'off' }), 100))).toBeUndefined();
  });

  it.each([
    ['faces without end', { templateUpdate: { most: 2, days: 4_000 } }],
    ['more faces than photos', { templateUpdate: { most: 6, days: 30 } }],
    ['faces for no time', { templateUpdate: { most: 1 } }],
    ['a slip of the pen', { recaptures: {} }],
    ['an outcome nobody knows', { recapture: { 'no-fase': { action: 'note' } } }],
    ['an action nobody knows', { watch: { 'phone-seen': { action: 'punish' } } }],
    ['a pause that never ends', { watch: { 'phone-seen': { action: 'pause' } } }],
    ['no time', { minutes: 0 }],
    ['more than all marks', { pass: 1.2 }],
    ['two proctors for what is nobody’s', { twoProctors: ['answer'] }],
    ['no host', { hosts: [] }],
    ['a host named twice', { hosts: ['kiosk', 'kiosk'] }],
    ['nonsense', 'off'],
  ])('with %s is refused', (_, policy) => {
    expect(() => ExamPolicy.parse(policy)).toThrow();
  });

  it('that would look again sooner than at once is refused', () => {
    expect(() => underPolicy(exam, ExamPolicy.parse({ recapture: { minSeconds: 90 } }), 100)).toThrow();
  });
});
