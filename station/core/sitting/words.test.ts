import { expect, it } from 'vitest';
import { instant } from '../../../contract/words/ids.ts';
import { ReasonCode } from '../../../contract/words/reasons.ts';
import { Continued, replay, SittingEvent } from './index.ts';
import { capture, DURATION_MS, FORM, PROCTOR, WHO } from './sitting.fixture.ts';
import type { SittingEntry } from './sitting.ts';

const LATER = 'mask-worn';

/** Lines as another version of the program wrote them. */
const entries = (events: readonly object[]): SittingEntry[] =>
  events.map((event, at) => ({
    ...{
      sequence: at + 1,
      at: instant(new Date(at)),
      boot: 'b',
      monotonic: at,
      sitting: 'si_1' as never,
      hash: '' as never,
    },
    event: SittingEvent.parse(JSON.parse(JSON.stringify(event))),
  }));

const begun = [
  {
    type: 'opened',
    ...WHO,
    exam: { ...WHO.exam, watch: { 'phone-seen': { action: 'note' }, [LATER]: { action: 'call' } } },
  },
  { type: 'consent-given', locale: 'zh' },
  { type: 'captured', purpose: 'check-in', capture: { ...capture('uncertain'), reason: LATER } },
  { type: 'refused', reason: LATER },
];
const running = [
  ...begun,
  { type: 'overridden', by: PROCTOR, note: '看过了', reason: LATER },
  { type: 'unlocked', by: PROCTOR, durationMs: DURATION_MS, form: FORM, host: 'kiosk' },
  { type: 'noted', reason: LATER },
  { type: 'incident', id: 'in_1', reason: LATER, paused: true },
  { type: 'paused', reason: LATER, until: 'proctor' },
];

it('a ledger with reasons that another version has replays, and keeps them', () => {
  expect(replay(entries(begun))).toMatchObject({ stage: 'refused', refusal: LATER, lastCapture: { reason: LATER } });
  const sitting = replay(entries(running));
  expect(sitting).toMatchObject({ stage: 'locked', pauseReason: LATER, identity: { reason: LATER } });
  expect(sitting?.incidents).toMatchObject([{ reason: LATER }]);
  expect(sitting?.exam.watch).toMatchObject({ 'phone-seen': { action: 'note' } });
  const closed = replay(entries([...running, { type: 'closed', reason: LATER }]));
  expect(closed?.stage).toBe('closed');
});

it('so does what a sitting brings along from a station of another version', () => {
  const { form, startedAt, incidents, decisions } = replay(entries(running)) ?? {};
  const origin = { from: 'st_1', sitting: 'si_1', root: 'si_1', ledger: { sequence: 9, head: 'a'.repeat(64) } };
  const carried = { ...origin, form, startedAt, incidents, decisions, durationMs: 1, extraMs: 0, activeMs: 0 };
  const { incidents: here } = Continued.parse({ ...carried, answers: [], flags: [], verdicts: [] });
  expect(here).toEqual(incidents);
});

it('what was registered for somebody that no program here knows is left out, and the rest holds', () => {
  const [opened, ...rest] = begun;
  const arrangements = { print: 'huge', pauses: 3, noGestures: true };
  const sitting = replay(entries([{ ...opened, arrangements }, ...rest]));
  expect(JSON.parse(JSON.stringify(sitting?.arrangements))).toEqual({ noGestures: true });
});

it('what is no code, or an event that nobody here knows, is not read', () => {
  expect(SittingEvent.safeParse({ type: 'refused', reason: 'Mask Worn' }).success).toBe(false);
  expect(SittingEvent.safeParse({ type: 'danced' }).success).toBe(false);
});

it('this program writes no word that it does not have', () => {
  const refused = (event: SittingEvent): SittingEvent => event;
  // @ts-expect-error an unknown word is no reason
  refused({ type: 'refused', reason: 'mask-worn' });
  refused({ type: 'refused', reason: 'no-face' });
  expect(ReasonCode.parse(LATER)).toBe(LATER);
});
