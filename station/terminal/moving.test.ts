import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KnownMove } from '../../contract/center-api.ts';
import { CandidateId, CommandId, type ItemId, instant, SittingId, StationId } from '../../contract/ids.ts';
import { openTinyCenter } from '../../contract/proof/proof.fixture.ts';
import { SeatLabel } from '../../contract/seat-label.ts';
import { rescueName } from '../rescue/index.ts';
import { assignmentOf, EXAM, LI, MOCK, reasonOf, WANG } from '../station.fixture.ts';
import { openBench, person, refusalOf, STRANGER, WANGS_FACE } from './terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const [HERE, THERE, ELSEWHERE] = ['st_here', 'st_there', 'st_elsewhere'].map((id) => StationId.parse(id)) as [
  StationId,
  StationId,
  StationId,
];
const MOVE = { kind: 'move', to: THERE, note: '屏幕坏了' } as const;

/** Stations of one firm that know one another. */
function openRoom(changes: Parameters<typeof assignmentOf>[0] = {}, center = openTinyCenter()) {
  const room = [HERE, THERE, ELSEWHERE].map((stationId, at) =>
    openBench({ center, stationId, place: SeatLabel.parse(`2-${3 + at}`) }),
  );
  const stations = room.map(({ station: { identity } }) => ({
    id: identity.enrolment?.stationId,
    name: `考站 ${identity.enrolment?.stationId}`,
    publicKey: identity.signer.publicKey,
  }));
  const told = assignmentOf({ issuedAt: '2026-03-04T05:06:08.000Z', stations, ...changes });
  for (const { station } of room) station.roster.apply(told);
  return room as [(typeof room)[0], (typeof room)[0], (typeof room)[0]];
}

const leftFrom = (bench: ReturnType<typeof openBench>, sitting: SittingId, to = THERE): Uint8Array =>
  readFileSync(join(bench.folder, rescueName(sitting, to)));

const turnedAway = ({ stage }: ReturnType<typeof openBench>) => (stage.stage === 'idle' ? stage.turnedAway : undefined);

/** What the center says of a sitting of Wang's that was moved. */
const known = (sittingId: SittingId, changes: Partial<KnownMove> = {}): KnownMove => ({
  ...{ sittingId, candidateId: CandidateId.parse(WANG.id), examId: EXAM.id, to: THERE, over: false, ...changes },
});

/** Sits down here, answers three items, and is moved. */
async function leave(bench: ReturnType<typeof openBench>, move: { readonly to: StationId } = MOVE) {
  const form = await bench.begin();
  for (const { itemId, options } of form.items.slice(0, 3))
    await bench.call('answer', { itemId, chosen: options.slice(0, 1).map(({ id }) => id), revision: 1 });
  await bench.call('flag', { itemId: form.items[5]?.itemId as ItemId, flagged: true });
  await bench.pass(60_000);
  await bench.act({ kind: 'extend', minutes: 5, note: '读题慢' });
  const before = bench.sitting;
  const remainingMs = bench.station.seat.remainingMs();
  await bench.act({ ...MOVE, ...move });
  await bench.pass(50);
  return { form, before, remainingMs, file: leftFrom(bench, before.id, (move as { to: StationId }).to) };
}

describe('a sitting that is moved', () => {
  it('goes on at the other station with form, answers, marks and time, once the same face is there', async () => {
    const [here, there] = openRoom();
    const { form, before, remainingMs, file } = await leave(here);
    const why = { kind: 'moved', to: '考站 st_there', fromHere: 'waiting' };
    expect(here.stage).toMatchObject({ stage: 'idle', turnedAway: { why } });
    for (const departure of here.station.departures.unsent()) here.station.departures.sent(departure);
    here.station.terminal.refresh();
    await here.pass(50);
    expect(here.stage).toMatchObject({ turnedAway: { why: { ...why, fromHere: 'delivered' } } });

    there.station.arrivals.take(file);
    await there.checkIn();
    there.show(person(WANGS_FACE));
    expect(await there.reaches('awaiting-unlock')).toMatchObject({ continued: { answered: 3 } });
    await there.act({ kind: 'unlock' });
    await there.reaches('in-progress');
    const goesOn = await there.call('form', {});
    expect(goesOn.items).toEqual(form.items);
    expect(goesOn.answers.filter(({ chosen }) => chosen.length > 0)).toHaveLength(3);
    expect(there.sitting.answers).toEqual(before.answers);
    expect(there.sitting.flags).toEqual(before.flags);
    expect(there.station.seat.remainingMs()).toBeLessThanOrEqual(remainingMs);
    expect(there.station.seat.remainingMs()).toBeGreaterThan(remainingMs - 1_000);
  });

  it('leaves a record that says where it began and everything that was decided there', async () => {
    const [here, there] = openRoom();
    const { before, file } = await leave(here);
    there.station.arrivals.take(file);
    await there.begin();
    await there.call('hand-in', {});
    await there.reaches('result');
    const sitting = there.sitting;
    expect(sitting.decisions.map(({ action }) => action)).toEqual(['unlocked', 'extended', 'moved', 'unlocked']);
    await there.station.outbox.seal(THERE, there.station.identity.signer);
    const [record] = there.station.outbox.waiting().flatMap(({ records }) => records);
    expect(record).toMatchObject({
      format: 'exam-station/record@5',
      startedAt: before.startedAt,
      continues: { stationId: HERE, sittingId: before.id },
    });
    expect(record?.activeMs).toBeGreaterThanOrEqual(60_000);
    // The end of its ledger there is what the record names.
    const last = here.station.ledger.ofSitting(before.id).at(-1);
    expect(last).toMatchObject({ event: { type: 'moved', to: THERE }, hash: record?.continues?.ledger.head });
    for (const { station } of [here, there]) expect(station.ledger.firstBroken()).toBeUndefined();
  });

  it('is shown again after a power cut at the other station, with what came from the first', async () => {
    const [here, there] = openRoom();
    const { before, file } = await leave(here);
    there.station.arrivals.take(file);
    await there.begin();
    await there.restart();
    await there.reaches('in-progress');
    expect(there.sitting.answers).toEqual(before.answers);
  });

  it('can be moved on, and back again', async () => {
    const [here, there] = openRoom();
    const { before, file } = await leave(here);
    there.station.arrivals.take(file);
    await there.begin();
    const second = there.sitting.id;
    await there.act({ ...MOVE, to: HERE });
    here.station.arrivals.take(leftFrom(there, second, HERE));
    await here.begin();
    expect(here.sitting.answers).toEqual(before.answers);
    expect(here.sitting.decisions.map(({ action }) => action).filter((one) => one === 'moved')).toHaveLength(2);
  });

  it('waits for its candidate when the first try at the other station comes to nothing', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    there.station.arrivals.take(file);
    there.show(person(STRANGER));
    await there.checkIn();
    await there.reaches('refused');
    await there.act({ kind: 'send-away' });
    there.show(person(WANGS_FACE));
    await there.checkIn();
    await there.reaches('awaiting-unlock');
    expect(there.sitting.continues).toBeDefined();
  });

  it('is not taken up by anybody else, nor begun anew where it left', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    there.station.arrivals.take(file);
    await there.pass(50);
    there.station.terminal.cardRead(LI.number);
    await there.reaches('consenting');
    expect(there.sitting.continues).toBeUndefined();
    expect(await refusalOf(here.call('identify.typed', { number: WANG.number }))).toBe('moved');
    await here.pass(12 * 3_600_000 - 60_000);
    expect(await refusalOf(here.call('identify.typed', { number: WANG.number }))).toBe('moved');
    await here.pass(120_000);
    expect(await refusalOf(here.call('identify.typed', { number: WANG.number }))).toBe('ok');
  });

  it('whose file could not be written is made at the next start, whoever sat here meanwhile', async () => {
    const [here] = openRoom();
    const seal = vi.spyOn(here.station.ledger, 'stretch').mockImplementation(() => {
      throw new Error('disk full');
    });
    await here.begin();
    const { id } = here.sitting;
    await here.act(MOVE);
    seal.mockRestore();
    await here.checkIn(LI.number);
    await here.call('leave', {}).catch(() => undefined);
    await here.restart();
    expect(here.station.departures.unsent()).toMatchObject([{ sitting: id, to: THERE }]);
    expect(leftFrom(here, id).length).toBeGreaterThan(0);
  });

  it('whose file was taken away or never laid out lies there again', async () => {
    const [here] = openRoom();
    const { before } = await leave(here);
    rmSync(join(here.folder, rescueName(before.id, THERE)));
    here.station.departures.catchUp();
    expect(leftFrom(here, before.id).length).toBeGreaterThan(0);
  });
});

describe('a candidate who is there before the file', () => {
  it('goes on with what was begun as soon as it comes, and not with a new paper', async () => {
    const [here, there] = openRoom();
    const { file, before } = await leave(here);
    await there.checkIn();
    await there.reaches('awaiting-unlock');
    there.station.arrivals.take(file);
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('not-allowed-now');
    expect(await there.reaches('consenting')).toMatchObject({ continued: { answered: 3 } });
    await there.call('consent', { given: true, locale: 'zh' });
    await there.reaches('awaiting-unlock');
    await there.act({ kind: 'unlock' });
    expect(there.sitting.answers).toEqual(before.answers);
  });

  it('and waits to be unlocked goes on with it at once', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    await there.checkIn();
    await there.reaches('awaiting-unlock');
    there.station.arrivals.take(file);
    await there.pass(50);
    expect(there.stage).toMatchObject({ stage: 'consenting', continued: { answered: 3 } });
  });

  it('and sits a new paper by then goes on with that until a proctor, who is told, ends it', async () => {
    const [here, there] = openRoom();
    const { file, before } = await leave(here);
    await there.begin();
    const own = there.sitting.id;
    there.station.arrivals.take(file);
    there.station.arrivals.take(file);
    await there.pass(50);
    expect(there.sitting.id).toBe(own);
    expect(there.incidents.map(({ reason }) => reason)).toEqual(['begun-elsewhere']);
    await there.restart();
    expect(there.incidents.filter(({ reason }) => reason === 'begun-elsewhere')).toHaveLength(1);
    await there.act({ kind: 'terminate', note: '接着考原来的' });
    await there.reaches('result');
    await there.call('leave', {});
    await there.call('identify.typed', { number: WANG.number });
    expect(await there.reaches('consenting')).toMatchObject({ continued: { answered: 3 } });
    expect(there.sitting.continues?.sitting).toBe(before.id);
  });

  it('who is somebody else is told nothing, and the idle screen says that an exam came', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    there.station.arrivals.take(file);
    await there.pass(50);
    expect(there.stage).toMatchObject({ stage: 'idle', notice: 'rescue-taken' });
    await there.checkIn(LI.number);
    await there.reaches('refused');
    await there.act({ kind: 'override', note: '没有照片', compared: ['name', 'number'] });
    await there.act({ kind: 'unlock' });
    await there.reaches('in-progress');
    there.station.arrivals.take(file);
    await there.pass(50);
    expect([there.stage.stage, there.incidents]).toEqual(['in-progress', []]);
  });

  it('whose seat is another one goes on with it, too', async () => {
    const center = openTinyCenter();
    const [here, there] = openRoom({ candidates: [{ ...WANG, seat: '2-3' }] }, center);
    const { file, before } = await leave(here);
    await there.pass(50);
    there.station.terminal.cardRead(WANG.number);
    await there.pass(50);
    there.station.arrivals.take(file);
    await there.act({ kind: 'seat-here', ticket: 1, note: '换到这里' });
    await there.reaches('consenting');
    expect(there.sitting.continues?.sitting).toBe(before.id);
    expect(there.sitting.decisions.map(({ action }) => action)).toEqual(['unlocked', 'extended', 'moved', 'seated']);
  });

  it('is told to wait where the center says that it is on its way, and is sent on where it goes elsewhere', async () => {
    const [, there, elsewhere] = openRoom();
    for (const { station } of [there, elsewhere]) station.elsewhere.list = [known(SittingId.parse('si_x'))];
    const identify = (bench: typeof there) => refusalOf(bench.call('identify.typed', { number: WANG.number }));
    expect(await identify(there)).toBe('rescue-coming');
    expect(await identify(elsewhere)).toBe('moved');
    await elsewhere.pass(50);
    expect(turnedAway(elsewhere)?.why).toEqual({ kind: 'moved', to: '考站 st_there' });
    const here = { kind: 'seat-here', ticket: 1, note: '就坐这里' } as const;
    expect(await refusalOf(elsewhere.act(here))).toBe('not-allowed-now');
  });
});

/** Moved from one station to another, where they wait to be unlocked. */
async function arrived() {
  const room = openRoom();
  const [here, there] = room;
  const { file } = await leave(here);
  there.station.arrivals.take(file);
  await there.checkIn();
  await there.reaches('awaiting-unlock');
  return room;
}

/** Moved away, and come back with the card to where they left. */
async function backAtFirst() {
  const [here, there, elsewhere] = openRoom();
  const left = await leave(here);
  here.station.terminal.cardRead(WANG.number);
  await here.pass(50);
  expect(turnedAway(here)?.why).toEqual({ kind: 'moved', to: '考站 st_there', fromHere: 'waiting' });
  return { here, there, elsewhere, ...left };
}

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
    here.station.elsewhere.list = [known(before.id, { begunBy: THERE })];
    await lay();
    expect(turnedAway(here)?.why).toEqual({ kind: 'moved', to: '考站 st_there' });
    for (const kind of ['seat-here', 'send-on'] as const)
      expect(await refusalOf(here.act({ kind, ticket: 3, note, to: ELSEWHERE } as never))).toBe('not-allowed-now');
    // Over: the next attempt is a new one.
    here.station.elsewhere.list = [known(before.id, { begunBy: THERE, over: true })];
    await lay();
    await here.reaches('consenting');
    expect(here.sitting.continues).toBeUndefined();
    // And a file that comes late is worth nothing where it went on elsewhere, or was sent elsewhere since.
    there.station.arrivals.take(file);
    there.station.elsewhere.list = [known(before.id, { to: ELSEWHERE })];
    await there.pass(50);
    expect(await refusalOf(there.call('identify.typed', { number: WANG.number }))).toBe('moved');
    there.station.elsewhere.list = [known(before.id, { begunBy: HERE })];
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
    there.station.elsewhere.list = [known(sitting as SittingId, { begunBy: ELSEWHERE })];
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('rescue-used');
    there.station.elsewhere.list = [];
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
    there.station.elsewhere.list = [known(there.sitting.continues?.sitting as SittingId, { begunBy: ELSEWHERE })];
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
    there.station.elsewhere.list = [known(sitting, { begunBy: THERE, twice: true })];
    for (const _ of [1, 2]) there.station.terminal.heard();
    await there.pass(50);
    expect(there.incidents.map(({ reason }) => reason)).toEqual(['sat-twice']);
  });

  it('stands at the door only as long as it can still be sent on from here', async () => {
    const [here] = openRoom();
    const { before } = await leave(here);
    await here.pass(200_000);
    expect(turnedAway(here)?.why).toMatchObject({ fromHere: 'waiting' });
    here.station.elsewhere.list = [known(before.id, { begunBy: ELSEWHERE })];
    here.station.terminal.heard();
    await here.pass(50);
    expect(turnedAway(here)?.why).toEqual({ kind: 'moved', to: '考站 st_elsewhere' });
    const sendOn = { kind: 'send-on', ticket: 1, to: ELSEWHERE, note: '那台也坏了' } as const;
    expect(await refusalOf(here.act(sendOn))).toBe('not-allowed-now');
    expect(here.station.ledger.ofSitting(before.id).filter(({ event }) => event.type === 'moved')).toHaveLength(1);
    await here.pass(100_000);
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
    here.station.terminal.refresh();
    await here.pass(50);
    expect(turnedAway(here)?.why).toMatchObject({ fromHere: 'refused' });
  });

  it('is not begun anew where it is heard of only after check-in', async () => {
    const [, there, elsewhere] = openRoom();
    for (const bench of [there, elsewhere]) {
      await bench.checkIn();
      await bench.reaches('awaiting-unlock');
      bench.station.elsewhere.list = [known(SittingId.parse('si_x'))];
    }
    expect(await refusalOf(there.act({ kind: 'unlock' }))).toBe('rescue-coming');
    expect(await refusalOf(elsewhere.act({ kind: 'unlock' }))).toBe('moved');
    there.station.elsewhere.list = [];
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
    expect(there.stage).toEqual({ stage: 'idle' });
  });

  it('tells the center where it goes on', async () => {
    const { here, there, before, file } = await backAtFirst();
    expect(here.station.claims.untold()).toEqual([]);
    there.station.arrivals.take(file);
    await there.begin();
    expect(there.station.claims.untold()).toEqual([before.id]);
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

describe('a move is refused', () => {
  it.each([
    ['to the station itself', HERE],
    ['to a station that the center did not name', StationId.parse('st_none')],
  ])('%s', async (_, to) => {
    const [here] = openRoom();
    await here.begin();
    expect(await refusalOf(here.act({ ...MOVE, to }))).toBe('station-unknown');
    expect(here.stage.stage).toBe('in-progress');
  });

  it('of practice', async () => {
    const [here] = openRoom({ candidates: [{ ...WANG, examId: MOCK.id }] });
    await here.checkIn();
    await here.reaches('awaiting-unlock');
    await here.call('begin', {});
    await here.reaches('in-progress');
    expect(await refusalOf(here.act(MOVE))).toBe('not-allowed-now');
  });

  it('before the exam', async () => {
    const [here] = openRoom();
    await here.checkIn();
    await here.reaches('awaiting-unlock');
    expect(await refusalOf(here.act(MOVE))).toBe('not-allowed-now');
  });
});

describe('a rescue file', () => {
  it('is refused once it was used, and taken twice before that', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    there.station.arrivals.take(file);
    there.station.arrivals.take(file);
    await there.begin();
    expect(reasonOf(() => there.station.arrivals.take(file))).toBe('rescue-used');
    await there.restart();
    expect(reasonOf(() => there.station.arrivals.take(file))).toBe('rescue-used');
  });

  it('is refused at any other station, and by another center', async () => {
    const [here, , elsewhere] = openRoom();
    const { file } = await leave(here);
    expect(reasonOf(() => elsewhere.station.arrivals.take(file))).toBe('rescue-foreign');
    expect(reasonOf(() => here.station.arrivals.take(file))).toBe('rescue-foreign');
    const [, stranger] = openRoom();
    expect(reasonOf(() => stranger.station.arrivals.take(file))).toBe('signature-invalid');
  });

  it('tells nothing of what is in it, in its signed statements either', async () => {
    const [here] = openRoom();
    const { file, form } = await leave(here);
    const statements = Object.values(unzipSync(file)).flatMap((entry) => Buffer.from(entry).toString().split('.'));
    const readable = [file, ...statements.map((part) => Buffer.from(part, 'base64url'))].map((one) => Buffer.from(one));
    expect(readable.some((one) => one.includes(THERE))).toBe(true);
    for (const text of [WANG.id, EXAM.id, form.items[0]?.itemId as string])
      expect(readable.some((one) => one.includes(text))).toBe(false);
  });

  it('with any byte changed, cut off or added is refused or says the same', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    const said = there.station.arrivals.take(file);
    const take = (bytes: Uint8Array): unknown => {
      try {
        return there.station.arrivals.take(bytes);
      } catch (error) {
        return (error as { reason?: string }).reason;
      }
    };
    const reasons = ['rescue-invalid', 'signature-invalid'];
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (where, by) => {
        const changed = Uint8Array.from(file);
        changed[where] = (changed[where] as number) ^ by;
        const outcome = take(changed);
        if (typeof outcome === 'string') expect(reasons).toContain(outcome);
        else expect(outcome).toEqual(said);
      }),
      { numRuns: 300 },
    );
    for (const length of [0, 1, 100, file.length - 1]) expect(take(file.slice(0, length))).toBe('rescue-invalid');
  });
});
