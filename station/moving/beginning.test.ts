import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BeginningReply } from '../../contract/station-center/center-api.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openRoom } from './moving.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const at = '2026-11-25T08:00:00.000Z' as Instant;
const GRANTED: BeginningReply = { answer: 'granted', at };

async function waiting() {
  const [here] = openRoom();
  await here.checkIn();
  await here.reaches('awaiting-unlock');
  return here;
}

describe('an exam that counts', () => {
  it('begins where the center grants it, and the center hears that it began, and that it is over', async () => {
    const here = await waiting();
    here.station.askToBegin.mockResolvedValueOnce(GRANTED);
    expect(await refusalOf(here.act({ kind: 'unlock' }))).toBe('ok');
    await here.reaches('in-progress');
    const { id, candidateId, background } = here.sitting;
    expect(here.station.askToBegin.mock.calls.map(([asked]) => asked)).toEqual([
      { sittingId: id, candidateId, examId: here.sitting.exam.id, state: 'asking' },
    ]);
    expect(background.claim).toBe('granted');
    await here.pass(50);
    expect(here.station.beginnings.untold()).toMatchObject([{ sitting: id, state: 'begun' }]);
    here.station.beginnings.told(id, 'begun', at);
    await here.act({ kind: 'terminate', note: '结束' });
    await here.pass(50);
    expect(here.station.beginnings.untold()).toMatchObject([{ sitting: id, state: 'over' }]);
  });

  it('hurries the courier once, and not with each answer, while the center cannot be told', async () => {
    const here = await waiting();
    await here.act({ kind: 'unlock' });
    await here.reaches('in-progress');
    await here.pass(50);
    expect(here.station.onReady).toHaveBeenCalledTimes(1);
    const noted = vi.spyOn(here.station.beginnings, 'overBut');
    const { items } = await here.call('form', {});
    for (const { itemId, options } of items.slice(0, 3))
      await here.call('answer', { itemId, chosen: options.slice(0, 1).map(({ id }) => id), revision: 1 });
    await here.pass(50);
    expect([here.sitting.answers.size, here.station.onReady.mock.calls.length, noted.mock.calls.length]).toEqual([
      3, 1, 0,
    ]);
  });

  it.each<[BeginningReply, string]>([
    [{ answer: 'sits-elsewhere', at, station: '二号考站', since: at }, 'sits-elsewhere'],
    [{ answer: 'attempts-used', at, used: 2, of: 2 }, 'no-attempt-left'],
  ])('does not begin where the center says %j', async (reply, reason) => {
    const here = await waiting();
    here.station.askToBegin.mockResolvedValueOnce(reply);
    expect(await refusalOf(here.act({ kind: 'unlock' }))).toBe(reason);
    await here.pass(50);
    expect([here.stage.stage, here.station.beginnings.untold()]).toEqual(['awaiting-unlock', []]);
  });

  it.each<[string, () => Promise<BeginningReply>]>([
    ['nobody answers', async () => Promise.reject(new Error('offline'))],
    ['the answer never comes', () => new Promise(() => undefined)],
    ['the center does not hear this station', async () => ({ answer: 'unheard', at })],
  ])('begins unasked where %s', async (_, answer) => {
    const here = await waiting();
    here.station.askToBegin.mockImplementationOnce(answer);
    void refusalOf(here.act({ kind: 'unlock' }));
    await here.reaches('in-progress');
    expect(here.sitting.background.claim).toBe('unasked');
  });
});
