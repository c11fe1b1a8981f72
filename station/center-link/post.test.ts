import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type {
  Beginning,
  BeginningReply,
  Mail,
  RefusedPhoto,
  StationReport,
} from '../../contract/station-center/center-api.ts';
import { CandidateId, CommandId, ExamId, type Instant, SittingId, StationId } from '../../contract/words/ids.ts';
import type { CheckStatus } from '../../contract/words/readiness.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { sha256 } from '../../proof/index.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openDatabase } from '../core/database/index.ts';
import { type Departure, openBeginnings } from '../keep/moves/index.ts';
import { openPost, type PostParts } from './post.ts';

const AT = '2026-03-04T05:06:07.890Z' as Instant;
const THERE = StationId.parse('st_there');
const departure = (n: number): Departure => ({
  ...{ sitting: SittingId.parse(`si_${n}`), to: THERE, candidate: CandidateId.parse('cd_wang') },
  ...{ exam: ExamId.parse('ex_a'), file: Buffer.from(`file ${n}`) },
});
const [FIRST, SECOND] = [sha256('first'), sha256('second')];
const COMMAND = CommandId.parse('cm_1');
const word = { zh: '一', en: 'one' };
const readinessOf = (status: CheckStatus): StationReport => ({
  ...{ status, at: AT },
  checks: [{ name: 'camera', status, found: word, expected: word }],
});

/** A station with things to say and a center that may refuse them. */
function open(mail: Partial<Mail> = {}) {
  const left = [departure(1), departure(2)];
  const claimed = [{ sitting: SittingId.parse('si_9') }];
  const untold = [{ id: COMMAND, outcome: 'done' as const }];
  const taken: string[] = [];
  const refused: string[] = [];
  const client = {
    mail: vi.fn(async (): Promise<Mail> => ({ rescues: [], commands: [], moves: [], at: AT, ...mail })),
    rescue: vi.fn(async (hash: string) => Buffer.from(hash)),
    sendRescue: vi.fn(async (_: Departure) => undefined),
    claim: vi.fn(async (_: string) => THERE),
    begins: vi.fn(async (_: Beginning): Promise<BeginningReply> => ({ answer: 'granted', at: AT })),
    report: vi.fn(async () => undefined),
    tellReadiness: vi.fn(async (_: StationReport): Promise<readonly number[]> => []),
  };
  const leave = ({ sitting }: Departure) =>
    left.splice(
      left.findIndex((one) => one.sitting === sitting),
      1,
    );
  const parts = {
    ledger: {
      head: () => ({ sequence: 3, hash: 'c'.repeat(64) as never }),
      hashAt: (n: number) => (n > 3 ? undefined : (String(n).repeat(64) as never)),
    },
    client,
    departures: {
      unsent: () => [...left],
      sent: leave,
      givenUp: vi.fn(leave),
    },
    beginnings: openBeginnings(openDatabase(':memory:')),
    claims: { untold: () => [...claimed], told: () => claimed.splice(0) },
    arrivals: {
      has: (hash: string) => taken.includes(hash),
      isRefused: (hash: string) => refused.includes(hash),
      take: vi.fn((file: Uint8Array) => {
        taken.push(Buffer.from(file).toString());
        return { continues: { from: THERE, sitting: SittingId.parse('si_x') } };
      }),
    },
    commands: { untold: () => untold, told: () => untold.splice(0) },
    heardUnder: () => [],
    knownMoves: { list: [] as Mail['moves'] },
    readiness: vi.fn((): StationReport => readinessOf('READY')),
    obey: vi.fn(),
    evidencePost: { hear: async () => undefined, errands: () => [] },
    log: pino({ level: 'silent' }),
  };
  let post = openPost(parts as unknown as PostParts);
  const exchange = (): Promise<string> => refusalOf(post.exchange());
  const startAgain = (): void => {
    post = openPost(parts as unknown as PostParts);
  };
  return { ...parts, left, untold, taken, refused, exchange, startAgain };
}
const refuseOnce = (reason: Reason) => async () => {
  throw new Refusal(reason);
};

describe('a round of the post', () => {
  it('sends what leaves, obeys what comes, takes what arrives, and says what became of it', async () => {
    const who = { sittingId: SittingId.parse('si_8'), candidateId: CandidateId.parse('cd_li') };
    const moves = [{ ...who, examId: ExamId.parse('ex_a'), to: THERE, over: false }];
    const bench = open({ rescues: [FIRST, SECOND], commands: ['a.b.c'], moves });
    expect(await bench.exchange()).toBe('ok');
    expect([bench.left, bench.untold]).toEqual([[], []]);
    expect(bench.obey).toHaveBeenCalledExactlyOnceWith('a.b.c', AT, undefined);
    expect(bench.taken).toEqual([FIRST, SECOND]);
    expect(bench.client.claim).toHaveBeenCalledExactlyOnceWith('si_9', true, undefined);
    expect(bench.knownMoves.list).toEqual(moves);
    await bench.exchange();
    expect(bench.client.rescue).toHaveBeenCalledTimes(2);
  });

  it.each<Reason>(['internal', 'center-refused', 'center-down', 'clock-skew', 'hash-mismatch', 'unauthorised'])(
    'loses nothing to %s: all of it is tried again',
    async (reason) => {
      const bench = open({ rescues: [FIRST] });
      bench.client.sendRescue.mockImplementationOnce(refuseOnce(reason));
      bench.client.report.mockImplementationOnce(refuseOnce(reason));
      bench.client.rescue.mockImplementationOnce(refuseOnce(reason) as never);
      expect(await bench.exchange()).toBe(reason);
      for (let n = 0; n < 3; n++) await bench.exchange();
      expect([bench.left, bench.untold, bench.taken]).toEqual([[], [], [FIRST]]);
    },
  );

  it('gives up what can never be, and goes on with the rest', async () => {
    const bench = open({ rescues: [FIRST, SECOND] });
    bench.client.sendRescue.mockImplementation(refuseOnce('station-unknown'));
    bench.arrivals.take.mockImplementationOnce(() => {
      throw new Refusal('rescue-foreign');
    });
    expect(await bench.exchange()).toBe('ok');
    expect([bench.left, bench.taken]).toEqual([[], [SECOND]]);
    expect(bench.departures.givenUp).toHaveBeenCalledTimes(2);
    await bench.exchange();
    expect(bench.client.rescue).toHaveBeenCalledTimes(2);
    bench.startAgain();
    await bench.exchange();
    expect([bench.client.rescue.mock.calls.length, bench.taken]).toEqual([3, [SECOND, FIRST]]);
  });

  it('asks no more for a rescue that was refused for good, in any run', async () => {
    const bench = open({ rescues: [FIRST, SECOND] });
    bench.refused.push(FIRST);
    await bench.exchange();
    expect(bench.client.rescue.mock.calls.map(([hash]) => hash)).toEqual([SECOND]);
  });

  it.each<Reason>(['not-on-roster', 'no-exam'])(
    'that is refused with %s ends a beginning, and no rescue',
    async (reason) => {
      const bench = open({ rescues: [FIRST] });
      const who = { candidate: CandidateId.parse('cd_li'), exam: ExamId.parse('ex_a') };
      bench.beginnings.begin({ sitting: SittingId.parse('si_7'), ...who });
      bench.client.begins.mockImplementation(refuseOnce(reason));
      bench.client.rescue.mockImplementationOnce(refuseOnce(reason) as never);
      expect(await bench.exchange()).toBe(reason);
      expect([bench.beginnings.untold(), bench.taken]).toEqual([[], []]);
      await bench.exchange();
      expect(bench.taken).toEqual([FIRST]);
    },
  );

  it('tells what began, says each minute that it goes on, and once that it is over', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const bench = open();
    const [sitting, who] = [
      SittingId.parse('si_7'),
      { candidate: CandidateId.parse('cd_li'), exam: ExamId.parse('ex_a') },
    ];
    bench.beginnings.begin({ sitting, ...who });
    bench.client.begins.mockImplementationOnce(refuseOnce('center-down'));
    for (let n = 0; n < 3; n++) await bench.exchange();
    const told = () => bench.client.begins.mock.calls.map(([{ state }]) => state);
    expect(told()).toEqual(['begun', 'begun']);
    vi.advanceTimersByTime(60_000);
    await bench.exchange();
    bench.beginnings.overBut(undefined);
    for (let n = 0; n < 3; n++) await bench.exchange();
    expect(told()).toEqual(['begun', 'begun', 'begun', 'over']);
    expect([bench.beginnings.isCounted(sitting, AT), bench.beginnings.running()]).toEqual([true, undefined]);
  });

  it('tells a center that hears of no beginnings once a minute, and not each round', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const bench = open();
    const who = { candidate: CandidateId.parse('cd_li'), exam: ExamId.parse('ex_a') };
    bench.beginnings.begin({ sitting: SittingId.parse('si_7'), ...who });
    bench.client.begins.mockImplementation(refuseOnce('method-unknown'));
    for (let n = 0; n < 12; n++) expect(await bench.exchange()).toBe('ok');
    expect(bench.client.begins).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    for (let n = 0; n < 12; n++) await bench.exchange();
    expect(bench.client.begins).toHaveBeenCalledTimes(2);
  });

  it('lets one thing that goes wrong keep nothing else', async () => {
    const bench = open({ commands: ['a.b.c'] });
    bench.client.sendRescue.mockImplementationOnce(refuseOnce('internal'));
    expect(await bench.exchange()).toBe('internal');
    expect(bench.left).toHaveLength(1);
    expect([bench.obey.mock.calls.length, bench.untold]).toEqual([1, []]);
  });

  it('asks no more in a round in which nobody answered', async () => {
    const bench = open();
    bench.client.claim.mockImplementation(refuseOnce('center-down'));
    expect(await bench.exchange()).toBe('center-down');
    expect(bench.client.sendRescue).not.toHaveBeenCalled();
    expect(bench.client.mail).not.toHaveBeenCalled();
  });

  it('tells how ready the station is when that changes, and each minute besides', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const bench = open();
    const told = () => bench.client.tellReadiness.mock.calls.map(([{ status }]) => status);
    for (let n = 0; n < 3; n++) await bench.exchange();
    expect(told()).toEqual(['READY']);
    bench.readiness.mockReturnValue(readinessOf('WARNING'));
    bench.client.tellReadiness.mockImplementationOnce(refuseOnce('center-down'));
    for (let n = 0; n < 3; n++) await bench.exchange();
    expect(told()).toEqual(['READY', 'WARNING', 'WARNING']);
    vi.advanceTimersByTime(60_000);
    await bench.exchange();
    expect(told()).toHaveLength(4);
    const refused: RefusedPhoto = { candidateId: CandidateId.parse('cd_li'), photo: FIRST, reasons: ['no-face'] };
    bench.readiness.mockReturnValue({ ...readinessOf('WARNING'), refusedPhotos: [refused] });
    for (let n = 0; n < 2; n++) await bench.exchange();
    expect(told()).toHaveLength(5);
    expect(bench.client.tellReadiness.mock.lastCall?.[0].refusedPhotos).toEqual([refused]);
  });

  it('says the last line of the ledger, and those that the center asked for, as far as there are any', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const bench = open();
    bench.client.tellReadiness.mockResolvedValueOnce([2, 9]);
    const said = () => bench.client.tellReadiness.mock.lastCall?.[0].ledger;
    await bench.exchange();
    expect(said()).toEqual({ sequence: 3, head: 'c'.repeat(64), asked: [] });
    vi.advanceTimersByTime(60_000);
    await bench.exchange();
    expect(said()).toEqual({ sequence: 3, head: 'c'.repeat(64), asked: [{ sequence: 2, head: '2'.repeat(64) }] });
  });
});
