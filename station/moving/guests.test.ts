import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM } from '../../authoring/bank.fixture.ts';
import { CandidateId, StationId, TenantId } from '../../contract/words/ids.ts';
import { GUEST, openTinyCenter } from '../../proof/proof.fixture.ts';
import { reasonOf, refusalOf } from '../../tests/kit/refusals.ts';
import { type Bench, GUEST_PIN, giveTo, HOUR_MS, tellOfGuest, within } from '../run/guests.fixture.ts';
import { openBench, person, STRANGER } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';
import { HERE, known, leftFrom, THERE, turnedAway } from './moving.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const note = '屏幕坏了';

/** Two stations of one firm, both of which another may use; one of a third may be used by it as well. */
function openRentedRoom() {
  const center = openTinyCenter();
  const room = [HERE, THERE].map((stationId) =>
    openBench({ center, stationId, assignment: assignmentOf({ candidates: [] }), enrolled: false }),
  ) as [Bench, Bench];
  const stations = room.map(({ station: { identity } }) => ({
    id: identity.enrolment?.stationId,
    name: `考站 ${identity.enrolment?.stationId}`,
    publicKey: identity.signer.publicKey,
  }));
  for (const [at, bench] of room.entries()) {
    giveTo(bench, { id: `gr_${at}` });
    tellOfGuest(bench, { stations });
    bench.show(person(STRANGER));
  }
  return room;
}

async function leaves(here: Bench) {
  await here.checkIn();
  await here.reaches('awaiting-unlock');
  await here.settled();
  await here.act({ kind: 'unlock' }, GUEST_PIN);
  await here.reaches('in-progress');
  const form = await here.call('form', {});
  for (const { itemId, options } of form.items.slice(0, 3))
    await here.call('answer', { itemId, chosen: options.slice(0, 1).map(({ id }) => id), revision: 1 });
  const before = here.sitting;
  await here.act({ kind: 'move', to: THERE, note }, GUEST_PIN);
  await here.pass(50);
  return { before, file: leftFrom(here, before.id) };
}

describe('an exam of a firm that uses both stations by a grant', () => {
  it('goes on at the other, of the same firm, under the grant of that station', async () => {
    const [here, there] = openRentedRoom();
    const { before, file } = await leaves(here);
    expect(before).toMatchObject({ tenantId: GUEST, grant: 'gr_0' });
    expect(here.station.departures.unsent()).toMatchObject([{ sitting: before.id, grant: 'gr_0' }]);
    expect(turnedAway(here)?.why).toMatchObject({ to: '考站 st_there' });
    there.station.arrivals.take(file);
    await there.checkIn();
    await there.reaches('awaiting-unlock');
    expect(there.sitting).toMatchObject({ tenantId: GUEST, grant: 'gr_1', continues: { sitting: before.id } });
    await there.settled();
    await there.act({ kind: 'unlock' }, GUEST_PIN);
    await there.reaches('in-progress');
    expect(there.sitting.answers.size).toBe(3);
    expect(there.station.claims.untold()).toEqual([{ sitting: before.id, grant: 'gr_1' }]);
    expect(there.station.claim).toHaveBeenCalledWith(before.id, 'gr_1');
  });

  it('is refused where the other station has no grant for it by then, or not for this exam', async () => {
    const [here, there] = openRentedRoom();
    const { file } = await leaves(here);
    giveTo(there, { id: 'gr_1', until: within(0) });
    expect(reasonOf(() => there.station.arrivals.take(file))).toBe('grant-missing');
    giveTo(there, { id: 'gr_1', exams: ['ex_other'] });
    expect(reasonOf(() => there.station.arrivals.take(file))).toBe('grant-missing');
    giveTo(there, { id: 'gr_1', until: within(HOUR_MS) });
    expect(there.station.arrivals.take(file).continues.answers).toHaveLength(3);
  });

  it('is refused where the center has not said that the firm uses the station it comes from', async () => {
    const [here, there] = openRentedRoom();
    const { file } = await leaves(here);
    tellOfGuest(there, { stations: [] });
    expect(reasonOf(() => there.station.arrivals.take(file))).toBe('rescue-foreign');
  });

  it('goes to no station that only the owner may use', async () => {
    const [here] = openRentedRoom();
    const stations = [
      { id: THERE, name: '二号', publicKey: here.station.identity.signer.publicKey },
      { id: StationId.parse('st_own'), name: '自用', publicKey: here.station.identity.signer.publicKey },
    ];
    here.station.roster.apply(assignmentOf({ candidates: [], stations, issuedAt: within(0) }));
    await here.checkIn();
    await here.reaches('awaiting-unlock');
    await here.settled();
    await here.act({ kind: 'unlock' }, GUEST_PIN);
    await here.reaches('in-progress');
    const offered = (await here.call('stations', {})).stations.map(({ id }) => id);
    expect(offered).toEqual([THERE]);
    const move = { kind: 'move', to: StationId.parse('st_own'), note } as const;
    expect(await refusalOf(here.act(move, GUEST_PIN))).toBe('station-unknown');
  });

  it('that another firm calls by the same names does not keep its people from anything', async () => {
    const [here] = openRentedRoom();
    const elsewhere = { ...known('si_x' as never), guest: TenantId.parse('tn_third') };
    here.station.knownMoves.list = [elsewhere, known('si_y' as never)];
    await here.checkIn();
    await here.reaches('awaiting-unlock');
    expect(here.sitting.tenantId).toBe(GUEST);
  });

  it('that has left keeps its own candidate away, and nobody of the owner’s with the same id', async () => {
    const [here] = openRentedRoom();
    await leaves(here);
    const { departures } = here.station;
    const wang = CandidateId.parse(WANG.id);
    expect(departures.away(wang, EXAM.id, within(-HOUR_MS))).toBeUndefined();
    expect(departures.away(wang, EXAM.id, within(-HOUR_MS), GUEST)).toMatchObject({ to: THERE });
    expect(departures.awaits(GUEST)).toBe(true);
  });
});
