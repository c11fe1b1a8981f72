import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { CommandId, instant, SittingId } from '../../contract/words/ids.ts';
import { reasonOf, refusalOf } from '../../tests/kit/refusals.ts';
import { IDLE, type openBench } from '../run/terminal.fixture.ts';
import { WANG } from '../station.fixture.ts';
import {
  arrived,
  backAtFirst,
  ELSEWHERE,
  HERE,
  known,
  leave,
  leftFrom,
  openRoom,
  THERE,
  turnedAway,
} from './moving.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('an exam that the other station cannot take', () => {
  it('is sent on to a third, which alone can open the new file', async () => {
    const { here, there, elsewhere, before } = await backAtFirst();
    await here.act({ kind: 'send-on', ticket: 2, to: ELSEWHERE, note: '那台也坏了' });
    await here.pass(50);
    expect(turnedAway(here)?.why).toMatchObject({ to: '考站 st_elsewhere', fromHere: 'waiting' });
    // What lies there for a stick is for the third, too.
    const file = leftFrom(here, before.id, ELSEWHERE);
    expect(Buffer.from(file)).toEqual(here.station.departures.fileOf(before.id, ELSEWHERE));
    expect(reasonOf(() => there.station.arrivals.take(file))).toBe('rescue-foreign');
    expect(elsewhere.station.arrivals.take(file).continues.answers).toHaveLength(3);
    expect(here.station.ledger.ofSitting(before.id).filter(({ event }) => event.type === 'moved')).toHaveLength(2);
  });

  it('goes on nowhere else once the center says that it goes on there, or is over', async () => {
    const { here, there, before, file } = await backAtFirst();
    const note = '那台也坏了';
    const lay = async () => {
      here.station.terminal.cardRead(WANG.number);
      await here.pass(50);
    };
    here.station.knownMoves.list = [known(before.id, { begunBy: THERE })];
    await lay();
    expect(turnedAway(here)?.why).toEqual({ kind: 'moved', to: '考站 st_there' });
    for (const kind of ['seat-here', 'send-on'] as const)
      expect(await refusalOf(here.act({ kind, ticket: 3, note, to: ELSEWHERE } as never))).toBe('not-allowed-now');
    // Over: the next attempt is a new one.
    here.station.knownMoves.list = [known(before.id, { begunBy: THERE, over: true })];
    await lay();
    await here.reaches('consenting');
    expect(here.sitting.continues).toBeUndefined();
    // And a file that comes late is worth nothing where it went on elsewhere, or was sent elsewhere since.
    there.station.arrivals.take(file);
    there.station.knownMoves.list = [known(before.id, { to: ELSEWHERE })];
    await there.pass(50);
    expect(await refusalOf(there.call('identify.typed', { number: WANG.number }))).toBe('moved');
    there.station.knownMoves.list = [known(before.id, { begunBy: HERE })];
    await there.pass(50);
    expect(await refusalOf(there.call('identify.typed', { number: WANG.number }))).toBe('moved');
  });
});

/** As the center signs it for this station. */
function unlockFromAfar({ center }: ReturnType<typeof openBench>) {
  const at = (ms: number) => instant(new Date(Date.now() + ms));
  const id = CommandId.parse('cm_unlock');
  const plain = { id, stationId: THERE, examId: EXAM.id, by: 'pr_zhao', action: { kind: 'unlock' } };
  const jws = center.signer.sign('exam-station/command', { ...plain, issuedAt: at(0), expiresAt: at(60_000) });
  return { id, jws, at: at(0) };
}

describe('an exam that was moved', () => {
  it('goes on only where it did so first, though both heard too late, and where nobody answers', async () => {
    const [, there] = await arrived();
    there.station.claim.mockResolvedValueOnce(ELSEWHERE);
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('rescue-used');
    expect(there.stage.stage).toBe('awaiting-unlock');
    // Also where it answers nothing now, but said so before.
    const { sitting } = there.sitting.continues ?? {};
    there.station.knownMoves.list = [known(sitting as SittingId, { begunBy: ELSEWHERE })];
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('rescue-used');
    there.station.knownMoves.list = [];
    there.station.claim.mockRejectedValueOnce(new Error('offline'));
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('ok');
    await there.reaches('in-progress');
  });

  it('is not held up by a center that does not answer, and a proctor hears later that it was sat twice', async () => {
    const [, there] = await arrived();
    there.station.claim.mockReturnValueOnce(new Promise(() => undefined));
    void there.act({ kind: 'unlock' });
    await there.reaches('in-progress');
    there.station.terminal.heard();
    await there.pass(50);
    expect(there.incidents).toEqual([]);
    there.station.knownMoves.list = [known(there.sitting.continues?.sitting as SittingId, { begunBy: ELSEWHERE })];
    for (const _ of [1, 2]) there.station.terminal.heard();
    await there.pass(50);
    expect(there.incidents.map(({ reason }) => reason)).toEqual(['sat-twice']);
    expect(there.stage.stage).toBe('in-progress');
  });

  it('is not unlocked by a command either where it goes on elsewhere', async () => {
    const [, there] = await arrived();
    there.station.claim.mockResolvedValue(ELSEWHERE);
    const { id, jws, at } = unlockFromAfar(there);
    await there.station.terminal.obey(jws, at);
    expect(there.station.commands.untold()).toEqual([{ id, outcome: 'rescue-used' }]);
    expect(there.stage.stage).toBe('awaiting-unlock');
  });

  it('and went on at two stations is told at the one that was first, too', async () => {
    const [, there] = await arrived();
    await there.act({ kind: 'unlock' });
    await there.reaches('in-progress');
    const sitting = there.sitting.continues?.sitting as SittingId;
    there.station.knownMoves.list = [known(sitting, { begunBy: THERE, twice: true })];
    for (const _ of [1, 2]) there.station.terminal.heard();
    await there.pass(50);
    expect(there.incidents.map(({ reason }) => reason)).toEqual(['sat-twice']);
  });

  it('stands at the door only as long as it can still be sent on from here', async () => {
    const [here] = openRoom();
    const { before } = await leave(here);
    await here.pass(200_000);
    expect(turnedAway(here)?.why).toMatchObject({ fromHere: 'waiting' });
    here.station.knownMoves.list = [known(before.id, { begunBy: ELSEWHERE })];
    here.station.terminal.heard();
    await here.pass(50);
    expect(turnedAway(here)?.why).toEqual({ kind: 'moved', to: '考站 st_elsewhere' });
    const sendOn = { kind: 'send-on', ticket: 1, to: ELSEWHERE, note: '那台也坏了' } as const;
    expect(await refusalOf(here.act(sendOn))).toBe('not-allowed-now');
    expect(here.station.ledger.ofSitting(before.id).filter(({ event }) => event.type === 'moved')).toHaveLength(1);
    await here.pass(100_000);
    expect(turnedAway(here)).toBeUndefined();
  });

  it('leaves no name at the door for longer than a quarter of an hour, though it cannot leave', async () => {
    const [here] = openRoom();
    await leave(here);
    await here.pass(890_000);
    expect(turnedAway(here)?.why).toMatchObject({ fromHere: 'waiting' });
    await here.pass(20_000);
    expect(turnedAway(here)).toBeUndefined();
  });

  it('is sent on to a third and back to the second with a new file each time', async () => {
    const [here, there] = openRoom();
    const { before, file } = await leave(here);
    for (const departure of here.station.departures.unsent()) here.station.departures.sent(departure);
    await here.pass(1_000);
    await here.act({ kind: 'send-on', ticket: 1, to: ELSEWHERE, note: '那台也坏了' });
    await here.pass(1_000);
    await here.act({ kind: 'send-on', ticket: 2, to: THERE, note: '又修好了' });
    await here.pass(50);
    expect(turnedAway(here)?.why).toMatchObject({ to: '考站 st_there', fromHere: 'waiting' });
    expect(here.station.departures.unsent().map(({ to }) => to)).toEqual([ELSEWHERE, THERE]);
    const again = leftFrom(here, before.id);
    expect(Buffer.from(again)).not.toEqual(Buffer.from(file));
    expect(there.station.arrivals.take(again).continues.sitting).toBe(before.id);
    const gone = { sitting: before.id, to: THERE };
    here.station.departures.givenUp(gone);
    here.station.shown.tell();
    await here.pass(50);
    expect(turnedAway(here)?.why).toMatchObject({ fromHere: 'refused' });
  });

  it('is not begun anew where it is heard of only after check-in', async () => {
    const [, there, elsewhere] = openRoom();
    for (const bench of [there, elsewhere]) {
      await bench.checkIn();
      await bench.reaches('awaiting-unlock');
      bench.station.knownMoves.list = [known(SittingId.parse('si_x'))];
    }
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('rescue-coming');
    expect(await refusalOf(elsewhere.act({ kind: 'unlock' }))).toBe('moved');
    there.station.knownMoves.list = [];
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('ok');
  });

  it('waits at a seat whose station has not got its items yet', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    await there.checkIn();
    await there.reaches('awaiting-unlock');
    const has = vi.spyOn(there.station.banks, 'has').mockReturnValue(false);
    there.station.arrivals.take(file);
    await there.pass(50);
    expect(there.stage.stage).toBe('awaiting-unlock');
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('no-exam');
    has.mockRestore();
    there.station.terminal.heard();
    expect(await there.reaches('consenting')).toMatchObject({ continued: { answered: 3 } });
  });

  it('is no news to somebody who enrols, and to whoever comes after its candidate', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    await there.call('enrol.begin', {});
    there.station.arrivals.take(file);
    await there.pass(50);
    expect(there.stage).toEqual({ stage: 'enrolling', step: 'consent' });
    await there.call('leave', {});
    await there.pass(60_000);
    expect(there.stage).toMatchObject({ notice: 'rescue-taken' });
    await there.checkIn();
    await there.call('leave', {});
    await there.pass(50);
    expect(there.stage).toEqual(IDLE);
  });

  it('tells the center where it goes on', async () => {
    const { here, there, before, file } = await backAtFirst();
    expect(here.station.claims.untold()).toEqual([]);
    there.station.arrivals.take(file);
    await there.begin();
    expect(there.station.claims.untold()).toEqual([{ sitting: before.id }]);
    there.station.claims.told(before.id);
    expect(there.station.claims.untold()).toEqual([]);
  });

  it('goes on where it began, with all that was answered', async () => {
    const { here, before, remainingMs } = await backAtFirst();
    await here.act({ kind: 'seat-here', ticket: 2, note: '那台也坏了' });
    await here.reaches('consenting');
    await here.call('consent', { given: true, locale: 'zh' });
    await here.reaches('awaiting-unlock');
    await here.act({ kind: 'unlock' });
    await here.reaches('in-progress');
    expect(here.sitting.answers).toEqual(before.answers);
    expect(here.station.seat.remainingMs()).toBeGreaterThan(remainingMs - 1_000);
    await here.call('hand-in', {});
    await here.reaches('result');
    await here.call('leave', {});
    // It has come back: the next attempt is a new one.
    expect(await refusalOf(here.call('identify.typed', { number: WANG.number }))).toBe('ok');
    expect(here.sitting.continues).toBeUndefined();
  });
});
