import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Turn, type TurnDetails } from '../../contract/platform/planning.ts';
import { ROLES } from '../../contract/platform/roles.ts';
import { Assignment, paths, type StationGrants, under } from '../../contract/station-center/center-api.ts';
import { CandidateId, ExamId, GrantId, instant, type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { verifyGrant } from '../../proof/index.ts';
import { readExam } from '../exams/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import { putCandidate } from '../people/index.ts';
import { type ActingAccount, addOperator, makeOperatorToken } from '../tenants/index.ts';
import {
  accountAt,
  addProctor,
  enrolStation,
  newCode,
  openTestCenter,
  platformOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** A county plans for two firms in a room of a third organisation, whose exam it is. */
const SYSTEM = { kind: 'system' } as const;
const EXAM = 'ex_demo';
const DEMO = TenantId.parse('tn_demo');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NUMBERS = ['110105196801010111', '110105196801020125', '110105196801030139', '110105196801040142'];

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let now = new Date();
let station: TestStation;
let tokens: Readonly<Record<'room' | 'one' | 'two', TenantId>>;
let ids: Readonly<Record<'county' | 'beside' | 'room' | 'one' | 'two' | 'demo', OrganisationId>>;
let bureau: ActingAccount;
let [one, two, keeper]: ActingAccount[] = [];

const at = (ms: number) => instant(new Date(now.getTime() + ms));
const as = async (actor: ActingAccount, method: string, url: string, payload?: object) => {
  const reply = await platform.ask(actor, { method, url: `/v1/platform${url}`, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, said: reply.json() };
};

beforeAll(async () => {
  open = await openTestCenter({ now: () => now });
  platform = platformOf(open);
  const admin = await accountAt(open, 'platform', ROOT);
  const nothing = { licence: null, sector: null, size: null, contact: null, phone: null };
  const add = async (kind: string, parentId: string, name: string) => {
    const { said } = await as(admin, 'POST', '/organisations', { ...nothing, kind, parentId, name });
    return said as { id: OrganisationId; tenantId: TenantId };
  };
  const county = await add('county', ROOT, '东区');
  const beside = await add('county', ROOT, '西区');
  const room = await add('room', county.id, '东区考场');
  const [firmOne, firmTwo] = [await add('firm', county.id, '甲公司'), await add('firm', county.id, '乙公司')];
  const demo = await placeOfTenant(open.center.db, DEMO);
  await as(admin, 'POST', `/organisations/${demo.id}/move`, { parentId: county.id });
  ids = { county: county.id, beside: beside.id, room: room.id, one: firmOne.id, two: firmTwo.id, demo: demo.id };
  tokens = { room: room.tenantId, one: firmOne.tenantId, two: firmTwo.tenantId };
  bureau = await accountAt(open, 'bureau', ids.county);
  one = await accountAt(open, 'firm', ids.one);
  two = await accountAt(open, 'firm', ids.two);
  keeper = await accountAt(open, 'room', ids.room);
  const token = makeOperatorToken();
  await addOperator(SYSTEM, open.center.db, tokens.room, token);
  station = await enrolStation(open.app, await newCode(open.app, token));
  await addProctor(open, tokens.one, { id: 'pr_one', name: '甲监考', pin: '778899' });
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});
beforeEach(() => {
  now = new Date();
});

const wishOf = (changes: object = {}) => ({
  ...{ organiserId: ids.county, roomId: ids.room, examOf: ids.demo, examId: EXAM, begins: at(2 * DAY_MS), seats: 3 },
  quotas: [
    { organisationId: ids.one, quota: 2 },
    { organisationId: ids.two, quota: 2 },
  ],
  ...changes,
});
async function plan(changes: object = {}, actor = bureau): Promise<Turn> {
  const { status, said } = await as(actor, 'POST', '/turns', wishOf(changes));
  expect([status, said]).toEqual([200, expect.anything()]);
  return Turn.parse(said);
}
const read = async (actor: ActingAccount, id: string) => (await as(actor, 'GET', `/turns/${id}`)).said as TurnDetails;
const settle = (what: string, id: string, payload?: object, actor = bureau) =>
  as(actor, 'POST', `/turns/${id}/${what}`, payload);

async function opened(changes: object = {}): Promise<Turn> {
  const turn = await plan(changes);
  expect((await settle('open', turn.id)).status).toBe(200);
  return turn;
}
/** People of a firm, by the last of their ids. */
const person = (firm: 'one' | 'two', at: number): CandidateId => CandidateId.parse(`cd_${firm}-${at}`);
async function staff(firm: 'one' | 'two', many: number): Promise<readonly CandidateId[]> {
  for (let at = 0; at < many; at += 1)
    await putCandidate(SYSTEM, open.center.db, tokens[firm], {
      ...{ id: person(firm, at), name: `${firm} ${at}`, number: NUMBERS[at] as string, examId: ExamId.parse(EXAM) },
    });
  return Array.from({ length: many }, (_, at) => person(firm, at));
}
const enter = async (actor: ActingAccount | undefined, id: string, candidateIds: readonly CandidateId[]) =>
  (await as(actor as ActingAccount, 'POST', `/turns/${id}/entries`, { candidateIds })).said.outcomes as {
    outcome: string;
    obstacles: string[];
  }[];
const cancel = (id: string) => settle('cancel', id, { note: '取消' });

describe('a turn', () => {
  test('has sensible times, and the newest version of its exam', async () => {
    const turn = await plan();
    const exam = await readExam(SYSTEM, open.center.db, DEMO, ExamId.parse(EXAM));
    expect(turn).toMatchObject({
      state: 'planned',
      room: { name: '东区考场' },
      exam: { title: exam.title },
      entered: 0,
    });
    expect(turn.signUpUntil).toBe(at(DAY_MS));
    expect(Date.parse(turn.ends) - Date.parse(turn.begins)).toBe(exam.durationSeconds * 1000 + HOUR_MS / 2);
  });

  test('is no firm’s to see before it opens, and nobody’s beside it ever', async () => {
    const turn = await plan();
    expect((await as(one as ActingAccount, 'GET', `/turns/${turn.id}`)).said.reason).toBe('turn-unknown');
    await settle('open', turn.id);
    expect((await read(one as ActingAccount, turn.id)).firms.map(({ organisation }) => organisation.name)).toEqual([
      '甲公司',
    ]);
    for (const role of ['bureau', 'inspector'] as const) {
      const beside = await accountAt(open, role, ids.beside);
      expect((await as(beside, 'GET', `/turns/${turn.id}`)).status).toBe(404);
      expect((await as(beside, 'POST', `/turns/${turn.id}/close`)).status).not.toBe(200);
    }
    await cancel(turn.id);
  });

  test.each(ROLES)('is planned by whoever may, and not by the role %s elsewhere', async (role) => {
    const may = role === 'bureau';
    const { status } = await as(await accountAt(open, role, ids.county), 'POST', '/turns', wishOf());
    expect(status === 200).toBe(may);
    const beside = await as(await accountAt(open, role, ids.beside), 'POST', '/turns', wishOf());
    expect([401, 404]).toContain(beside.status);
  });

  test('is changed, closed and cancelled by who plans it, and by no firm that comes', async () => {
    const turn = await opened();
    for (const what of ['open', 'close']) expect((await settle(what, turn.id, undefined, one)).status).toBe(401);
    expect((await as(one as ActingAccount, 'PUT', `/turns/${turn.id}`, { seats: 9 })).status).toBe(401);
    expect((await as(bureau, 'PUT', `/turns/${turn.id}`, { seats: 9 })).said.seats).toBe(9);
    expect((await settle('close', turn.id)).said.state).toBe('closed');
    expect((await cancel(turn.id)).said).toMatchObject({ state: 'cancelled', note: '取消' });
    expect((await settle('open', turn.id)).said.reason).toBe('turn-settled');
  });

  test('closes and is held by the time alone', async () => {
    const turn = await opened();
    now = new Date(Date.parse(turn.signUpUntil));
    expect((await read(bureau, turn.id)).turn.state).toBe('closed');
    now = new Date(Date.parse(turn.ends));
    expect((await read(bureau, turn.id)).turn.state).toBe('held');
    expect((await cancel(turn.id)).said.reason).toBe('turn-settled');
  });

  test('lists only those that somebody has to do with, page after page', async () => {
    const far = { begins: at(30 * DAY_MS) };
    const made = [await plan(far), await plan(far), await opened(far)];
    const window = `from=${at(29 * DAY_MS)}&until=${at(31 * DAY_MS)}`;
    const listed = async (actor: ActingAccount | undefined, more = '') =>
      (await as(actor as ActingAccount, 'GET', `/turns?${window}${more}`)).said as {
        rows: Turn[];
        next: string | null;
      };
    const first = await listed(bureau, '&size=2');
    const rest = await listed(bureau, `&size=2&after=${first.next}`);
    expect([...first.rows, ...rest.rows].map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
    expect((await listed(keeper)).rows).toHaveLength(3);
    expect((await listed(two)).rows.map(({ id }) => id)).toEqual([made[2]?.id]);
    expect((await listed(await accountAt(open, 'bureau', ids.beside))).rows).toEqual([]);
    expect((await listed(bureau, '&state=open')).rows).toHaveLength(1);
    for (const { id } of made) await cancel(id);
  });
});

describe('signing up', () => {
  test('goes up to the quota and the seats, whoever comes after waits, and comes in the place of who leaves', async () => {
    const turn = await opened();
    const [ours, theirs] = [await staff('one', 3), await staff('two', 2)];
    expect((await enter(one, turn.id, ours)).map(({ outcome }) => outcome)).toEqual(['entered', 'entered', 'waiting']);
    // A seat is left of three, though the quota says two.
    expect((await enter(two, turn.id, theirs)).map(({ outcome }) => outcome)).toEqual(['entered', 'waiting']);
    expect(await enter(one, turn.id, ours.slice(0, 1))).toMatchObject([{ outcome: 'entered' }]);
    const left = await settle('entries/cancel', turn.id, { candidateId: ours[0] }, one);
    expect(left.said).toEqual({ promoted: ours[2] });
    // Whoever comes back waits behind the others, and comes when there are more places.
    expect(await enter(one, turn.id, ours.slice(0, 1))).toMatchObject([{ outcome: 'waiting' }]);
    await as(bureau, 'PUT', `/turns/${turn.id}`, { seats: 4 });
    const second = (await as(two as ActingAccount, 'GET', `/turns/${turn.id}/entries?state=entered`)).said.rows;
    expect(second).toHaveLength(2);
    const { said } = await as(two as ActingAccount, 'GET', `/turns/${turn.id}/entries`);
    expect(said.rows.map(({ candidateId }: { candidateId: string }) => candidateId)).toEqual(theirs);
    const looks = async () => (await open.center.db.query("SELECT 1 FROM audit_lines WHERE what = 'looked'")).length;
    const before = await looks();
    const all = await as(keeper as ActingAccount, 'GET', `/turns/${turn.id}/entries?state=entered`);
    // At each firm whose people are shown.
    expect(await looks()).toBe(before + 2);
    expect(all.said.rows).toHaveLength(4);
    expect((await as(bureau, 'GET', `/turns/${turn.id}/entries?search=two`)).said.rows).toHaveLength(2);
    await cancel(turn.id);
  });

  test('is refused to who is of no firm that comes, to who comes elsewhere, and when it is closed', async () => {
    const turn = await opened();
    const ours = await staff('one', 1);
    expect((await as(bureau, 'POST', `/turns/${turn.id}/entries`, { candidateIds: ours })).status).toBe(401);
    expect(await enter(two, turn.id, ours)).toMatchObject([{ outcome: 'refused', obstacles: ['left'] }]);
    await enter(one, turn.id, ours);
    const other = await opened();
    expect(await enter(one, other.id, ours)).toMatchObject([{ obstacles: ['elsewhere'] }]);
    await settle('close', other.id);
    const late = await as(one as ActingAccount, 'POST', `/turns/${other.id}/entries`, { candidateIds: ours });
    expect(late.said.reason).toBe('turn-settled');
    for (const { id } of [turn, other]) await cancel(id);
  });

  test('is not opened where a firm has another exam under its id', async () => {
    const turn = await plan();
    await open.center.db.query('DELETE FROM handed_exams WHERE tenant_id = $1', [tokens.two]);
    await open.center.db.query(
      `UPDATE exams SET body = replace(body, '"attempts":', '"attempts":1') WHERE tenant_id = $1`,
      [tokens.two],
    );
    expect((await settle('open', turn.id)).said.reason).toBe('exam-other');
    expect((await read(bureau, turn.id)).turn.state).toBe('planned');
    await open.center.db.query(`INSERT INTO handed_exams (tenant_id, exam_id, from_tenant) VALUES ($1, $2, $3)`, [
      tokens.two,
      EXAM,
      DEMO,
    ]);
    expect((await settle('open', turn.id)).said.state).toBe('open');
    await cancel(turn.id);
  });

  test('asks for a course where the turn does', async () => {
    const turn = await opened({ eligibility: { courses: [{ examId: 'ex_course', minutes: 60 }] } });
    const [who] = (await staff('one', 1)) as [CandidateId];
    const found = async () => {
      const reply = await as(one as ActingAccount, 'GET', `/turns/${turn.id}/applicants?search=one`);
      return reply.said.applicants[0].obstacles as string[];
    };
    expect(await found()).toEqual(['course-missing']);
    await open.center.db.query(
      `INSERT INTO course_progress (tenant_id, candidate_id, exam_id, seconds, complete, body)
       VALUES ($1, $2, 'ex_course', 3600, false, '{}')`,
      [tokens.one, who],
    );
    expect(await found()).toEqual([]);
    await open.center.db.query('DELETE FROM course_progress');
    await cancel(turn.id);
  });
});

describe('a station', () => {
  const grants = async () => (await station.call('GET', paths.grants)).json<StationGrants>().grants;
  const guest = async (tenantId: TenantId): Promise<Assignment | undefined> => {
    for (const text of await grants()) {
      const given = verifyGrant(text, station.centerKey);
      if (!given.ok || given.grant.tenantId !== tenantId) continue;
      const reply = await station.call('GET', under(paths.assignment, GrantId.parse(given.grant.id)));
      if (reply.statusCode === 200) return Assignment.parse(JSON.parse(reply.json().assignment));
    }
    return undefined;
  };

  test('gets of a firm who comes to its turn, days before, and nobody else', async () => {
    const turn = await opened();
    const ours = await staff('one', 2);
    await enter(one, turn.id, ours.slice(0, 1));
    const got = await guest(tokens.one);
    expect(got?.candidates.map(({ id, examId }) => [id, examId])).toEqual([[ours[0], EXAM]]);
    expect(got?.exams.map(({ id }) => id)).toEqual([EXAM]);
    expect(got?.proctors.map(({ id }) => id)).toEqual(['pr_one']);
    await as(bureau, 'PUT', `/turns/${turn.id}`, { begins: at(2 * DAY_MS), ends: at(4 * DAY_MS) });
    const ends = (await grants()).map((text) => {
      const given = verifyGrant(text, station.centerKey);
      return given.ok && given.grant.tenantId === tokens.one ? given.grant.until : undefined;
    });
    expect(ends).toContain(at(4 * DAY_MS));
    expect((await guest(tokens.one))?.candidates.map(({ id }) => id)).toEqual([ours[0]]);
    await cancel(turn.id);
    expect((await guest(tokens.one))?.candidates ?? []).toEqual([]);
  });

  test('is no longer for a firm that was taken off the turn, and is again once that comes back', async () => {
    const turn = await opened();
    expect([await guest(tokens.one), await guest(tokens.two)]).toEqual([expect.anything(), expect.anything()]);
    const [given] = await open.center.db.query(
      'SELECT grant_id AS id FROM turn_grants WHERE turn_id = $1 AND tenant_id = $2',
      [turn.id, tokens.two],
    );
    const before = String(given?.id);
    const put = (...firms: readonly string[]) =>
      as(bureau, 'PUT', `/turns/${turn.id}`, { quotas: firms.map((organisationId) => ({ organisationId, quota: 2 })) });
    expect((await put(ids.one)).status).toBe(200);
    const [ended] = await open.center.db.query('SELECT ended_at AS at FROM grants WHERE id = $1', [before]);
    expect(ended?.at).toBeInstanceOf(Date);
    // Whoever still names the grant, to bring what was sat, is shown nobody else of the firm.
    await staff('two', 2);
    const shown = await station.call('GET', under(paths.assignment, GrantId.parse(before)));
    if (shown.statusCode === 200) expect(Assignment.parse(JSON.parse(shown.json().assignment)).candidates).toEqual([]);
    expect(await guest(tokens.one)).toBeDefined();
    const texts = await grants();
    const running = texts.flatMap((text) => {
      const given = verifyGrant(text, station.centerKey);
      return given.ok ? [given.grant.tenantId] : [];
    });
    expect(running).toContain(tokens.one);
    expect((await put(ids.one, ids.two)).status).toBe(200);
    expect(await guest(tokens.two)).toBeDefined();
    await cancel(turn.id);
  });

  test('of its own room gets no roster but that of its turns, unless the room says otherwise', async () => {
    const own = { organiserId: ids.demo, roomId: ids.demo, quotas: undefined };
    const demo = await accountAt(open, 'firm', ids.demo);
    const desk = await enrolStation(open.app, open.secrets.enrolmentCode);
    expect((await desk.assignment()).candidates).toHaveLength(5);
    const turn = await plan({ ...own, begins: at(5 * DAY_MS) }, demo);
    await settle('open', turn.id, undefined, demo);
    await enter(demo, turn.id, [CandidateId.parse('cd_demo-1')]);
    expect((await desk.assignment()).candidates).toEqual([]);
    await as(demo, 'PUT', `/turns/${turn.id}`, { begins: at(2 * DAY_MS) });
    expect((await desk.assignment()).candidates.map(({ id }) => id)).toEqual(['cd_demo-1']);
    await open.center.db.query(
      `INSERT INTO beginnings (tenant_id, sitting_id, station_id, candidate_id, exam_id, begun, asked_at, heard_at, holds_until)
       VALUES ($1, 'si_x', $2, 'cd_demo-2', $3, true, $4, $4, $5)`,
      [DEMO, desk.stationId, EXAM, at(0), at(HOUR_MS)],
    );
    expect((await desk.assignment()).candidates.map(({ id }) => id)).toEqual(['cd_demo-1', 'cd_demo-2']);
    await open.center.db.query('DELETE FROM beginnings');
    await as(demo, 'PUT', `/turn-rooms/${ids.demo}`, { byTurns: false, days: 3 });
    expect((await desk.assignment()).candidates).toHaveLength(5);
    expect((await as(demo, 'GET', `/turn-rooms/${ids.demo}`)).said).toEqual({ byTurns: false, days: 3 });
    await settle('cancel', turn.id, { note: '取消' }, demo);
  });

  test('holds the version that the turn has, until the turn is moved; who moved it is shown', async () => {
    const demo = await accountAt(open, 'firm', ids.demo);
    await as(demo, 'PUT', `/turn-rooms/${ids.demo}`, { byTurns: true, days: 3 });
    const desk = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
    const own = { organiserId: ids.demo, roomId: ids.demo, quotas: undefined };
    const turn = await plan(own, demo);
    await settle('open', turn.id, undefined, demo);
    await enter(demo, turn.id, [CandidateId.parse('cd_demo-3')]);
    const exam = await readExam(SYSTEM, open.center.db, DEMO, ExamId.parse(EXAM));
    const bank = (await desk.call('GET', paths.bank(exam.bankId))).json();
    const token = open.secrets.operatorToken;
    const put = await open.app.inject({
      ...{
        method: 'PUT',
        url: '/v1/operator/exams',
        payload: { exam: { ...exam, passMarks: exam.passMarks + 1 }, bank },
      },
      headers: { authorization: `Bearer ${token}` },
    });
    expect(put.statusCode).toBe(200);
    const held = async () => (await desk.assignment()).exams.find(({ id }) => id === EXAM)?.passMarks;
    expect(await held()).toBe(exam.passMarks);
    const { versions } = await read(demo, turn.id);
    expect(versions).toHaveLength(2);
    expect((await settle('version', turn.id, { version: versions[0]?.version }, demo)).status).toBe(200);
    expect(await held()).toBe(exam.passMarks + 1);
    const { moves } = await read(demo, turn.id);
    expect(moves.map(({ version, by }) => [version, by])).toEqual([
      [versions[0]?.version, 'firm'],
      [versions[1]?.version, 'firm'],
    ]);
    await settle('cancel', turn.id, { note: '取消' }, demo);
  });
});

test('the board says how far everybody is, by what stations report', async () => {
  const turn = await opened({ begins: at(HOUR_MS / 2), seats: 4 });
  const [first, second] = (await staff('one', 2)) as [CandidateId, CandidateId];
  await enter(one, turn.id, [first, second]);
  const board = async () => (await as(keeper as ActingAccount, 'GET', '/turn-board')).said.turns[0];
  expect((await board()).counts).toMatchObject({ awaited: 2, sitting: 0 });
  await open.center.db.query(
    `INSERT INTO beginnings (tenant_id, sitting_id, station_id, candidate_id, exam_id, begun, asked_at, heard_at, holds_until)
     VALUES ($1, 'si_y', $2, $3, $4, true, $5, $5, $6)`,
    [tokens.one, station.stationId, first, EXAM, at(0), at(HOUR_MS)],
  );
  expect((await board()).rows).toMatchObject([
    {
      candidateId: first,
      stage: 'sitting',
      station: '一号考站',
      stationId: expect.stringMatching(/^st_/),
      firm: '甲公司',
    },
    { candidateId: second, stage: 'awaited', station: null },
  ]);
  expect((await as(two as ActingAccount, 'GET', '/turn-board')).said.turns).toEqual([]);
  await cancel(turn.id);
});
