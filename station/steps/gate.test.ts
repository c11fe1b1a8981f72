import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { keyOf, openBench, person, STRANGER, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const GATE = { ...EXAM, mode: 'gate' as const, passHours: 8, attempts: 9 };

function open(door = { open: vi.fn(async () => undefined) }) {
  const bench = openBench({ door, assignment: assignmentOf({ exams: [GATE], visitorExamId: null }) });
  const arrive = async () => {
    await bench.checkIn();
    return bench;
  };
  /** The whole test, all right or all blank. */
  const test = async (right: boolean) => {
    await arrive();
    await bench.reaches('awaiting-unlock');
    await bench.settled();
    await bench.call('begin', {});
    await bench.reaches('in-progress');
    const { items } = await bench.call('form', {});
    for (const { itemId } of right ? items : [])
      await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: 1 });
    await bench.call('hand-in', {});
    return bench.reaches('result');
  };
  return { bench, door, arrive, test };
}

describe('a gate', () => {
  it('tests without a proctor, opens for who passes, and says how long that holds', async () => {
    const { door, test } = open();
    const { passed, passUntil } = await test(true);
    expect(passed).toBe(true);
    expect(Date.parse(passUntil ?? '') - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
    expect(door.open).toHaveBeenCalledTimes(1);
  });

  it('stays shut for who fails', async () => {
    const { door, test } = open();
    expect(await test(false)).toMatchObject({ passed: false });
    expect(door.open).not.toHaveBeenCalled();
  });

  it('opens to card and face alone while a pass holds, and asks again when it is over', async () => {
    const { bench, door, arrive, test } = open();
    await test(true);
    await bench.call('leave', {});
    await bench.restart();
    await arrive();
    expect(await bench.reaches('idle')).toMatchObject({ notice: 'pass-valid' });
    expect(door.open).toHaveBeenCalledTimes(2);
    vi.setSystemTime(Date.now() + 9 * 3_600_000);
    await arrive();
    await bench.reaches('awaiting-unlock');
    expect(door.open).toHaveBeenCalledTimes(2);
  });

  it('does not open to somebody else with the card', async () => {
    const { bench, door, arrive, test } = open();
    await test(true);
    await bench.call('leave', {});
    bench.show(person(STRANGER));
    await arrive();
    expect(await bench.reaches('refused')).toMatchObject({ reason: 'mismatch' });
    bench.show(person(WANGS_FACE));
    expect(await refusalOf(bench.call('begin', {}))).toBe('not-allowed-now');
    expect(door.open).toHaveBeenCalledTimes(1);
  });

  it('writes the result down though the door fails', async () => {
    const { bench, test } = open({ open: vi.fn(async () => Promise.reject(new Error('no relay'))) });
    expect(await test(true)).toMatchObject({ passed: true });
    expect(bench.station.outbox.waitingRecords).toBe(1);
    expect(bench.logged.some((line) => line.includes('door-failed'))).toBe(true);
  });

  it('tells nobody what is right, and has no parts to choose', async () => {
    const { bench, arrive } = open();
    await arrive();
    expect((await bench.reaches('awaiting-unlock')).practice).toBeUndefined();
    expect(await refusalOf(bench.call('begin', { practice: { of: 'mistakes' } }))).toBe('not-allowed-now');
    await bench.call('begin', {});
    await bench.reaches('in-progress');
    const [item] = (await bench.call('form', {})).items;
    expect(item && (await refusalOf(bench.call('check', { itemId: item.itemId })))).toBe('not-allowed-now');
  });
});
