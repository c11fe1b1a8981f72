import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDLE_LIMITS } from '../../contract/page/idle-limits.ts';
import { DESK_LIMITS } from '../../contract/page/proctor-desk.ts';
import { CandidateId, type DeskId } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench, person, STRANGER } from '../run/terminal.fixture.ts';
import { assignmentOf, cardOf, LI, PIN, WANG } from '../station.fixture.ts';
import { openDesks } from './desk.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const started = async () => {
  const bench = openBench();
  await bench.begin();
  const desk = await bench.openDesk();
  const act = (at: DeskId = desk) =>
    refusalOf(bench.call('proctor.act', { desk: at, action: { kind: 'extend', minutes: 5, note: '读题慢' } }));
  return { bench, desk, act };
};

describe('an open desk', () => {
  it('stands for the PIN, for as many acts as are wanted', async () => {
    const { bench, act } = await started();
    expect([await act(), await act()]).toEqual(['ok', 'ok']);
    expect(bench.sitting.decisions.slice(1)).toMatchObject([
      { action: 'extended', by: 'pr_zhao' },
      { action: 'extended', by: 'pr_zhao' },
    ]);
  });

  it('is the only way: no other name opens anything, and a PIN is no desk', async () => {
    const { bench, desk, act } = await started();
    expect(await act(`${desk.slice(0, -1)}${desk.endsWith('0') ? '1' : '0'}` as DeskId)).toBe('desk-closed');
    expect(await act(PIN as DeskId)).toBe('bad-message');
    for (const method of ['proctor.dossier', 'proctor.touch', 'proctor.photos'] as const)
      expect(await refusalOf(bench.call(method, { desk: 'dk_0' as DeskId }))).toBe('desk-closed');
  });

  it('closes a minute after it was last used', async () => {
    const { bench, desk, act } = await started();
    await bench.pass(DESK_LIMITS.unusedMs - 1_000);
    await bench.call('proctor.touch', { desk });
    await bench.pass(DESK_LIMITS.unusedMs - 1_000);
    expect(await act()).toBe('ok');
    await bench.pass(DESK_LIMITS.unusedMs + 1_000);
    expect(await act()).toBe('desk-closed');
  });

  it('is not kept open for ever by whoever touches it', async () => {
    const bench = openBench();
    await bench.begin();
    const desk = await bench.openDesk();
    const answers: string[] = [];
    for (let ms = 0; ms <= DESK_LIMITS.longestMs; ms += 50_000) {
      answers.push(await refusalOf(bench.call('proctor.touch', { desk })));
      await vi.advanceTimersByTimeAsync(50_000);
    }
    expect([answers[0], answers.at(-1)]).toEqual(['ok', 'desk-closed']);
  });

  it('closes when its proctor goes, when another opens one, and when the page is gone', async () => {
    const { bench, desk, act } = await started();
    await bench.call('proctor.close', { desk });
    expect(await act()).toBe('desk-closed');
    const second = await bench.openDesk();
    const third = await bench.openDesk();
    expect([await act(second), await act(third)]).toEqual(['desk-closed', 'ok']);
    bench.closePage();
    await bench.pass(50);
    bench.openPage();
    await bench.pass(50);
    expect(await act(third)).toBe('desk-closed');
  });

  it('is for whoever sat there, not for who sits there next', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    const desk = await bench.openDesk();
    await bench.call('proctor.act', { desk, action: { kind: 'send-away' } });
    bench.show(person(STRANGER));
    await bench.checkIn(LI.number);
    await bench.reaches('refused');
    const override = { kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] } as const;
    expect(await refusalOf(bench.call('proctor.act', { desk, action: override as never }))).toBe('desk-closed');
    expect(await refusalOf(bench.call('proctor.dossier', { desk }))).toBe('desk-closed');
  });

  it('of somebody who is no proctor any more opens nothing', async () => {
    const { bench, act } = await started();
    bench.station.roster.apply(assignmentOf({ proctors: [] }));
    expect(await act()).toBe('desk-closed');
  });

  it('for the terminal decides about nobody, and one for a seat does not end the kiosk', async () => {
    const bench = openBench();
    const terminal = await bench.openDesk(PIN, 'terminal');
    expect(await refusalOf(bench.call('proctor.act', { desk: terminal, action: { kind: 'unlock' } }))).toBe(
      'not-allowed-now',
    );
    expect(await bench.call('proctor.dossier', { desk: terminal })).toEqual({});
    expect(await refusalOf(bench.openDesk())).toBe('not-allowed-now');
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    expect(await refusalOf(bench.openDesk(PIN, 'terminal'))).toBe('not-allowed-now');
    const close = { desk: await bench.openDesk(), action: { kind: 'close-kiosk', note: '下班了' } } as const;
    expect(await refusalOf(bench.call('proctor.act', close))).toBe('not-allowed-now');
  });

  it('is guessed at as slowly as ever, and each wrong PIN during an exam is an incident', async () => {
    const bench = openBench();
    await bench.begin();
    const answers: string[] = [];
    for (const pin of ['0000', '1111', '2222', PIN]) answers.push(await refusalOf(bench.openDesk(pin)));
    expect(answers).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-wait']);
    expect(bench.incidents.map(({ reason }) => reason)).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong']);
  });

  it('never works for a name it was not given, or for another subject, whatever happens in which order', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('open' as const) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
      fc.record({ kind: fc.constant('subject' as const), to: fc.constantFrom('si_1', 'si_2', undefined) }),
      fc.record({ kind: fc.constant('use' as const), which: fc.nat(5) }),
      fc.record({ kind: fc.constant('close' as const), which: fc.nat(5) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let [now, subject]: [number, string | undefined] = [0, 'si_1'];
        const clock = { boot: 'b', wall: () => '' as never, monotonic: () => now };
        const desks = openDesks({ clock, subject: () => subject, isProctor: () => true });
        const opened: { id: DeskId; of: string; last: number; closed: boolean }[] = [];
        for (const one of steps) {
          if (one.kind === 'wait') now += one.ms;
          if (one.kind === 'subject') subject = one.to;
          if (one.kind === 'open' && subject !== undefined) {
            const { id } = desks.open({
              proctor: { id: 'pr_a' as never, name: '赵' },
              about: 'seat',
              guest: undefined,
            });
            opened.push({ id, of: subject, last: now, closed: false });
          }
          const known = 'which' in one ? opened[one.which % Math.max(1, opened.length)] : undefined;
          if (one.kind === 'close' && known) {
            desks.close(known.id);
            known.closed = true;
          }
          if (one.kind !== 'use' || !known) continue;
          const works = (() => {
            try {
              return desks.at(known.id).id === known.id;
            } catch {
              return false;
            }
          })();
          const may = known === opened.at(-1) && !known.closed && known.of === subject && now - known.last < 60_000;
          if (works) expect(may).toBe(true);
          if (works) known.last = now;
        }
      }),
    );
  });
});

const CHIP = {
  ...{ name: '王试验', number: WANG.number, birthDate: '1949-12-31' },
  ...{ validFrom: '2020-01-01', validTo: 'long-term', doubts: [] },
};

describe('what a proctor is shown at a desk', () => {
  it('is the whole number, the birth date and the chip of the card, and is never pushed to the page', async () => {
    const bench = openBench();
    await vi.advanceTimersByTimeAsync(10);
    const card = cardOf(WANG);
    bench.station.terminal.cardRead(WANG.number, card);
    await bench.reaches('consenting');
    await bench.call('consent', { given: true, locale: 'zh' });
    await bench.reaches('awaiting-unlock');
    const jpeg = new Uint8Array([1, 2, 3]);
    bench.station.roster.savePhoto(CandidateId.parse(WANG.id), WANG.photos[0] ?? '', jpeg);
    const from = bench.said.length;
    const desk = await bench.openDesk();
    const { person: shown, scores } = await bench.call('proctor.dossier', { desk });
    expect(shown).toMatchObject({
      name: WANG.name,
      number: WANG.number,
      identifiedBy: 'card',
      document: 'resident',
      chip: CHIP,
    });
    expect(shown?.birthDate).toBe(
      `${WANG.number.slice(6, 10)}-${WANG.number.slice(10, 12)}-${WANG.number.slice(12, 14)}`,
    );
    expect(shown?.attempts?.used).toBe(0);
    expect(scores?.similarity).toBeGreaterThan(0.9);
    const { base64 } = await bench.call('proctor.photos', { desk });
    expect(base64.map((one) => new Uint8Array(Buffer.from(one, 'base64')))).toEqual([jpeg]);
    const pushed = bench.said.filter((line) => typeof line === 'string' && line.includes('"event"')).join();
    expect(pushed).not.toContain(WANG.number);
    expect(bench.said.slice(from).join()).toContain(WANG.number);
  });

  it('is of whoever sits there: the card of somebody else, and of who has gone, is forgotten', async () => {
    const bench = openBench();
    await vi.advanceTimersByTimeAsync(10);
    const card = cardOf(WANG);
    await bench.call('identify.typed', { number: WANG.number });
    await bench.reaches('consenting');
    const chipSeen = async () => (await bench.call('proctor.dossier', { desk: await bench.openDesk() })).person?.chip;
    bench.station.terminal.cardRead(LI.number, cardOf(LI));
    expect(await chipSeen()).toBeUndefined();
    bench.station.terminal.cardRead(WANG.number, card);
    expect(await chipSeen()).toEqual(CHIP);
    await bench.call('leave', {});
    await bench.call('identify.typed', { number: WANG.number });
    await bench.reaches('consenting');
    expect(await chipSeen()).toBeUndefined();
  });
});

describe('a number that somebody typed who is not its owner', () => {
  const typed = async () => {
    const bench = openBench();
    await vi.advanceTimersByTimeAsync(10);
    bench.show(person(STRANGER));
    await bench.call('identify.typed', { number: WANG.number });
    await bench.reaches('consenting');
    return bench;
  };

  it('is put away by one touch, before anybody was looked at', async () => {
    const bench = await typed();
    await bench.call('leave', {});
    await bench.reaches('idle');
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('holds the seat for no longer than a proctor takes to come, and uses up nobody’s attempt', async () => {
    const bench = await typed();
    await bench.call('consent', { given: true, locale: 'zh' });
    await bench.reaches('refused');
    expect(await refusalOf(bench.call('leave', {}))).toBe('not-allowed-now');
    const { id } = bench.sitting;
    await vi.advanceTimersByTimeAsync(IDLE_LIMITS.refused);
    await bench.reaches('idle');
    const last = bench.station.ledger.ofSitting(id).at(-1)?.event;
    expect(last).toMatchObject({ type: 'closed', reason: 'candidate-left' });
    await bench.call('identify.typed', { number: WANG.number });
    const { person: shown } = await bench.call('proctor.dossier', { desk: await bench.openDesk() });
    expect(shown?.attempts?.used).toBe(0);
  });

  it('is for a proctor where it came from a card: whoever had it is still to be seen', async () => {
    const bench = openBench();
    bench.show(person(STRANGER));
    await bench.checkIn();
    await bench.reaches('refused');
    await vi.advanceTimersByTimeAsync(1_200_000);
    expect(bench.sitting.stage).toBe('refused');
  });
});
