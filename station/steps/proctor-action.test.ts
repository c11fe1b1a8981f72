import { hashSync } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { AssignedProctor } from '../../contract/station-center/center-api.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, LI, PIN, PIN_HASH, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const OTHER_PIN = '739164';
const proctors = [
  AssignedProctor.parse({ id: 'pr_zhao', name: '赵', pinHash: PIN_HASH }),
  AssignedProctor.parse({
    ...{ id: 'pr_qian', name: '钱' },
    pinHash: hashSync(OTHER_PIN, { memoryCost: 64, timeCost: 1, parallelism: 1 }),
  }),
];
const TERMINATE: ProctorAction = { kind: 'terminate', note: '违反考场纪律' };

describe('a PIN of too few digits', () => {
  const short = AssignedProctor.parse({
    ...{ id: 'pr_sun', name: '孙' },
    pinHash: hashSync('7391', { memoryCost: 64, timeCost: 1, parallelism: 1 }),
  });

  it('opens no desk about a formal exam, and is no second word', async () => {
    const exam = { ...EXAM, twoProctors: ['terminate'] as const };
    const bench = openBench({ assignment: assignmentOf({ proctors: [...proctors, short], exams: [exam] }) });
    await bench.begin();
    expect(await refusalOf(bench.act({ kind: 'pause' }, '7391'))).toBe('pin-short');
    const { desk } = await bench.call('proctor.open', { pin: PIN, about: 'seat' });
    expect(await refusalOf(bench.call('proctor.act', { desk, second: '7391', action: TERMINATE }))).toBe('pin-short');
    expect(bench.sitting.decisions.map(({ action }) => action)).not.toContain('paused');
  });

  it('is enough where none is formal, unless the policy asks for more', async () => {
    const bench = openBench({ assignment: assignmentOf({ proctors: [short], exams: [{ ...EXAM, mode: 'mock' }] }) });
    await bench.checkIn();
    expect(await refusalOf(bench.act({ kind: 'send-away' }, '7391'))).toBe('ok');
    const strict = { ...EXAM, pinDigits: 8 };
    const other = openBench({ assignment: assignmentOf({ exams: [strict] }) });
    expect(await refusalOf(other.begin())).toBe('pin-short');
  });
});

describe('a proctor', () => {
  it('gives more time, which the clock on the screen has at once', async () => {
    const bench = openBench();
    await bench.begin();
    const before = await bench.reaches('in-progress');
    await bench.act({ kind: 'extend', minutes: 10, note: '读题慢' });
    const after = await bench.reaches('in-progress');
    expect(after.clock.remainingMs - before.clock.remainingMs).toBeGreaterThan(598_000);
    expect(bench.sitting.decisions.at(-1)).toMatchObject({
      action: 'extended',
      by: 'pr_zhao',
      note: '读题慢',
      ms: 600_000,
    });
  });

  it('gives time in whole minutes, and no more than four hours', async () => {
    const bench = openBench();
    await bench.begin();
    for (const minutes of [0, -5, 1.5, 241, Number.NaN])
      expect(await refusalOf(bench.act({ kind: 'extend', minutes, note: '读题慢' }))).toBe('bad-message');
  });

  it('pauses for a reason, hands in for whoever cannot, and the record says both', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.act({ kind: 'pause', note: '考生要离开一会儿' });
    await bench.reaches('paused');
    await bench.act({ kind: 'hand-in', note: '手受伤' });
    expect(await bench.reaches('result')).toMatchObject({ cause: 'handed-in' });
    expect(bench.sitting.decisions.map(({ action, note }) => [action, note])).toEqual([
      ['unlocked', undefined],
      ['paused', '考生要离开一会儿'],
      ['submitted', '手受伤'],
    ]);
  });

  it('says what was in an incident, and the screen shows that it was looked at', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.call('camera.report', { state: 'lost' });
    await bench.reaches('paused');
    const [incident] = bench.incidents;
    if (!incident) throw new Error('no incident');
    await bench.act({ kind: 'review', incidentId: incident.id, verdict: 'dismissed', note: '插头松了' });
    await bench.pass(100);
    expect(bench.incidents).toMatchObject([{ id: incident.id, verdict: 'dismissed' }]);
    const judged = { action: 'reviewed', verdict: 'dismissed', note: '插头松了' };
    expect(bench.sitting.decisions.at(-1)).toMatchObject({ ...judged, incidentId: incident.id });
    expect(bench.screen.view?.decisions.at(-1)).toMatchObject({ ...judged, about: 'camera-lost' });
    const unknown = { kind: 'review', incidentId: 'in_none', verdict: 'confirmed', note: '没有' } as const;
    expect(await refusalOf(bench.act(unknown as never))).toBe('incident-unknown');
  });

  it.each([TERMINATE, { kind: 'override', note: 'x' }, { kind: 'extend', minutes: 5, note: ' ' }] as const)(
    'who does not say why is refused ($kind)',
    async (action) => {
      const bench = openBench();
      await bench.begin();
      expect(await refusalOf(bench.act({ ...action, note: ' ' } as never))).toBe('bad-message');
    },
  );
});

describe('a candidate who is granted more time', () => {
  it('has it from the first second', async () => {
    const candidates = [{ ...WANG, extraMinutes: 20 }];
    const bench = openBench({ assignment: assignmentOf({ exams: [EXAM], visitorExamId: null, candidates }) });
    await bench.begin();
    expect((await bench.reaches('in-progress')).clock.remainingMs).toBeGreaterThan(
      (EXAM.durationSeconds + 19.9 * 60) * 1000,
    );
  });
});

describe('a candidate whom the camera does not know', () => {
  it('is let in once two things of the document were compared, which the ledger names', async () => {
    const bench = openBench({ enrolled: false });
    await bench.checkIn();
    await bench.reaches('refused');
    for (const compared of [[], ['photo'], ['photo', 'photo'], ['photo', 'shoe size']])
      expect(await refusalOf(bench.act({ kind: 'override', note: '已核对', compared } as never))).toBe('bad-message');
    await bench.act({ kind: 'override', note: '已核对', compared: ['photo', 'number'] });
    await bench.reaches('awaiting-unlock');
    const events = bench.station.ledger.ofSitting(bench.sitting.id).map(({ event }) => event);
    expect(events).toContainEqual(expect.objectContaining({ type: 'overridden', compared: ['photo', 'number'] }));
  });
});

describe('a seat that was drawn', () => {
  const seatedAt = (seat: string, place?: string) => {
    const candidates = [{ ...WANG, seat: SeatLabel.parse(seat) }];
    const assignment = assignmentOf({ exams: [EXAM], visitorExamId: null, candidates });
    return openBench({ assignment, ...(place ? { place: SeatLabel.parse(place) } : {}) });
  };

  it('is the only one at which the candidate may sit', async () => {
    const bench = seatedAt('2-3', '2-4');
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('other-seat');
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('is named on the screen for a while, and a proctor may let them sit here all the same', async () => {
    const bench = seatedAt('2-3', '2-4');
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    const why = { kind: 'other-seat', seat: '2-3' };
    expect(bench.stage).toMatchObject({ stage: 'idle', turnedAway: { ticket: 1, why, who: { name: WANG.name } } });
    const here = { kind: 'seat-here', ticket: 1, note: '那台考站坏了' } as const;
    expect(await refusalOf(bench.act(here, '000000'))).toBe('pin-wrong');
    await bench.act(here);
    await bench.reaches('consenting');
    expect(bench.sitting.decisions).toMatchObject([{ action: 'seated', by: 'pr_zhao', note: '那台考站坏了' }]);
    expect(await refusalOf(bench.act(here))).toBe('not-allowed-now');
  });

  it('is forgotten when somebody else comes, goes back, or nobody does for a while', async () => {
    const bench = seatedAt('2-3', '2-4');
    await bench.pass(50);
    const turnAway = async () => {
      bench.station.terminal.cardRead(WANG.number);
      await bench.pass(50);
    };
    const forgotten = () => expect(bench.stage).not.toHaveProperty('turnedAway');
    await turnAway();
    bench.station.terminal.cardRead('110105194912310039');
    await bench.pass(50);
    forgotten();
    await turnAway();
    await bench.call('leave', {});
    await bench.pass(50);
    forgotten();
    await turnAway();
    await bench.pass(91_000);
    forgotten();
    expect(await refusalOf(bench.act({ kind: 'seat-here', ticket: 3, note: '那台考站坏了' }))).toBe('not-allowed-now');
  });

  it('is not given to whoever lays a card down while the PIN is typed', async () => {
    const candidates = [WANG, LI].map((one) => ({ ...one, seat: '2-3' }));
    const bench = openBench({ assignment: assignmentOf({ candidates }), place: SeatLabel.parse('2-4') });
    for (const { number } of [WANG, LI]) {
      await bench.pass(50);
      bench.station.terminal.cardRead(number);
    }
    const forWang = { kind: 'seat-here', ticket: 1, note: '那台考站坏了' } as const;
    expect(await refusalOf(bench.act(forWang))).toBe('not-allowed-now');
    expect(bench.station.seat.current).toBeUndefined();
    await bench.act({ ...forWang, ticket: 2 });
    expect(bench.sitting.candidateId).toBe(LI.id);
  });

  it.each([['2-3'], [undefined]])('lets them sit at %s', async (place) => {
    const bench = seatedAt('2-3', place);
    await bench.begin();
    expect(bench.sitting).toMatchObject({ stage: 'in-progress', candidateId: WANG.id });
  });
});

describe('an exam that asks for two proctors', () => {
  const exams = [{ ...EXAM, twoProctors: ['terminate' as const] }];
  const seated = async () => {
    const bench = openBench({ assignment: assignmentOf({ exams, visitorExamId: null, proctors }) });
    await bench.begin();
    const end = async ({ pin, ...second }: { readonly pin: string; readonly second?: string }) =>
      refusalOf(bench.call('proctor.act', { desk: await bench.openDesk(pin), ...second, action: TERMINATE }));
    return { bench, end };
  };

  it('is not ended by one, nor by one twice, nor by one and a guess', async () => {
    const { bench, end } = await seated();
    expect(await end({ pin: PIN })).toBe('second-proctor-needed');
    expect(await end({ pin: PIN, second: PIN })).toBe('second-proctor-needed');
    expect(await end({ pin: PIN, second: '0000' })).toBe('pin-wrong');
    expect(bench.sitting.stage).toBe('in-progress');
  });

  it('is ended by two, and the record names both', async () => {
    const { bench, end } = await seated();
    expect(await end({ pin: OTHER_PIN, second: PIN })).toBe('ok');
    expect(bench.sitting.decisions.at(-1)).toMatchObject({ action: 'submitted', by: 'pr_qian', second: 'pr_zhao' });
  });

  it('is paused by one alone', async () => {
    const { bench } = await seated();
    await bench.act({ kind: 'pause' });
    expect(await bench.reaches('paused')).toMatchObject({ reason: 'proctor-decision' });
  });
});
