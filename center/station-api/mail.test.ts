import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditPage } from '../../contract/people-center/audit.ts';
import {
  type CommandReply,
  operatorPaths,
  type PutProctorReply,
  setPinPath,
} from '../../contract/people-center/operator-api.ts';
import { type Mail, paths } from '../../contract/station-center/center-api.ts';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { StationCommand } from '../../contract/words/proctoring.ts';
import { sha256, verifyJws } from '../../proof/index.ts';
import { badgeTagOf } from '../../proof/secrets/badge-tag.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from '../web/index.ts';

/** What goes between proctors who are elsewhere and stations, by way of the center. */
let open: TestCenter;
let [here, there, stranger]: TestStation[] = [];
let otherToken: string;

beforeAll(async () => {
  open = await openTestCenter();
  here = await enrolStation(open.app, open.secrets.enrolmentCode);
  there = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '二号考站');
  const other = await addOtherTenant(open);
  otherToken = other.token;
  stranger = await enrolStation(open.app, other.code);
});
afterAll(() => open.close());

const operator = (method: 'POST' | 'GET' | 'PUT', url: string, payload?: object, token = open.secrets.operatorToken) =>
  open.app.inject({ method, url, ...(payload ? { payload } : {}), headers: { authorization: `Bearer ${token}` } });
const mailOf = async (station = here as TestStation): Promise<Mail> => (await station.call('GET', paths.mail)).json();
const give = (changes: object = {}, token?: string) => {
  const wish = { examId: 'ex_demo', pin: open.secrets.proctorPin, action: { kind: 'unlock' }, seconds: 60, ...changes };
  return operator('POST', operatorPaths.commands, wish, token);
};

describe('a command', () => {
  test('goes, signed, to every station of the firm or to the one that is named, until it is answered', async () => {
    const { commands } = (await give()).json<CommandReply>();
    expect(commands.map(({ stationId }) => stationId).sort()).toEqual([here?.stationId, there?.stationId].sort());
    const [jws = ''] = (await mailOf()).commands;
    const command = StationCommand.parse(verifyJws(jws, 'exam-station/command', open.secrets.centerKey));
    expect(command).toMatchObject({ stationId: here?.stationId, examId: 'ex_demo', by: 'pr_demo-1' });
    const outcome = async () => (await operator('GET', `${operatorPaths.commands}/${command.id}`)).json();
    expect(await outcome()).toEqual({ outcome: null });
    // Another station cannot answer for it.
    await there?.call('POST', paths.outcome(command.id), { outcome: 'done' });
    expect(await outcome()).toEqual({ outcome: null });
    await here?.call('POST', paths.outcome(command.id), { outcome: 'not-allowed-now' });
    await here?.call('POST', paths.outcome(command.id), { outcome: 'done' });
    expect(await outcome()).toEqual({ outcome: 'not-allowed-now' });
    expect((await mailOf()).commands).toEqual([]);
    const named = (await give({ stationId: there?.stationId })).json<CommandReply>();
    expect(named.commands.map(({ station }) => station)).toEqual(['二号考站']);
  });

  test('reaches somebody who left the roster while they sit', async () => {
    const digits = '11010519770707007';
    const number = `${digits}${checkCharacter(digits)}`;
    await operator('PUT', operatorPaths.candidates, { id: 'cd_leaving', name: '离岗', number, examId: 'ex_demo' });
    await open.center.db.query(`UPDATE candidates SET left_at = now() WHERE id = 'cd_leaving'`);
    const { commands } = (await give({ number, stationId: here?.stationId })).json<CommandReply>();
    const given = (await mailOf()).commands.map((jws) =>
      StationCommand.parse(verifyJws(jws, 'exam-station/command', open.secrets.centerKey)),
    );
    expect(given.find(({ id }) => id === commands[0]?.id)).toMatchObject({ candidateId: 'cd_leaving' });
    await here?.call('POST', paths.outcome(commands[0]?.id ?? ''), { outcome: 'done' });
  });

  test('with a PIN whose number nobody has leaves a line in the audit log', async () => {
    const refusals = async () =>
      (await operator('GET', `${operatorPaths.audit}?what=pin-refused`))
        .json<AuditPage>()
        .lines.filter(({ subject }) => subject.id === 'unknown').length;
    const before = await refusals();
    expect((await give({ pin: '00000000' })).json().reason).toBe('pin-wrong');
    expect(await refusals()).toBe(before + 1);
  });

  test.each<[string, object, number, string]>([
    ['to a station of another firm', { stationId: 'st_none' }, 422, 'station-unknown'],
    ['with the PIN of nobody', { pin: '00000000' }, 422, 'pin-wrong'],
    ['with a second PIN of nobody', { secondPin: '00000000' }, 422, 'pin-wrong'],
    ['for somebody who is on no roster', { number: '11010519491231002X' }, 422, 'not-on-roster'],
    ['that ends exams, for nobody in particular', { action: { kind: 'terminate', note: '散场' } }, 400, 'bad-message'],
    ['in an exam that is not there', { examId: 'ex_none' }, 422, 'no-exam'],
    [
      'for what needs eyes',
      { action: { kind: 'override', note: '看过', compared: ['photo', 'name'] } },
      400,
      'bad-message',
    ],
    ['without a reason', { action: { kind: 'terminate' } }, 400, 'bad-message'],
    ['for ever', { seconds: 86_400 }, 400, 'bad-message'],
  ])('%s is refused', async (_, changes, status, reason) => {
    const reply = await give(changes);
    expect([reply.statusCode, reply.json().reason]).toEqual([status, reason]);
  });

  test('for one candidate names them by the id that stations know', async () => {
    const [candidate] = (await here?.assignment())?.candidates ?? [];
    await give({ number: candidate?.number, action: { kind: 'terminate', note: '违反纪律' } });
    const jws = (await mailOf()).commands.at(-1) ?? '';
    const command = verifyJws(jws, 'exam-station/command', open.secrets.centerKey);
    expect(command).toMatchObject({ candidateId: candidate?.id, action: { kind: 'terminate' } });
  });

  test('of one firm is nothing to another', async () => {
    const { commands } = (await give()).json<CommandReply>();
    expect((await mailOf(stranger)).commands).toEqual([]);
    const url = `${operatorPaths.commands}/${commands[0]?.id}`;
    expect((await operator('GET', url, undefined, otherToken)).statusCode).toBe(404);
    expect((await operator('GET', `${operatorPaths.commands}/x`)).statusCode).toBe(404);
  });
});

async function resultsPage(): Promise<string> {
  const { headers } = await open.app.inject(`/?token=${open.secrets.operatorToken}`);
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  return (await open.app.inject({ url: '/', headers: { cookie } })).body;
}

describe('a rescue file', () => {
  const file = Buffer.from('sealed for the other station');
  const send = (to: string | undefined, from = here) =>
    from?.call('POST', paths.rescues, {
      ...{ to, sittingId: 'si_a', candidateId: 'cd_demo-1', examId: 'ex_demo' },
      file: file.toString('base64'),
    });

  test('waits for the station it is for, and for no other', async () => {
    expect((await send(there?.stationId))?.statusCode).toBe(200);
    expect((await send(there?.stationId))?.statusCode).toBe(200);
    expect((await mailOf(there)).rescues).toEqual([sha256(file)]);
    expect((await mailOf(here)).rescues).toEqual([]);
    const got = await there?.call('GET', paths.rescue(sha256(file)));
    expect(got?.rawPayload).toEqual(file);
    for (const other of [here, stranger])
      expect((await other?.call('GET', paths.rescue(sha256(file))))?.json().reason).toBe('rescue-foreign');
  });

  test('tells every station that the exam goes on elsewhere, and is an attempt until a record has ended it', async () => {
    const used = async () => (await here?.assignment())?.candidates.find(({ id }) => id === 'cd_demo-1')?.attemptsUsed;
    const move = { sittingId: 'si_a', candidateId: 'cd_demo-1', examId: 'ex_demo', to: there?.stationId, over: false };
    expect((await mailOf(here)).moves).toEqual([move]);
    // Only the station it comes from says where it goes.
    await there?.call('POST', paths.rescues, {
      ...{ to: here?.stationId, sittingId: 'si_a', candidateId: 'cd_demo-1', examId: 'ex_demo' },
      file: Buffer.from('another').toString('base64'),
    });
    expect((await mailOf(here)).moves).toEqual([move]);
    // The first that goes on with it has it.
    const claim = async (one: TestStation | undefined, begun: boolean) =>
      (await one?.call('POST', paths.claims, { sittingId: 'si_a', begun }))?.json().begunBy;
    // Who is only about to keeps the others out for a minute, or until they have begun.
    expect(await claim(here, false)).toBe(here?.stationId);
    expect(await claim(there, false)).toBe(here?.stationId);
    expect((await mailOf(here)).moves).toEqual([{ ...move, begunBy: here?.stationId }]);
    expect(await claim(there, true)).toBe(there?.stationId);
    expect(await claim(here, false)).toBe(there?.stationId);
    expect((await mailOf(here)).moves).toEqual([{ ...move, begunBy: there?.stationId }]);
    // Who has begun nevertheless, unheard, changes nothing but that it is known.
    expect(await claim(here, true)).toBe(there?.stationId);
    expect((await mailOf(here)).moves).toEqual([{ ...move, begunBy: there?.stationId, twice: true }]);
    expect((await mailOf(stranger)).moves).toEqual([]);
    expect(await used()).toBe(1);
    expect(await resultsPage()).toContain(MESSAGES.zh.openMoves);
    const continues = {
      ...{ stationId: here?.stationId, sittingId: 'si_a', root: 'si_a' },
      ledger: { sequence: 9, head: sha256('a line') },
    };
    const record = recordOf(there as TestStation, { format: 'exam-station/record@4', sittingId: 'si_b', continues });
    await there?.call('POST', paths.batches, await batchOf(there as TestStation, [record]));
    expect((await mailOf(here)).moves).toEqual([{ ...move, begunBy: there?.stationId, over: true, twice: true }]);
    expect(await used()).toBe(1);
    // The first station hands in as well: somebody sat one exam twice.
    const own = recordOf(here as TestStation, { sittingId: 'si_a' });
    await here?.call('POST', paths.batches, await batchOf(here as TestStation, [own]));
    const page = await resultsPage();
    expect(page.split(MESSAGES.zh.continuedTwice)).toHaveLength(3);
    expect(page).not.toContain(MESSAGES.zh.openMoves);
  });

  test('for a station of another firm is refused', async () => {
    for (const to of [stranger?.stationId, 'st_none']) expect((await send(to))?.json().reason).toBe('station-unknown');
    expect((await send('x'))?.json().reason).toBe('bad-message');
  });
});

test('an operator sees what there is to name, and nobody else', async () => {
  const seen = (await operator('GET', operatorPaths.overview)).json();
  expect(seen.exams).toContainEqual(expect.objectContaining({ id: 'ex_demo', mode: 'formal' }));
  expect(seen.stations).toContainEqual({ id: there?.stationId, name: '二号考站' });
  expect(JSON.stringify(seen)).not.toContain('argon2');
  expect((await operator('GET', operatorPaths.overview, undefined, otherToken)).json().exams).toEqual([]);
});

describe('what stations are told', () => {
  test('of one another, and of nobody else', async () => {
    const { stations = [] } = (await here?.assignment()) ?? {};
    expect(stations.map(({ id }) => id).sort()).toEqual([here?.stationId, there?.stationId].sort());
    expect(stations.find(({ id }) => id === there?.stationId)).toMatchObject({
      name: '二号考站',
      publicKey: there?.signer.publicKey,
    });
  });

  test('of sessions that are not over, by a hash of their code', async () => {
    const wish = { examId: 'ex_demo', pin: open.secrets.proctorPin, opensAt: '2026-01-01T08:00:00.000Z' };
    const open_ = { ...wish, closesAt: '2099-01-01T09:00:00.000Z' };
    const { id, code } = (await operator('POST', operatorPaths.sessions, open_)).json();
    expect(code).toMatch(/^\d{6}$/);
    const over = await operator('POST', operatorPaths.sessions, { ...wish, closesAt: '2026-01-01T09:00:00.000Z' });
    expect(over.json().reason).toBe('bad-message');
    const { sessions = [] } = (await here?.assignment()) ?? {};
    expect(sessions).toMatchObject([{ id, examId: 'ex_demo', by: 'pr_demo-1', closesAt: open_.closesAt }]);
    expect(await verify(sessions[0]?.codeHash ?? '', code)).toBe(true);
    expect((await stranger?.assignment())?.sessions).toEqual([]);
    const refusals = [
      [{ ...open_, pin: '00000000' }, 'pin-wrong'],
      [{ ...open_, examId: 'ex_none' }, 'no-exam'],
      [{ ...open_, opensAt: open_.closesAt }, 'bad-message'],
    ] as const;
    for (const [message, reason] of refusals)
      expect((await operator('POST', operatorPaths.sessions, message)).json().reason).toBe(reason);
  });

  test('of badges by their hash, which only the proctor registers and which is taken away with the PIN', async () => {
    const number = `11010519800101003${checkCharacter('11010519800101003')}`;
    const put = (changes: object = {}) =>
      operator('PUT', operatorPaths.proctors, { id: 'pr_a', name: '甲', ...changes });
    const told = async () => (await here?.assignment())?.proctors.find(({ id }) => id === 'pr_a');
    expect((await put({ badge: number })).json().reason).toBe('badge-by-proctor');
    const { invitation } = (await put()).json<PutProctorReply>();
    expect(await told()).toBeUndefined();
    const set = (badge: string) =>
      open.app.inject({
        ...{ method: 'POST', url: setPinPath },
        payload: { proctor: '甲', code: invitation?.code, pin: '4829', badge },
      });
    expect((await set('110105198001010030'.replace(/.$/, 'A'))).json().reason).toMatch(/^number-/);
    expect((await set(number)).json()).toEqual({ name: '甲', number: invitation?.number });
    const { badgeHash = '', badgeTag, number: own } = (await told()) ?? {};
    expect(await verify(badgeHash, number)).toBe(true);
    expect([badgeTag, own]).toEqual([badgeTagOf(number, badgeHash), invitation?.number]);
    await put();
    expect((await told())?.badgeHash).toBe(badgeHash);
    await put({ badge: null });
    expect((await told())?.badgeHash).toBeUndefined();
  });
});
