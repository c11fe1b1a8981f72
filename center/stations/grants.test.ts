import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CommandReply, type GivenGrants, operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { Assignment, paths, type StationGrants, under } from '../../contract/station-center/center-api.ts';
import { GrantId, instant } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { sha256, verifyGrant, verifyProofFile } from '../../proof/index.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { readEntries } from '../log/index.ts';
import { addTenantTo, openCenter } from '../run/index.ts';
import { demoPictures } from '../seed/index.ts';
import {
  addOtherTenant,
  addProctor,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from '../web/index.ts';

/** Firm A runs the room: two stations are its own. Firm B has people and exams. A third firm has neither to do with them. */
const [A, B] = ['tn_demo', 'tn_other'];
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 7]);
const WHO = { id: 'cd_b', name: '乙单位考生', number: '11010519491231002X', examId: 'ex_b' };
const BY_B = { id: 'pr_b', name: '乙监考', pin: '778899' };
const HOUR_MS = 3_600_000;

let open: TestCenter;
let now = new Date();
let station: TestStation;
let beside: TestStation;
let [tokenA, tokenB, tokenC] = ['', '', ''];
let bank: Bank;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const operator = (token: string, method: Method, url: string, payload?: object) =>
  open.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
const at = (ms: number) => instant(new Date(now.getTime() + ms));

beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
  tokenA = open.secrets.operatorToken;
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  beside = await enrolStation(open.app, await newCode(open.app, tokenA), '二号考站');
  tokenB = (await addOtherTenant(open)).token;
  tokenC = (await addOtherTenant(open, 'tn_third', '丙公司')).token;
  const [exam] = (await station.assignment()).exams;
  bank = (await station.call('GET', paths.bank(exam?.bankId ?? ''))).json();
  for (const picture of demoPictures())
    await open.app.inject({
      ...{ method: 'POST', url: operatorPaths.pictures, payload: Buffer.from(picture) },
      headers: { authorization: `Bearer ${tokenB}` },
    });
  for (const id of ['ex_b', 'ex_b2'])
    await operator(tokenB, 'PUT', operatorPaths.exams, { exam: { ...exam, id }, bank });
  const photos = [PHOTO.toString('base64')];
  await operator(tokenB, 'PUT', operatorPaths.candidates, { ...WHO, photos });
  await operator(tokenB, 'PUT', operatorPaths.candidates, {
    ...{ id: 'cd_b2', name: '另一位', number: '110105198001010016', examId: 'ex_b2' },
  });
  await addProctor(open, 'tn_other', BY_B);
});
afterAll(() => open.close());
beforeEach(() => {
  now = new Date();
});

const wishOf = (changes: object = {}) => ({
  ...{ tenantId: B, stations: [station.stationId], exams: ['ex_b'], from: at(-1_000), until: at(HOUR_MS), ...changes },
});
async function give(changes: object = {}): Promise<GrantId> {
  const reply = await operator(tokenA, 'POST', operatorPaths.grants, wishOf(changes));
  return GrantId.parse(reply.json<{ ids: string[] }>().ids[0]);
}
const held = async (of = station) => (await of.call('GET', paths.grants)).json<StationGrants>().grants;
const assignmentUnder = async (grant: GrantId, of = station) => {
  const reply = await of.call('GET', under(paths.assignment, grant));
  return reply.statusCode === 200 ? Assignment.parse(JSON.parse(reply.json().assignment)) : reply.json().reason;
};
const guestRecord = (grant: GrantId, changes: object = {}): ExamRecord =>
  recordOf(station, {
    ...{
      format: 'exam-station/record@7',
      tenantId: B,
      grant,
      candidateId: 'cd_b',
      startedAt: at(0),
      submittedAt: at(0),
    },
    ...{ exam: { id: 'ex_b', title: { zh: '乙' }, mode: 'formal' }, ...changes },
  } as never);

describe('a grant', () => {
  test('is given by whoever runs the room, signed, and held by the station it is for', async () => {
    const id = await give();
    const [newest = ''] = await held();
    const given = verifyGrant(newest, station.centerKey);
    expect(given).toMatchObject({
      ok: true,
      grant: { id, stationId: station.stationId, tenantId: B, exams: ['ex_b'], format: 'exam-station/grant@1' },
    });
    expect(await held(beside)).toEqual([]);
  });

  test('may be for all stations and all exams', async () => {
    const reply = await operator(tokenA, 'POST', operatorPaths.grants, wishOf({ stations: 'all', exams: 'all' }));
    const { ids } = reply.json<{ ids: GrantId[] }>();
    expect(ids).toHaveLength(2);
    expect(await held(beside)).toHaveLength(1);
    for (const id of ids) await operator(tokenA, 'DELETE', `${operatorPaths.grants}/${id}`);
  });

  test.each([
    ['a station of somebody else', () => wishOf(), 422, 'station-unknown', () => tokenC],
    ['a firm that is not there', () => wishOf({ tenantId: 'tn_none' }), 400, 'bad-message', () => tokenA],
    ['the firm itself', () => wishOf({ tenantId: A }), 400, 'bad-message', () => tokenA],
    ['no time', () => wishOf({ until: at(-2_000) }), 400, 'bad-message', () => tokenA],
    ['no stations', () => wishOf({ stations: [] }), 400, 'bad-message', () => tokenA],
  ] as const)('for %s is refused', async (_, wish, status, reason, token) => {
    const reply = await operator(token(), 'POST', operatorPaths.grants, wish());
    expect([reply.statusCode, reply.json().reason]).toEqual([status, reason]);
  });

  test('lets exams begin that it covers, while it runs; what has begun is heard a day longer', async () => {
    const id = await give();
    const say = async (state: string, changes: object = {}) => {
      const told = { sittingId: 'si_guest', candidateId: 'cd_b', examId: 'ex_b', state, ...changes };
      return (await station.call('POST', under(paths.beginnings, id), told)).json();
    };
    expect(await say('asking', { sittingId: 'si_g2', candidateId: 'cd_b2', examId: 'ex_b2' })).toMatchObject({
      reason: 'no-exam',
    });
    for (const state of ['asking', 'begun']) expect(await say(state)).toMatchObject({ answer: 'granted' });
    await operator(tokenA, 'DELETE', `${operatorPaths.grants}/${id}`);
    expect(await say('asking', { sittingId: 'si_g3' })).toMatchObject({ reason: 'grant-missing' });
    for (const state of ['begun', 'over']) expect(await say(state)).toMatchObject({ answer: 'granted' });
    await open.center.db.query("DELETE FROM beginnings WHERE sitting_id = 'si_guest'");
  });

  test('is seen by the two firms it is about, and by no other', async () => {
    const id = await give();
    const listOf = async (token: string) =>
      (await operator(token, 'GET', operatorPaths.grants)).json<GivenGrants>().grants.filter((one) => one.id === id);
    const [seen, ...more] = await listOf(tokenB);
    expect(more).toEqual([]);
    expect(seen).toMatchObject({
      ...{
        station: { id: station.stationId, name: '一号考站' },
        owner: { id: A },
        tenant: { id: B, name: '别家企业' },
      },
      ...{ exams: ['ex_b'], ended: false },
    });
    expect(await listOf(tokenA)).toEqual([seen]);
    expect(await listOf(tokenC)).toEqual([]);
  });

  test('is ended by its owner alone, once', async () => {
    const id = await give();
    const end = (token: string) => operator(token, 'DELETE', `${operatorPaths.grants}/${id}`);
    for (const token of [tokenB, tokenC]) expect((await end(token)).json().reason).toBe('grant-missing');
    expect(typeof (await assignmentUnder(id))).toBe('object');
    expect((await end(tokenA)).json()).toEqual({ ok: true });
    now = new Date(now.getTime() + 1_000);
    expect((await end(tokenA)).statusCode).toBe(200);
    expect(await assignmentUnder(id)).toBe('grant-missing');
    const [listed] = (await operator(tokenA, 'GET', operatorPaths.grants)).json<GivenGrants>().grants;
    expect(listed).toMatchObject({ id, ended: true, until: at(-1_000) });
    // Anybody reads in the log that it is over, once.
    const logged = await readEntries({ kind: 'stranger', address: '' }, open.center, 0);
    const ends = logged.entries.filter(({ text }) => text.includes('grant-end') && text.includes(id));
    expect(ends.map(({ text }) => JSON.parse(text).at)).toEqual([at(-1_000)]);
  });
});

describe('a station', () => {
  test('is told of another firm what the grant covers, and nothing else', async () => {
    const told = await assignmentUnder(await give());
    expect(told).toMatchObject({ tenant: { id: B, name: '别家企业' }, visitorExamId: null });
    expect(told.exams.map((exam: { id: string }) => exam.id)).toEqual(['ex_b']);
    expect(told.candidates.map((one: { id: string }) => one.id)).toEqual(['cd_b']);
    expect(told.proctors.map((one: { id: string }) => one.id)).toEqual(['pr_b']);
    expect(told.stations.map((one: { id: string }) => one.id)).toEqual([station.stationId]);
    const own = await station.assignment();
    expect([own.tenant.id, own.exams.some(({ id }) => id === 'ex_b')]).toEqual([A, false]);
  });

  test('gets banks, pictures and photos of a firm whose grant it holds, while it runs', async () => {
    const id = await give();
    const [picture = new Uint8Array()] = demoPictures();
    const asked = [paths.bank(bank.id), paths.picture(sha256(picture)), paths.photo(sha256(PHOTO))];
    for (const path of asked) expect((await station.call('GET', under(path, id))).statusCode).toBe(200);
    expect((await station.call('GET', paths.photo(sha256(PHOTO)))).statusCode).toBe(404);
    for (const path of [...asked, paths.assignment, paths.mail]) {
      // Another station of the same owner has no such grant.
      const reply = await beside.call('GET', under(path, id));
      expect([path, reply.statusCode, reply.json().reason]).toEqual([path, 404, 'grant-missing']);
    }
    now = new Date(now.getTime() + HOUR_MS);
    const authorized = { statement: { at: at(0) } };
    for (const path of asked)
      expect((await station.call('GET', under(path, id), undefined, authorized)).json().reason).toBe('grant-missing');
    // Who sat when it ended goes on: what their proctors want is still heard.
    expect((await station.call('GET', under(paths.mail, id), undefined, authorized)).statusCode).toBe(200);
  });

  test('is told nothing before the grant begins, though it knows of it', async () => {
    const id = await give({ from: at(60_000) });
    expect(await held()).toContainEqual(expect.any(String));
    expect(await assignmentUnder(id)).toBe('grant-missing');
    now = new Date(now.getTime() + 60_000);
    expect(await assignmentUnder(id)).toMatchObject({ tenant: { id: B } });
  });

  test('hears commands of a firm that may use it, and the owner’s apart', async () => {
    const id = await give();
    const { stationId } = station;
    const command = { examId: 'ex_b', pin: BY_B.pin, stationId, action: { kind: 'pause' }, seconds: 60 };
    const { commands } = (await operator(tokenB, 'POST', operatorPaths.commands, command)).json<CommandReply>();
    expect(commands.map((one) => one.stationId)).toEqual([stationId]);
    expect((await station.call('GET', paths.mail)).json().commands).toEqual([]);
    const [jws = ''] = (await station.call('GET', under(paths.mail, id))).json().commands;
    expect(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ tenantId: B });
    await station.call('POST', under(paths.outcome(commands[0]?.id ?? ''), id), { outcome: 'done' });
    const state = await operator(tokenB, 'GET', `${operatorPaths.commands}/${commands[0]?.id}`);
    expect(state.json()).toEqual({ outcome: 'done' });
  });
});

describe('photos of a firm’s people that its host’s station can make nothing of', () => {
  const refused = (candidateId: string) => ({ candidateId, photo: sha256(PHOTO), reasons: ['eyes-closed'] });
  let later = 0;
  /** Each is newer than the one before. */
  const tell = async (guests: readonly object[], status = 'READY') => {
    later += 5_000;
    now = new Date(Date.now() + later);
    const checks = [{ name: 'camera', status, found: { zh: '有', en: 'one' }, expected: { zh: '有', en: 'one' } }];
    const said = { status, at: at(0), checks, refusedPhotos: [], guests };
    return (await station.call('POST', paths.readiness, said, { statement: { at: at(0) } })).statusCode;
  };
  const stationsOf = async (token: string): Promise<string> =>
    (await open.app.inject({ url: '/stations?lang=en', headers: { authorization: `Bearer ${token}` } })).body;

  test('are told to that firm, with what is wrong and what to do, until the station has none left', async () => {
    const grant = await give();
    expect(await tell([{ grant, refusedPhotos: ['cd_b', 'cd_owner'].map(refused) }])).toBe(200);
    const [ofA, ofB, ofC] = [await stationsOf(tokenA), await stationsOf(tokenB), await stationsOf(tokenC)];
    for (const words of [WHO.name, MESSAGES.en.photoReasons['eyes-closed'], MESSAGES.en.badPhotosHint, '一号考站'])
      expect(ofB).toContain(words);
    // How the station is, is for whose station it is.
    expect(ofB).not.toContain('data-station');
    for (const other of [ofA, ofC]) expect(other).not.toContain(MESSAGES.en.badPhotosHint);
    expect(await tell([{ grant, refusedPhotos: [] }])).toBe(200);
    expect(await stationsOf(tokenB)).not.toContain(MESSAGES.en.badPhotosHint);
  });

  test('are told to nobody under a grant that the station does not hold, and the rest of its report counts', async () => {
    expect(await tell([{ grant: 'gr_none', refusedPhotos: [refused('cd_b')] }], 'NOT READY')).toBe(200);
    expect(await stationsOf(tokenB)).not.toContain(MESSAGES.en.badPhotosHint);
    expect(await stationsOf(tokenA)).toContain('NOT READY');
  });
});

describe('a batch of a firm that uses the station of another', () => {
  let previous: { number: number; batch: Awaited<ReturnType<typeof batchOf>> } | null = null;
  const post = async (records: readonly ExamRecord[]) => {
    const batch = await batchOf(station, records, previous);
    const reply = await station.call('POST', paths.batches, batch, { statement: { at: at(0) } });
    if (reply.statusCode === 200) previous = { number: (previous?.number ?? 0) + 1, batch };
    return { status: reply.statusCode, reason: reply.json().reason };
  };
  const pageOf = async (token: string): Promise<string> =>
    (await open.app.inject({ url: '/', headers: { authorization: `Bearer ${token}` } })).body;

  test('is logged in the one chain, seen by that firm with its proof, and not by the owner', async () => {
    const grant = await give();
    expect((await post([recordOf(station)])).status).toBe(200);
    expect((await post([guestRecord(grant), guestRecord(grant)])).status).toBe(200);
    expect((await post([recordOf(station)])).status).toBe(200);
    const [pageA, pageB] = [await pageOf(tokenA), await pageOf(tokenB)];
    expect(pageB).toContain(WHO.name);
    expect(pageB).toContain('一号考站');
    expect(pageA).not.toContain(WHO.name);
    const proofs = [...pageB.matchAll(/\/proof\/([0-9a-f]{64})/g)].map(([path]) => path);
    expect(new Set(proofs).size).toBe(1);
    const [path = ''] = proofs;
    expect(pageA).not.toContain(path);
    const fetched = (token: string) => open.app.inject({ url: path, headers: { authorization: `Bearer ${token}` } });
    expect((await fetched(tokenA)).statusCode).toBe(404);
    expect((await fetched(tokenC)).statusCode).toBe(404);
    const file = await fetched(tokenB);
    expect(file.body).not.toContain(`"tenantId":"${A}"`);
    expect(await verifyProofFile(file.rawPayload, station.centerKey)).toMatchObject({
      ok: true,
      summary: { tenantId: B, ownerId: A, records: 2, grants: [{ id: grant }], receipt: 'verified', trust: 'pinned' },
    });
  });

  test('uses up attempts at that firm, and at no other', async () => {
    const grant = await give();
    await post([guestRecord(grant)]);
    const { candidates } = await assignmentUnder(grant);
    expect(candidates[0].attemptsUsed).toBeGreaterThan(0);
    expect((await station.assignment()).candidates.every(({ id }) => id !== 'cd_b')).toBe(true);
  });

  test.each<[string, (grant: GrantId) => readonly ExamRecord[], number, string]>([
    ['names a grant that is none', () => [guestRecord(GrantId.parse('gr_none'))], 404, 'grant-missing'],
    [
      'is of an exam it does not cover',
      (grant) => [guestRecord(grant, { exam: { id: 'ex_b2', title: { zh: '乙' }, mode: 'mock' } })],
      422,
      'grant-invalid',
    ],
    ['began before it', (grant) => [guestRecord(grant, { startedAt: at(-2_000) })], 422, 'grant-invalid'],
    [
      'began after it',
      (grant) => [guestRecord(grant, { startedAt: at(HOUR_MS), submittedAt: at(HOUR_MS) })],
      422,
      'grant-invalid',
    ],
    ['is of a third firm', (grant) => [guestRecord(grant, { tenantId: 'tn_third' })], 422, 'grant-invalid'],
    ['is of two firms', (grant) => [guestRecord(grant), recordOf(station)], 422, 'batch-invalid'],
    ['names no grant', () => [recordOf(station, { tenantId: B })], 422, 'batch-invalid'],
  ])('is refused where it %s', async (_, records, status, reason) => {
    expect(await post(records(await give()))).toEqual({ status, reason });
  });

  test('stands where it was begun before the owner ended the grant, and is refused where it was begun after', async () => {
    const grant = await give();
    await operator(tokenA, 'DELETE', `${operatorPaths.grants}/${grant}`);
    now = new Date(now.getTime() + 30 * 60_000);
    const began = (ms: number) => guestRecord(grant, { startedAt: at(ms - 30 * 60_000), submittedAt: at(0) });
    expect((await post([began(0)])).status).toBe(200);
    // A station's clock may be off by ten minutes.
    expect((await post([began(10 * 60_000)])).status).toBe(200);
    expect(await post([began(11 * 60_000)])).toEqual({ status: 422, reason: 'grant-invalid' });
  });

  test('that another station of the owner sends under the grant is refused', async () => {
    const grant = await give();
    const record = { ...guestRecord(grant), stationId: beside.stationId };
    const reply = await beside.call('POST', paths.batches, await batchOf(beside, [record]));
    expect(reply.json().reason).toBe('grant-missing');
  });
});

test('another firm is taken in from outside: its token is in a file for its owner only', async () => {
  const data = sharedFolder();
  await (await openCenter({ data, seed: 'none' })).close();
  const { tenantId, file } = await addTenantTo({ name: '乙公司', data, databaseUrl: undefined });
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { operatorToken, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  expect(rest).toEqual({ tenantId, name: '乙公司' });
  const again = await openCenter({ data });
  const reply = await again.app.inject({
    url: operatorPaths.overview,
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  await again.close();
  const people = { assigned: 0, begun: 0, completed: 0 };
  expect(reply.json()).toEqual({ exams: [], stations: [], proctors: [], learning: { courses: [], people } });
});
