import { hashSync } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { CommandId, instant } from '../../contract/words/ids.ts';
import type { Signer } from '../../proof/index.ts';
import { newSigner, STATION } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, LI, PIN, PIN_HASH, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const hashed = (text: string) => hashSync(text, { memoryCost: 64, timeCost: 1, parallelism: 1 });
const BADGE = LI.number;
const proctors = [
  { id: 'pr_zhao', name: '赵', pinHash: PIN_HASH },
  { id: 'pr_qian', name: '钱', pinHash: hashed('7391'), badgeHash: hashed(BADGE) },
];
const in_ = (ms: number) => instant(new Date(Date.now() + ms));

let serial = 0;
/** A command as the center signs it. */
function command(signer: Signer, changes: object = {}): { readonly id: CommandId; readonly jws: string } {
  serial += 1;
  const id = CommandId.parse(`cm_${serial}`);
  const plain = { id, stationId: STATION, examId: EXAM.id, by: 'pr_zhao', action: { kind: 'unlock' } };
  const times = { issuedAt: in_(0), expiresAt: in_(60_000) };
  return { id, jws: signer.sign('exam-station/command', { ...plain, ...times, ...changes }) };
}
const openTold = (changes = {}) => openBench({ assignment: assignmentOf({ proctors, ...changes }) });

const SEEN_BY_HAND = { kind: 'override', note: '看过', compared: ['photo', 'name'] };

describe('a command from the center', () => {
  it('unlocks, gives time, pauses and ends, each written down with whose word it was and how it came', async () => {
    const bench = openTold();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    const tell = async (action: object) => {
      const { id, jws } = command(bench.center.signer, { action });
      await bench.station.terminal.obey(jws, in_(0));
      return id;
    };
    const ids = [
      await tell({ kind: 'unlock' }),
      await tell({ kind: 'extend', minutes: 10, note: '全场加时' }),
      await tell({ kind: 'pause', note: '消防警报' }),
      await tell({ kind: 'resume' }),
      await tell({ kind: 'terminate', note: '考场关闭' }),
    ];
    await bench.reaches('result');
    expect(bench.sitting.decisions.map(({ action, by, via }) => [action, by, via])).toEqual(
      ['unlocked', 'extended', 'paused', 'resumed', 'submitted'].map((action, at) => [action, 'pr_zhao', ids[at]]),
    );
    expect(bench.sitting.extraMs).toBe(600_000);
    expect(bench.station.commands.untold().map(({ outcome }) => outcome)).toEqual(ids.map(() => 'done'));
  });

  it('comes also where wrong PINs were typed with the number of whoever gives it, and ends their wait', async () => {
    const [one] = proctors;
    const bench = openTold({ proctors: [{ ...one, number: PIN.slice(0, 2) }] });
    await bench.begin();
    for (let n = 0; n < 4; n++) await refusalOf(bench.openDesk('480000'));
    expect(await refusalOf(bench.openDesk(PIN))).toBe('pin-wait');
    const { jws } = command(bench.center.signer, { action: { kind: 'pause', note: '消防警报' } });
    await bench.station.terminal.obey(jws, in_(0));
    expect(bench.sitting.decisions.at(-1)).toMatchObject({ action: 'paused', by: 'pr_zhao' });
    expect(await bench.openDesk(PIN)).toMatch(/^dk_/);
  });

  it('is obeyed once, whatever is played back, and also after a restart', async () => {
    const bench = openTold();
    await bench.begin();
    const { jws } = command(bench.center.signer, { action: { kind: 'extend', minutes: 10, note: '全场加时' } });
    for (let n = 0; n < 3; n++) await bench.station.terminal.obey(jws, in_(0));
    await bench.restart();
    await bench.station.terminal.obey(jws, in_(0));
    expect(bench.sitting.extraMs).toBe(600_000);
  });

  it('is told as done where it is written down, whatever fails of what hangs on it', async () => {
    const bench = openTold();
    await bench.begin();
    const broken = (): never => {
      throw new Error('a full disk');
    };
    for (const listen of [bench.station.seat.onChange, bench.station.seat.onSettled]) listen(broken);
    vi.spyOn(bench.station.outbox, 'results', 'get').mockImplementation(broken);
    const { id, jws } = command(bench.center.signer, { action: { kind: 'extend', minutes: 10, note: '全场加时' } });
    await bench.station.terminal.obey(jws, in_(0));
    await bench.pass(50);
    expect(bench.station.commands.untold()).toEqual([{ id, outcome: 'done' }]);
    expect(bench.sitting.extraMs).toBe(600_000);
    expect(bench.logged.some((line) => line.includes('a full disk'))).toBe(true);
  });

  it('that was obeyed when the power went is told as done, and not given a second time', async () => {
    const bench = openTold();
    await bench.begin();
    vi.spyOn(bench.station.commands, 'settle').mockImplementation(() => {
      throw new Error('power cut');
    });
    const { id, jws } = command(bench.center.signer, { action: { kind: 'extend', minutes: 10, note: '全场加时' } });
    await bench.station.terminal.obey(jws, in_(0));
    await bench.restart();
    expect(bench.sitting.extraMs).toBe(600_000);
    expect(bench.station.commands.untold()).toEqual([{ id, outcome: 'done' }]);
  });

  it('is judged by the center’s clock, and by its own only when that is long past', async () => {
    const bench = openTold();
    await bench.begin();
    const commands = [
      { expiresAt: in_(-300_000), at: in_(-301_000) },
      { expiresAt: in_(300_000), at: in_(301_000) },
      { expiresAt: in_(-700_000), at: in_(-701_000) },
    ];
    const outcomes: unknown[] = [];
    for (const { expiresAt, at } of commands) {
      const action = { kind: 'extend', minutes: 1, note: '全场加时' };
      const { id, jws } = command(bench.center.signer, { expiresAt, action });
      await bench.station.terminal.obey(jws, at);
      outcomes.push(bench.station.commands.untold().find((one) => one.id === id)?.outcome);
    }
    expect(outcomes).toEqual(['done', 'command-expired', 'command-expired']);
  });

  it.each<[string, object, string]>([
    ['after its time', { expiresAt: '2020-01-01T00:00:00.000Z' }, 'command-expired'],
    ['by somebody who is no proctor here', { by: 'pr_none' }, 'unauthorised'],
    ['with a second who is no proctor here', { second: 'pr_none' }, 'unauthorised'],
    ['in another exam', { examId: 'ex_other' }, 'nobody-here'],
    ['for another candidate', { candidateId: LI.id }, 'nobody-here'],
    ['for what is done already', { action: { kind: 'unlock' } }, 'not-allowed-now'],
    ['with an action for which somebody must be there', { action: SEEN_BY_HAND }, 'method-unknown'],
    ['with an action that only a newer station knows', { action: { kind: 'play-a-tune' } }, 'method-unknown'],
  ])('%s changes nothing, and the center hears why', async (_, changes, reason) => {
    const bench = openTold();
    await bench.begin();
    const before = bench.station.ledger.head();
    const { id, jws } = command(bench.center.signer, { action: { kind: 'pause' }, ...changes });
    await bench.station.terminal.obey(jws, in_(0));
    expect(bench.station.ledger.head()).toEqual(before);
    expect(bench.station.commands.untold()).toEqual([{ id, outcome: reason }]);
    bench.station.commands.told(id);
    expect(bench.station.commands.untold()).toEqual([]);
  });

  it.each<[string, (own: Signer) => string]>([
    ['another center', () => command(newSigner()).jws],
    ['this center for another station', (own) => command(own, { stationId: 'st_other' }).jws],
    ['this center, about something else', (own) => own.sign('exam-station/request', { stationId: STATION })],
    ['nobody', () => 'a.b.c'],
    ['nobody, and no JWS', () => ''],
  ])('signed by %s is nothing', async (_, make) => {
    const bench = openTold();
    await bench.begin();
    const before = bench.station.ledger.head();
    await bench.station.terminal.obey(make(bench.center.signer), in_(0));
    expect(bench.station.ledger.head()).toEqual(before);
    expect(bench.station.commands.untold()).toEqual([]);
  });

  it('takes two where the exam asks for two', async () => {
    const bench = openTold({ exams: [{ ...EXAM, twoProctors: ['terminate'] }], visitorExamId: null });
    await bench.begin();
    const end = async (changes: object) => {
      const { jws } = command(bench.center.signer, { action: { kind: 'terminate', note: '违反纪律' }, ...changes });
      await bench.station.terminal.obey(jws, in_(0));
      return bench.station.commands.untold().at(-1)?.outcome;
    };
    expect(await end({})).toBe('second-proctor-needed');
    expect(await end({ second: 'pr_zhao' })).toBe('second-proctor-needed');
    expect(await end({ second: 'pr_qian' })).toBe('done');
    expect(bench.sitting.decisions.at(-1)).toMatchObject({ by: 'pr_zhao', second: 'pr_qian' });
  });
});

describe('the code of a session', () => {
  const session = (changes: object = {}) => ({
    ...{ id: 'ss_a', examId: EXAM.id, codeHash: hashed('204060'), by: 'pr_qian' },
    ...{ opensAt: in_(-60_000), closesAt: in_(86_400_000), ...changes },
  });
  const unlock = (bench: ReturnType<typeof openBench>, code = '204060') =>
    refusalOf(bench.call('unlock.code', { code }));
  const waiting = async (changes: object = {}) => {
    const bench = openTold({ sessions: [session(changes)] });
    await bench.checkIn();
    const stage = await bench.reaches('awaiting-unlock');
    return { bench, stage };
  };

  it('unlocks the exam on the word of whose session it is', async () => {
    const { bench, stage } = await waiting();
    expect(stage.byCode).toBe(true);
    expect(await unlock(bench)).toBe('ok');
    await bench.reaches('in-progress');
    expect(bench.sitting.decisions).toMatchObject([{ action: 'unlocked', by: 'pr_qian', via: 'ss_a' }]);
  });

  it.each<[string, object]>([
    ['that has not begun', { opensAt: '2099-01-01T00:00:00.000Z', closesAt: '2099-01-02T00:00:00.000Z' }],
    ['that is over', { closesAt: '2020-01-01T00:00:00.000Z', opensAt: '2019-01-01T00:00:00.000Z' }],
    ['of another exam', { examId: 'ex_other' }],
  ])('%s opens nothing, and nobody is asked for it', async (_, changes) => {
    const { bench, stage } = await waiting(changes);
    expect(stage.byCode).toBeUndefined();
    expect(await unlock(bench)).toBe('code-wrong');
    expect(bench.stage.stage).toBe('awaiting-unlock');
  });

  it('cannot be guessed: a delay, then a long one that a proctor ends, and PINs are not touched by it', async () => {
    const { bench } = await waiting();
    for (let n = 0; n < 10; n++) {
      await bench.pass(300_000);
      expect(await unlock(bench, '000000')).toBe('code-wrong');
    }
    expect(await unlock(bench)).toBe('code-locked');
    expect(bench.screen.view?.waits).toMatchObject({ pinMs: 0, codeMs: 1_800_000 });
    await bench.pass(300_000);
    expect(await unlock(bench)).toBe('code-locked');
    await bench.act({ kind: 'extend', minutes: 5, note: '读题慢' });
    expect(await unlock(bench)).toBe('ok');
  });

  it('is for nothing else', async () => {
    const { bench } = await waiting();
    await unlock(bench);
    expect(await unlock(bench)).toBe('not-allowed-now');
    expect(await refusalOf(bench.act({ kind: 'pause' }, '204060'))).toBe('pin-wrong');
    for (const code of ['', '20406', '2040600', 'abcdef']) expect(await unlock(bench, code)).toBe('bad-message');
  });
});

describe('a badge', () => {
  it('stands in for the PIN once, for a minute', async () => {
    const bench = openTold();
    await bench.begin();
    expect(bench.screen.view?.station.badges).toBe(true);
    const asked = bench.call('proctor.badge', {});
    await bench.pass(1_000);
    bench.station.terminal.cardRead(BADGE);
    const { pin } = await asked;
    await bench.act({ kind: 'pause' }, pin);
    expect(bench.sitting.decisions.at(-1)).toMatchObject({ action: 'paused', by: 'pr_qian' });
    expect(await refusalOf(bench.act({ kind: 'resume' }, pin))).toBe('pin-wrong');
    const again = bench.call('proctor.badge', {});
    await bench.pass(1_000);
    bench.station.terminal.cardRead(BADGE);
    const late = (await again).pin;
    await bench.pass(61_000);
    expect(await refusalOf(bench.act({ kind: 'resume' }, late))).toBe('pin-wrong');
  });

  it('that is none, or that does not come, is said', async () => {
    const bench = openTold();
    await bench.begin();
    const other = refusalOf(bench.call('proctor.badge', {}));
    await bench.pass(1_000);
    bench.station.terminal.cardRead(WANG.number);
    expect(await other).toBe('badge-unknown');
    const none = refusalOf(bench.call('proctor.badge', {}));
    await bench.pass(20_100);
    expect(await none).toBe('badge-late');
  });

  it('nobody waits for is a candidate’s card', async () => {
    const bench = openTold();
    await bench.pass(50);
    bench.station.terminal.cardRead(BADGE);
    expect(await bench.reaches('consenting')).toMatchObject({ who: { name: LI.name } });
  });
});

it('a wrong PIN in a pause is an incident as in the exam', async () => {
  const bench = openTold();
  await bench.begin();
  await bench.act({ kind: 'pause' }, PIN);
  await bench.reaches('paused');
  expect(await refusalOf(bench.act({ kind: 'resume' }, '000000'))).toBe('pin-wrong');
  await bench.pass(50);
  expect(bench.incidents).toMatchObject([{ reason: 'pin-wrong', paused: false }]);
});
