import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { Exam } from '../../contract/words/exam.ts';
import { HOSTS, type Host } from '../../contract/words/hosts.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { leave, openRoom } from '../moving/moving.fixture.ts';
import { openBench, person, STRANGER, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const NOT_LOCKED = ['kiosk-unlocked', 'browser'] as const;
const EVERYWHERE = assignmentOf({ exams: [Exam.parse({ ...EXAM, hosts: HOSTS }), MOCK] });

const notice = ({ stage }: ReturnType<typeof openBench>) => (stage.stage === 'idle' ? stage.notice : undefined);
const typesOf = ({ station, sitting }: ReturnType<typeof openBench>) =>
  station.ledger.ofSitting(sitting.id).map(({ event }) => event.type);

describe.each(NOT_LOCKED)('a formal exam on %s', (host) => {
  it('turns whoever lays down a card or types a number away at once, and says why', async () => {
    const bench = openBench({ host });
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    expect([notice(bench), bench.station.seat.current]).toEqual(['host-not-allowed', undefined]);
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('host-not-allowed');
    expect(bench.station.ledger.sittings()).toEqual([]);
  });

  it('is sat where it names the host', async () => {
    const bench = openBench({ host, assignment: EVERYWHERE });
    await bench.begin();
    expect(bench.sitting.hosts).toEqual([host]);
  });

  it('begins nowhere else once the power was away: neither by hand nor by a code', async () => {
    const bench = openBench();
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.restart(host);
    await bench.reaches('awaiting-unlock');
    expect(await refusalOf(bench.act({ kind: 'unlock' }))).toBe('host-not-allowed');
    expect(await refusalOf(bench.call('unlock.code', { code: '123456' }))).toBe('host-not-allowed');
    expect(bench.stage.stage).toBe('awaiting-unlock');
    await bench.act({ kind: 'send-away' });
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('stands still once the power was away, whoever sits there and whoever resumes', async () => {
    const bench = openBench();
    await bench.begin();
    await bench.restart(host);
    await bench.pass(30_000);
    expect(bench.stage).toMatchObject({ stage: 'paused', reason: 'host-not-allowed', until: 'proctor' });
    expect(bench.incidents.map(({ reason }) => reason)).toContain('host-not-allowed');
    expect(await refusalOf(bench.act({ kind: 'resume' }))).toBe('host-not-allowed');
  });
});

describe('what was begun in the kiosk and taken up in a browser', () => {
  const takenUp = async () => {
    const bench = openBench();
    const form = await bench.begin();
    const [first] = form.items;
    const chosen = (first?.options ?? []).slice(0, 1).map(({ id }) => id);
    await bench.call('answer', { itemId: first?.itemId as ItemId, chosen, revision: 1 });
    await bench.restart('browser');
    await bench.reaches('paused');
    return bench;
  };

  it.each(['hand-in', 'terminate'] as const)('is ended by a proctor: %s', async (kind) => {
    const bench = await takenUp();
    await bench.act({ kind, note: '换不了终端' });
    await bench.reaches('result');
    expect(bench.sitting.answers.size).toBe(1);
  });

  it('goes on in the kiosk, where a proctor resumes it', async () => {
    const bench = await takenUp();
    await bench.restart('kiosk');
    await bench.pass(10_000);
    expect(bench.stage).toMatchObject({ stage: 'paused', reason: 'station-restarted', until: 'proctor' });
    await bench.act({ kind: 'resume' });
    await bench.reaches('in-progress');
    expect(bench.sitting.hosts).toEqual(['kiosk', 'browser']);
    expect(typesOf(bench).filter((type) => type === 'hosted')).toHaveLength(2);
  });

  it('is no way around a proctor who has to decide', async () => {
    const bench = openBench();
    await bench.begin();
    bench.show(person(STRANGER));
    await bench.reaches('paused', 90_000);
    bench.show(person(WANGS_FACE));
    for (const host of ['browser', 'kiosk'] as const) await bench.restart(host);
    await bench.pass(30_000);
    expect(bench.stage).toMatchObject({ stage: 'paused', until: 'proctor' });
  });
});

it.each(HOSTS)('practice goes on after a restart, also on %s', async (host: Host) => {
  const bench = openBench({ assignment: assignmentOf({ candidates: [{ ...WANG, examId: MOCK.id }] }) });
  await bench.checkIn();
  await bench.reaches('awaiting-unlock');
  await bench.call('begin', {});
  await bench.restart(host);
  await bench.reaches('in-progress');
  expect(bench.sitting.hosts).toEqual([...new Set(['kiosk', host])]);
});

it('a visitor who may not practise here is told so before the camera looks', async () => {
  const exams = [EXAM, Exam.parse({ ...MOCK, hosts: ['kiosk'] })];
  const bench = openBench({ host: 'browser', assignment: assignmentOf({ exams }) });
  await bench.pass(50);
  expect(await refusalOf(bench.call('enrol.begin', {}))).toBe('host-not-allowed');
});

describe('an exam that is moved', () => {
  it('keeps where it was shown, and obeys the rule where it goes on', async () => {
    const [here, there] = openRoom();
    const { file, before } = await leave(here);
    await there.restart('browser');
    there.station.arrivals.take(file);
    there.station.terminal.cardRead(WANG.number);
    await there.pass(50);
    expect([notice(there), there.station.seat.current]).toEqual(['host-not-allowed', undefined]);
    expect(there.station.claim).not.toHaveBeenCalled();
    await there.restart('kiosk');
    await there.begin();
    expect(there.sitting).toMatchObject({ hosts: ['kiosk'], continues: { sitting: before.id, hosts: ['kiosk'] } });
  });

  it('leaves a station where it may not be sat any more', async () => {
    const [here, there] = openRoom();
    await here.begin();
    const { id } = here.sitting;
    await here.restart('browser');
    await here.reaches('paused');
    await here.act({ kind: 'move', to: there.station.identity.enrolment?.stationId as never, note: '浏览器里不能考' });
    await here.pass(50);
    expect(here.station.ledger.ofSitting(id).at(-1)?.event.type).toBe('moved');
  });

  it('is told from what nobody wrote down: an old file opens, and its hosts stay unknown', async () => {
    const [here, there] = openRoom();
    const { file } = await leave(here);
    const { hosts: _, ...continues } = there.station.arrivals.take(file).continues;
    vi.spyOn(there.station.arrivals, 'waitingFor').mockReturnValue({
      ...there.station.arrivals.take(file),
      continues,
    });
    await there.begin();
    expect(there.sitting).toMatchObject({ host: 'kiosk', continues: { root: continues.root } });
    expect(there.sitting.hosts).toBeUndefined();
  });
});
