import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markForm } from '../authoring/marking/index.ts';
import type { ItemId, OptionId } from '../contract/words/ids.ts';
import type { RemarkCode } from '../contract/words/remarks.ts';
import { MORNING, openForge, satOf, type Wish } from './exported.fixture.ts';
import { verifyProofFile } from './index.ts';
import type { VerifyPolicy } from './verify-remarks.ts';

type Changes = NonNullable<Parameters<typeof satOf>[1]>;

async function checked(records: ReturnType<typeof satOf>[], wish: Wish = {}, policy: VerifyPolicy = {}) {
  const forge = openForge();
  const { text } = await forge.exports(records, wish);
  return verifyProofFile(new TextEncoder().encode(text), forge.key, policy);
}
const verdictOf = async (changes: Changes, wish: Wish = {}): Promise<string> => {
  const outcome = await checked([satOf(1, changes)], wish);
  return outcome.ok ? outcome.summary.verdict : outcome.reason;
};
const remarksOf = async (
  changes: Changes,
  wish: Wish = {},
  policy: VerifyPolicy = {},
): Promise<readonly RemarkCode[]> => {
  const outcome = await checked([satOf(1, changes)], wish, policy);
  return outcome.ok ? outcome.summary.remarks.map(({ code }) => code) : [];
};

const answer = (n: number, marks: number, more: object = {}) => ({
  itemId: `it_${n}`,
  chosen: ['op_1'],
  marks,
  ...more,
});
const lesson = (n: number, more: object = {}) => ({
  lessonId: `le_${n}`,
  seconds: 60,
  total: 60,
  complete: true,
  ...more,
});
const course = (learning: object = {}, changes: Changes = {}): Changes => ({
  exam: { id: 'ex_1', title: { zh: '入厂' }, mode: 'learning' },
  learning: {
    courseId: 'co_1',
    courseHash: '6'.repeat(64),
    lessons: [lesson(1), lesson(2)],
    complete: true,
    ...learning,
  },
  ...changes,
});
const incident = (reason: string, at: string = MORNING.startedAt) => ({ id: 'in_1', reason, at, paused: false });
const restarted = { incidents: [incident('station-restarted')] };
/** What it says of its own times. */
const timed = (time: object, changes: Changes = {}): Changes => ({
  format: 'exam-station/record@9',
  time: { lower: null, token: null, jumps: [], boots: 0, ...time },
  ...changes,
});
const BACKWARDS = { submittedAt: '2026-12-01T07:40:00.000Z' };
const JUMPS = [{ at: MORNING.startedAt, ms: -3_600_000 }];
const MOVED = { stationId: 'st_other', sittingId: 'si_0', root: 'si_0', ledger: { sequence: 3, head: '4'.repeat(64) } };

describe('a record that any station writes', () => {
  it.each<[string, Changes]>([
    ['with one answer that was right', {}],
    ['that failed', { marks: 79 }],
    ['with nothing answered', { marks: 0, answers: [answer(1, 0, { chosen: [] })] }],
    ['with exactly the marks to pass', { marks: 80 }],
    ['with a number as an answer', { answers: [answer(1, 80.5, { chosen: [], typed: '12.5' })] }],
    ['whose marks are of binary fractions', { marks: 80.3, answers: [answer(1, 80), answer(2, 0.1), answer(3, 0.2)] }],
    ['of which everybody passes', { marks: 0, passMarks: 0, answers: [] }],
    ['of a course that was passed', course()],
    [
      'of a course that is not complete',
      course({ lessons: [lesson(1, { complete: false })], complete: false }, { passed: false }),
    ],
    ['of a course that asks nothing', course({}, { marks: 0, passMarks: 0, fullMarks: 0, answers: [] })],
    [
      'that began at another station before this one was certified',
      { startedAt: '2026-12-01T05:00:00.000Z', continues: MOVED },
    ],
    ['whose clock was set back while the station was off', { startedAt: '2026-12-01T09:30:00.000Z', ...restarted }],
    [
      'whose clock was set back while nobody wrote an incident',
      timed({ jumps: JUMPS }, { startedAt: '2026-12-01T09:30:00.000Z' }),
    ],
    ['whose station was started anew within', timed({ boots: 1 }, { startedAt: '2026-12-01T09:30:00.000Z' })],
    ['begun a little before the certificate, by a clock that is off', { startedAt: '2026-12-01T05:51:00.000Z' }],
  ])('%s is proven', async (_, changes) => {
    expect(await verdictOf(changes)).toBe('proven');
  });

  it('is proven whatever was answered and marked', async () => {
    const item = fc.record({
      marks: fc.constantFrom(0.1, 0.25, 0.7, 1, 1.1, 2),
      right: fc.boolean(),
      blank: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 40 }), fc.nat(30), async (form, passMarks) => {
        const drawn = form.map(({ marks }, n) => ({
          itemId: `it_${n}` as ItemId,
          options: ['op_1', 'op_2'] as OptionId[],
          marks,
        }));
        const chosen = (id: ItemId): OptionId[] => {
          const { right, blank } = form[drawn.findIndex(({ itemId }) => itemId === id)] as (typeof form)[number];
          return blank ? [] : [(right ? 'op_1' : 'op_2') as OptionId];
        };
        const { marks, items } = markForm(
          drawn,
          (id) => ({ chosen: chosen(id) }),
          () => ({ kind: 'single', key: ['op_1' as OptionId] }),
        );
        expect(await verdictOf({ marks, answers: items, passMarks, passed: marks >= passMarks })).toBe('proven');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a record that no station writes is refused', () => {
  it.each<[string, Changes, string]>([
    ['passed below the marks that pass', { marks: 79, passed: true }, 'passed-inconsistent'],
    ['failed with marks enough', { passed: false }, 'passed-inconsistent'],
    ['marks that its answers have not', { answers: [answer(1, 2)] }, 'marks-inconsistent'],
    ['marks without an answer', { answers: [] }, 'marks-inconsistent'],
    ['marks for nothing chosen', { answers: [answer(1, 80.5, { chosen: [] })] }, 'marks-inconsistent'],
    [
      'marks for a number that is blank',
      { answers: [answer(1, 80.5, { chosen: [], typed: ' ' })] },
      'marks-inconsistent',
    ],
    ['marks below none for an answer', { answers: [answer(1, 81.5), answer(2, -1)] }, 'marks-inconsistent'],
    ['marks below none', { marks: -1, answers: [answer(1, -1)] }, 'marks-inconsistent'],
    ['more than full marks', { marks: 100.5 }, 'marks-inconsistent'],
    ['less than none to pass', { marks: 0, passMarks: -1, answers: [] }, 'marks-inconsistent'],
    ['an item answered twice', { answers: [answer(1, 40), answer(1, 40.5)] }, 'answer-repeated'],
    [
      'a course passed that is not complete',
      course({ lessons: [lesson(1, { complete: false })], complete: false }),
      'passed-inconsistent',
    ],
    [
      'a course that is complete without a lesson of it',
      course({ lessons: [lesson(1, { complete: false })] }),
      'study-inconsistent',
    ],
    ['more study than the sitting lasted', course({ lessons: [lesson(1, { seconds: 2_391 })] }), 'study-inconsistent'],
    ['a lesson studied twice', course({ lessons: [lesson(1), lesson(1)] }), 'study-inconsistent'],
    ['handed in before it began', { submittedAt: '2026-12-01T07:40:00.000Z' }, 'times-inconsistent'],
    ['handed in before it began, by a clock that nobody set', timed({}, BACKWARDS), 'times-inconsistent'],
    ['begun before its station was certified', { startedAt: '2026-12-01T05:49:00.000Z' }, 'times-inconsistent'],
    [
      'of 1970',
      { startedAt: '1970-01-01T00:00:00.000Z', submittedAt: '1970-01-01T01:00:00.000Z' },
      'times-inconsistent',
    ],
    ['handed in after its batch was made', { submittedAt: '2026-12-01T08:52:00.000Z' }, 'times-inconsistent'],
  ])('%s', async (_, changes, reason) => {
    expect(await verdictOf(changes)).toBe(reason);
  });

  it.each<[string, Wish]>([
    ['logged before its batch was made', { loggedAt: '2026-12-01T08:30:00.000Z' }],
    [
      'logged before it was handed in',
      { header: { createdAt: '2026-12-01T08:31:00.000Z' }, loggedAt: '2026-12-01T08:29:00.000Z' },
    ],
    ['logged when this program was not there, and the batch too', { loggedAt: '1970-01-01T00:00:00.000Z' }],
    ['certified after it began', { issuedAt: '2026-12-01T08:11:00.000Z' }],
    ['certified in 1970', { issuedAt: '1970-01-01T00:00:00.000Z' }],
  ])('%s, and says both times', async (_, wish) => {
    expect(await checked([satOf(1)], wish)).toMatchObject({
      ok: false,
      reason: 'times-inconsistent',
      detail: expect.stringMatching(/\d{4}-\d\d-\d\dT.*\d{4}-\d\d-\d\dT/),
    });
  });

  it('one sitting twice in its batch', async () => {
    const outcome = await checked([satOf(1), satOf(2), satOf(1, { marks: 90 })]);
    expect(outcome).toMatchObject({ ok: false, reason: 'sitting-repeated', detail: 'si_1 is in the batch twice' });
  });

  it.each([
    ['a first batch that follows another', { number: 1, previous: '5'.repeat(64) }],
    ['a later batch that follows none', { number: 2, previous: null }],
  ])('%s', async (_, header) => {
    expect(await verdictOf({}, { header })).toBe('chain-broken');
  });
});

describe('without a receipt', () => {
  it('it is signed, and no more', async () => {
    expect(await verdictOf({}, { loggedAt: null })).toBe('signed-only');
  });

  it('it is held to the same', async () => {
    expect(await verdictOf({ answers: [] }, { loggedAt: null })).toBe('marks-inconsistent');
    expect(
      await verdictOf({ startedAt: MORNING.submittedAt, submittedAt: MORNING.startedAt }, { loggedAt: null }),
    ).toBe('times-inconsistent');
  });
});

describe('what was logged before anything was held to its answers', () => {
  const before = { issuedAt: '2026-11-20T06:00:00.000Z', header: { createdAt: '2026-11-20T08:41:00.000Z' } };
  const sat = {
    startedAt: '2026-11-20T08:00:00.000Z',
    submittedAt: '2026-11-20T08:40:00.000Z',
    answers: [answer(1, 2)],
  };

  it('is proven as it was, and the answers are remarked', async () => {
    const wish = { ...before, loggedAt: '2026-11-20T08:42:00.000Z' };
    expect(await verdictOf(sat, wish)).toBe('proven');
    expect(await remarksOf(sat, wish)).toEqual(['marks-unexplained']);
  });

  it('is refused where a center has logged it since, or none has', async () => {
    expect(await verdictOf(sat, { ...before, loggedAt: MORNING.loggedAt })).toBe('marks-inconsistent');
    expect(await verdictOf(sat, { ...before, loggedAt: null })).toBe('marks-inconsistent');
  });
});

describe('remarked is', () => {
  const overridden = { how: 'overridden', by: 'pr_zhao', note: '证件相符', reason: 'mismatch' };
  const decided = (more: object, at: string = MORNING.startedAt) => ({
    action: 'reviewed',
    by: 'pr_zhao',
    at,
    ...more,
  });
  const reviewed = (...verdicts: readonly string[]) => ({
    incidents: [incident('phone-seen')],
    decisions: verdicts.map((verdict) => decided({ incidentId: 'in_1', verdict })),
  });

  it.each<[RemarkCode | 'nothing', string, Changes]>([
    ['nothing', 'an exam in the locked kiosk', {}],
    ['nothing', 'practice in a browser but that it is', course({}, { hosts: ['browser'] })],
    ['host-not-locked', 'a formal exam in a browser, for a while', { hosts: ['kiosk', 'browser'] }],
    ['identity-overridden', 'somebody whom a proctor let in', { identity: overridden }],
    ['pass-marks-none', 'a formal exam that everybody passes', { passMarks: 0 }],
    ['not-formal', 'practice', { exam: { id: 'ex_1', title: { zh: '练习' }, mode: 'mock' } }],
    ['incident-confirmed', 'passed with a confirmed incident', reviewed('dismissed', 'confirmed')],
    ['nothing', 'an incident that was dismissed after all', reviewed('confirmed', 'dismissed')],
    ['nothing', 'failed with a confirmed incident', { marks: 12, ...reviewed('confirmed') }],
    ['reason-unknown', 'a word of later', { incidents: [incident('mask-worn')] }],
    ['clock-moved', 'a clock that was set', { incidents: [incident('clock-set')] }],
    ['clock-moved', 'a clock that was set, with no incident', timed({ jumps: JUMPS })],
    ['nothing', 'a station that was started anew', timed({ boots: 1 })],
    ['time-contradicted', 'a time that nobody signed', timed({ token: 'a.b.c' })],
    ['time-contradicted', 'begun long after the center said another time', timed({ lower: MORNING.loggedAt })],
    ['active-longer', 'more exam time than passed on the wall', { activeMs: 3_001_000 }],
    ['entry-outside', 'a decision of the day after', { decisions: [decided({}, '2026-12-02T08:00:00.000Z')] }],
    [
      'entry-outside',
      'an incident of the day before',
      { incidents: [incident('no-face', '2026-11-30T08:00:00.000Z')] },
    ],
  ])('%s: %s', async (code, _, changes) => {
    expect(await remarksOf(changes)).toEqual(code === 'nothing' ? [] : [code]);
  });

  it('what was logged days after it was sat, from the policy on', async () => {
    const at = (loggedAt: string, hours?: number) =>
      remarksOf({}, { loggedAt }, hours === undefined ? {} : { maxGapMs: hours * 3_600_000 });
    expect(await at('2026-12-04T08:40:00.000Z')).toEqual([]);
    expect(await at('2026-12-04T08:40:00.001Z')).toEqual(['logged-late']);
    expect(await at('2026-12-01T10:00:00.000Z', 1)).toEqual(['logged-late']);
    expect(await at('2026-12-31T10:00:00.000Z', 24 * 31)).toEqual([]);
  });

  it('with how many, how long, and which', async () => {
    const records = [satOf(1), satOf(2, { hosts: ['browser'] }), satOf(3, { hosts: ['browser'] })];
    expect(await checked(records, { loggedAt: '2026-12-10T09:00:00.000Z' })).toMatchObject({
      summary: {
        loggedAt: '2026-12-10T09:00:00.000Z',
        remarks: [
          { code: 'logged-late', values: { records: 3, days: 10 } },
          { code: 'host-not-locked', values: { records: 2, sitting: 'si_2' } },
        ],
      },
    });
  });

  it('a time that has not come', async () => {
    const now = (at: string) => remarksOf({}, {}, { now: at as NonNullable<VerifyPolicy['now']> });
    expect(await now('2026-12-01T08:32:01.000Z')).toEqual([]);
    expect(await now('2026-12-01T08:31:59.000Z')).toEqual(['dated-ahead']);
  });

  it('a log that is not shown, since centers show it', async () => {
    const shown = async (wish: Wish) => {
      const times = { issuedAt: '2026-11-26T06:00:00.000Z', header: { createdAt: '2026-11-27T23:00:00.000Z' } };
      const sat = { startedAt: '2026-11-27T08:00:00.000Z', submittedAt: '2026-11-27T08:40:00.000Z' };
      return remarksOf(sat, { ...times, ...wish });
    };
    expect(await shown({ shows: false, loggedAt: '2026-11-28T00:00:00.000Z' })).toEqual(['log-not-shown']);
    expect(await shown({ shows: true, loggedAt: '2026-11-28T00:00:00.000Z' })).toEqual([]);
    expect(await shown({ shows: false, loggedAt: '2026-11-27T23:59:59.999Z' })).toEqual([]);
    expect(await shown({ loggedAt: null })).toEqual([]);
  });

  it('a center key that came with the file', async () => {
    const { text } = await openForge().exports([satOf(1)]);
    expect(await verifyProofFile(new TextEncoder().encode(text))).toMatchObject({
      summary: { remarks: [{ code: 'key-self-stated' }] },
    });
  });
});
