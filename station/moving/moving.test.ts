import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { SittingId, StationId } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { openTinyCenter, readBatch } from '../../proof/proof.fixture.ts';
import { reasonOf, refusalOf } from '../../tests/kit/refusals.ts';
import { openVault } from '../core/vault/index.ts';
import { openArrivals, rescueName } from '../keep/moves/index.ts';
import { person, STRANGER, WANGS_FACE } from '../run/terminal.fixture.ts';
import { LI, WANG } from '../station.fixture.ts';
import { HERE, known, leave, leftFrom, MOVE, openRoom, THERE, turnedAway } from './moving.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('a sitting that is moved', () => {
  it('goes on at the other station with form, answers, marks and time, once the same face is there', async () => {
    const [here, there] = openRoom();
    const { form, before, remainingMs, file } = await leave(here);
    const why = { kind: 'moved', to: '考站 st_there', fromHere: 'waiting' };
    expect(here.stage).toMatchObject({ stage: 'idle', turnedAway: { why } });
    for (const departure of here.station.departures.unsent()) here.station.departures.sent(departure);
    here.station.shown.tell();
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
    const [record] = there.station.outbox.waiting().flatMap((batch) => readBatch(batch).records);
    expect(record).toMatchObject({
      format: 'exam-station/record@9',
      hosts: ['kiosk'],
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
    for (const { station } of [there, elsewhere]) station.knownMoves.list = [known(SittingId.parse('si_x'))];
    const identify = (bench: typeof there) => refusalOf(bench.call('identify.typed', { number: WANG.number }));
    expect(await identify(there)).toBe('rescue-coming');
    expect(await identify(elsewhere)).toBe('moved');
    await elsewhere.pass(50);
    expect(turnedAway(elsewhere)?.why).toEqual({ kind: 'moved', to: '考站 st_there' });
    const here = { kind: 'seat-here', ticket: 1, note: '就坐这里' } as const;
    expect(await refusalOf(elsewhere.act(here))).toBe('not-allowed-now');
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

  it('is remembered where it was refused for good, over a restart, and not where that may pass', async () => {
    const [here, there, elsewhere] = openRoom();
    const { before, file } = await leave(here);
    const [stranger] = openRoom({}, openTinyCenter());
    const reasons = [there, elsewhere, stranger].map(({ station: { arrivals, database, clock, identity } }, n) => {
      if (n === 0) arrivals.take(file);
      if (n === 0) arrivals.use(before.id);
      const reason = reasonOf(() => arrivals.take(file));
      const again = openArrivals(database, openVault(randomBytes(32)), identity, clock);
      return [reason, again.isRefused(sha256(file))];
    });
    expect(reasons).toEqual([
      ['rescue-used', true],
      ['rescue-foreign', false],
      ['signature-invalid', true],
    ]);
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
