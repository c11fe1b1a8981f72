import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OwnFile, ownPaths } from '../../contract/home/own-file.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { Appeal } from '../../contract/platform/appeals.ts';
import { Turn, type TurnEntry } from '../../contract/platform/planning.ts';
import type { ListedResult } from '../../contract/platform/results.ts';
import type { Batch } from '../../contract/records/batches.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { CandidateId, ExamId, instant, type OrganisationId, type Sha256, TenantId } from '../../contract/words/ids.ts';
import { withCertificates } from '../certificates/index.ts';
import { handExam, listExamVersions } from '../exams/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import { putCandidate } from '../people/index.ts';
import { openJudging } from '../results/index.ts';
import { demoBank } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  type AtHome,
  accountAt,
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  platformOf,
  signInAt,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

/** 张示范 and 李样例 are of one firm; 别家's has an id that is 张示范's too, and another person behind it. */
const [ZHANG, LI, OTHER] = ['110105198001010016', '110105198502020028', '110105196801010111'] as const;
const LATE = '110105196801020125';
const SYSTEM = { kind: 'system' } as const;
const HALF_HOUR_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;
const DEMO = TenantId.parse('tn_demo');
const THEIRS = TenantId.parse('tn_other');
const EXAM = ExamId.parse('ex_demo');

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let station: TestStation;
let formal: Exam;
let sent: { number: number; batch: Batch } | null = null;
let later = 0;
let [inspector, firm, root]: ActingAccount[] = [];
const home: Record<'zhang' | 'li' | 'theirs', AtHome> = {} as never;
const records: Record<'passed' | 'failed' | 'li', ExamRecord> = {} as never;

async function send(...of: readonly ExamRecord[]): Promise<void> {
  const batch = await batchOf(station, of, sent);
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
  sent = { number: (sent?.number ?? 0) + 1, batch };
  await openJudging(SYSTEM, open.center, () => {}).all();
}

/** Whoever sits the demo twice is in doubt, and somebody decides on each. */
async function settle({ sittingId }: ExamRecord, decision: 'stands' | 'void'): Promise<void> {
  const reply = await open.app.inject({
    ...{ method: 'POST', url: operatorPaths.disputes },
    headers: { authorization: `Bearer ${open.secrets.operatorToken}` },
    payload: { sittingId, decision, by: '试验员', note: '查过了' },
  });
  expect(reply.statusCode).toBe(200);
  const judging = openJudging(SYSTEM, open.center, () => {});
  await withCertificates(SYSTEM, open.center, judging, (error) => {
    throw error;
  }).all();
}

const file = async (who: AtHome): Promise<OwnFile> => OwnFile.parse((await who.get(ownPaths.file)).json());
const appeal = (who: AtHome, { sittingId }: ExamRecord, words: object = { ground: 'marks', text: '第三题' }) =>
  who.post(ownPaths.appeals.replace(':sittingId', sittingId), { words, locale: 'zh' });
const as = async (actor: ActingAccount | undefined, method: string, url: string, payload?: object) => {
  const asked = { method, url: `/v1/platform${url}`, ...(payload ? { payload } : {}) };
  const reply = await platform.ask(actor as ActingAccount, asked);
  expect([url, reply.statusCode]).toEqual([url, 200]);
  return reply.json();
};
const indexOf = async (record: ExamRecord): Promise<number> => {
  const { rows } = (await as(inspector, 'GET', '/results?size=100')) as { rows: ListedResult[] };
  return rows.find(({ sittingId }) => sittingId === record.sittingId)?.logIndex ?? -1;
};

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(Date.now() + later) });
  platform = platformOf(open);
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const other = await addOtherTenant(open);
  const { db } = open.center;
  const [newest] = await listExamVersions(SYSTEM, db, DEMO, EXAM);
  await handExam(
    SYSTEM,
    db,
    DEMO,
    { examId: EXAM, version: newest?.version as Sha256 },
    { actor: SYSTEM, tenantId: THEIRS },
  );
  const put = (tenantId: TenantId, id: string, name: string, number: string) =>
    putCandidate(SYSTEM, db, tenantId, { id: CandidateId.parse(id), name, number, examId: EXAM });
  await put(THEIRS, 'cd_demo-1', '王别家', OTHER);
  await put(DEMO, 'cd_late', '钱候补', LATE);
  formal = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
  const sound = (nth: number, candidateId: string, changes: object = {}) =>
    soundRecordOf(station, {
      ...{
        exam: formal,
        bank: demoBank(),
        nth,
        at: new Date(Date.now() - (4 - nth) * HALF_HOUR_MS),
        candidateId,
        changes,
      },
    });
  const incidents = [{ id: 'in_a', reason: 'no-face', at: instant(new Date()), paused: true }];
  records.passed = sound(1, 'cd_demo-1');
  records.failed = sound(2, 'cd_demo-1', { incidents });
  records.li = sound(3, 'cd_demo-2');
  await send(records.passed, records.failed, records.li);
  await settle(records.passed, 'stands');
  root = await accountAt(open, 'platform', ROOT);
  inspector = await accountAt(open, 'inspector', ROOT);
  firm = await accountAt(open, 'firm', (await placeOfTenant(open.center.db, DEMO)).id);
  home.zhang = await signInAt(open, ZHANG);
  home.li = await signInAt(open, LI);
  home.theirs = await signInAt(open, OTHER, other.token);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

describe('what there is of oneself', () => {
  test('is what one sat, with what happened, one’s certificates, and since when one is on the roster', async () => {
    const own = await file(home.zhang);
    expect(own).toMatchObject({ name: '张示范', ending: '0016', firm: '示范企业 (Demo Works)', turns: [] });
    expect(own.memberships).toHaveLength(1);
    expect(own.results.map(({ sittingId }) => sittingId)).toEqual([records.failed.sittingId, records.passed.sittingId]);
    expect(own.results[0]).toMatchObject({
      standing: 'disputed',
      incidents: ['no-face'],
      correction: null,
      appeals: [],
    });
    expect(own.results[1]).toMatchObject({ standing: 'counts', marks: records.passed.marks, passed: true });
    expect(own.certificates).toMatchObject([{ standing: 'valid' }]);
    await settle(records.failed, 'void');
    expect((await file(home.zhang)).results.map(({ standing }) => standing)).toEqual(['void', 'counts']);
  });

  test('is nobody else’s: not a colleague’s, nor whoever’s has the same id at another firm', async () => {
    const [zhang, li, theirs] = [await file(home.zhang), await file(home.li), await file(home.theirs)];
    expect(theirs).toMatchObject({ name: '王别家', results: [], certificates: [], turns: [] });
    expect(li.results.map(({ sittingId }) => sittingId)).toEqual([records.li.sittingId]);
    const of = (one: OwnFile) => [...one.results.map((result) => result.sittingId), ...one.certificates.map(String)];
    expect(of(zhang).filter((id) => of(li).includes(id))).toEqual([]);
    for (const [own, stranger] of [
      [zhang, '李样例'],
      [li, '张示范'],
      [theirs, '张示范'],
    ] as const)
      expect(JSON.stringify(own)).not.toContain(stranger);
  });

  test('says no whole number, nothing of findings, and is shown to nobody who is not signed in', async () => {
    const { body, headers } = await home.zhang.get(ownPaths.file);
    expect(body).not.toContain(ZHANG);
    expect(body).not.toMatch(/verdict|finding|salt|logIndex/);
    expect(headers['cache-control']).toBe('no-store');
    expect((await open.app.inject(ownPaths.file)).statusCode).toBe(401);
    const operator = { authorization: `Bearer ${open.secrets.operatorToken}` };
    expect((await open.app.inject({ url: ownPaths.file, headers: operator })).statusCode).toBe(401);
  });

  test('ends with the roster', async () => {
    const gone = await signInAt(open, '110105199003030031');
    expect((await gone.get(ownPaths.file)).statusCode).toBe(200);
    await open.center.db.query(`UPDATE candidates SET left_at = now() WHERE number = '110105199003030031'`);
    expect((await gone.get(ownPaths.file)).statusCode).toBe(401);
  });
});

describe('a certificate', () => {
  const at = (path: string, number: string) => path.replace(':number', number);
  test('is given to whom it is of, as a file and on paper, and to nobody else', async () => {
    const [{ number = '' } = {}] = (await file(home.zhang)).certificates;
    const json = await home.zhang.get(at(ownPaths.certificateFile, number));
    expect([json.statusCode, json.headers['content-type']]).toEqual([200, 'application/vc']);
    expect(json.json().credentialSubject.identifier).toBeTruthy();
    const paper = await home.zhang.get(at(ownPaths.certificatePaper, number));
    expect([paper.statusCode, paper.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    for (const path of [ownPaths.certificateFile, ownPaths.certificatePaper]) {
      for (const who of [home.li, home.theirs])
        expect((await who.get(at(path, number))).json()).toMatchObject({ reason: 'certificate-unknown' });
      expect((await open.app.inject(at(path, number))).statusCode).toBe(401);
      expect((await home.zhang.get(at(path, 'nonsense'))).statusCode).toBe(404);
    }
  });
});

describe('an appeal', () => {
  test('is made against one’s own result, once at a time', async () => {
    for (const who of [home.li, home.theirs])
      expect((await appeal(who, records.passed)).json()).toMatchObject({ reason: 'result-unknown' });
    expect((await appeal(home.zhang, records.passed)).statusCode).toBe(200);
    expect((await appeal(home.zhang, records.passed)).json()).toEqual({ reason: 'appeal-open' });
    const [, result] = (await file(home.zhang)).results;
    expect(result?.appeals).toMatchObject([{ by: 'oneself', state: 'open', decided: null }]);
    const { rows } = (await as(inspector, 'GET', '/appeals?state=open')) as { rows: Appeal[] };
    expect(rows).toMatchObject([{ reason: '分数算错了：第三题', madeBy: null, name: '张示范' }]);
    const [line] = await open.center.db.query(`SELECT actor_id FROM audit_lines WHERE what = 'appeal-made'`);
    expect(line).toEqual({ actor_id: 'cd_demo-1' });
  });

  test('says why, in words that are offered, and comes from these pages', async () => {
    for (const words of [
      { ground: 'other', text: '' },
      { ground: 'nope', text: '' },
      { ground: 'marks', text: '字'.repeat(501) },
    ])
      expect((await appeal(home.zhang, records.failed, words)).statusCode).toBe(400);
    const url = ownPaths.appeals.replace(':sittingId', records.failed.sittingId);
    const payload = { words: { ground: 'marks', text: '' }, locale: 'zh' };
    for (const site of ['cross-site', 'same-site', 'none']) {
      const headers = { cookie: home.zhang.cookie, 'sec-fetch-site': site };
      expect((await open.app.inject({ method: 'POST', url, payload, headers })).json()).toMatchObject({
        reason: 'origin-refused',
      });
    }
    expect((await home.zhang.post(ownPaths.appeals.replace(':sittingId', '%00'), payload)).statusCode).toBe(404);
    expect((await file(home.zhang)).results[0]?.appeals).toEqual([]);
  });

  test('is answered: what is upheld counts with other marks, and nobody is named', async () => {
    const decide = async (payload: object) => {
      const { rows } = (await as(inspector, 'GET', '/appeals?state=open')) as { rows: Appeal[] };
      await as(inspector, 'POST', `/appeals/${rows[0]?.id}/decision`, payload);
    };
    await decide({ state: 'upheld', note: '第三题按两分算', marks: 70 });
    const [, result] = (await file(home.zhang)).results;
    expect(result).toMatchObject({
      ...{ marks: records.passed.marks, passed: 70 >= records.passed.passMarks },
      correction: { marks: 70, cause: 'appeal' },
      appeals: [{ state: 'upheld', decided: { note: '第三题按两分算' } }],
    });
    const { body } = await home.zhang.get(ownPaths.file);
    expect(body).not.toContain('"inspector"');
    await as(firm, 'POST', `/results/${await indexOf(records.failed)}/appeals`, { reason: '企业认为评分有误' });
    await decide({ state: 'rejected', note: '评分无误' });
    expect((await file(home.zhang)).results[0]?.appeals).toMatchObject([
      { by: 'firm', state: 'rejected', decided: { note: '评分无误' } },
    ]);
  });

  test('is one of few: whoever makes many has to wait', async () => {
    const asked = await Promise.all(Array.from({ length: 6 }, () => appeal(home.li, records.li)));
    expect(asked.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(asked.map(({ statusCode }) => statusCode)).toContain(429);
    expect((await file(home.li)).results[0]?.appeals).toHaveLength(1);
  });
});

describe('a turn', () => {
  /** 李样例 says so: the firm sees it, and her place stays hers until the firm takes her off. */
  async function cannotCome(turn: Turn, bureau: ActingAccount, owner: ActingAccount): Promise<void> {
    const say = (who: AtHome, reason = '工地值班') =>
      who.post(ownPaths.absences.replace(':turnId', turn.id), { reason });
    const entries = async () => (await as(owner, 'GET', `/turns/${turn.id}/entries`)).rows as TurnEntry[];
    for (const who of [home.zhang, home.theirs])
      expect((await say(who)).json()).toMatchObject({ reason: 'turn-unknown' });
    for (const reason of ['', '字'.repeat(201)]) expect((await say(home.li, reason)).statusCode).toBe(400);
    expect((await say(home.li, '<b>值班</b>')).statusCode).toBe(200);
    expect((await say(home.li)).statusCode).toBe(200);
    expect(await entries()).toMatchObject([
      { candidateId: 'cd_demo-2', state: 'entered', saidAbsent: true, absence: '工地值班' },
      { candidateId: 'cd_late', state: 'waiting', saidAbsent: false, absence: null },
    ]);
    expect((await as(bureau, 'GET', `/turns/${turn.id}/entries`)).rows).toMatchObject([
      { candidateId: 'cd_demo-2', saidAbsent: true, absence: null },
      { candidateId: 'cd_late', saidAbsent: false, absence: null },
    ]);
    expect((await file(home.li)).turns).toMatchObject([{ standing: 'coming', absence: '工地值班', mayCancel: true }]);
    await as(bureau, 'POST', `/turns/${turn.id}/close`);
    expect((await say(home.li)).json()).toMatchObject({ reason: 'turn-settled' });
    expect((await file(home.li)).turns).toMatchObject([{ mayCancel: false }]);
    await as(bureau, 'POST', `/turns/${turn.id}/open`);
    await as(owner, 'POST', `/turns/${turn.id}/entries/cancel`, { candidateId: 'cd_demo-2' });
    expect((await file(home.li)).turns).toEqual([]);
    await as(owner, 'POST', `/turns/${turn.id}/entries/cancel`, { candidateId: 'cd_late' });
    // Signed up again, she comes until she says otherwise again.
    later = 1_000;
    await as(owner, 'POST', `/turns/${turn.id}/entries`, { candidateIds: ['cd_demo-2'] });
    later = 0;
    expect(await entries()).toMatchObject([{ candidateId: 'cd_demo-2', state: 'entered', absence: null }]);
  }

  test('is shown to whoever is signed up for it, with its room, until it is over', async () => {
    const demo = await placeOfTenant(open.center.db, DEMO);
    const nothing = { licence: null, sector: null, size: null, contact: null, phone: null };
    const add = async (kind: string, parentId: OrganisationId, name: string) =>
      (await as(root, 'POST', '/organisations', { ...nothing, kind, parentId, name })) as { id: OrganisationId };
    const county = await add('county', ROOT, '东区');
    const room = await add('room', county.id, '东区考场');
    await as(root, 'POST', `/organisations/${demo.id}/move`, { parentId: county.id });
    const bureau = await accountAt(open, 'bureau', county.id);
    const owner = await accountAt(open, 'firm', demo.id);
    const turn = Turn.parse(
      await as(bureau, 'POST', '/turns', {
        ...{ organiserId: county.id, roomId: room.id, examOf: demo.id, examId: 'ex_demo', seats: 1, note: '带安全帽' },
        ...{ begins: instant(new Date(Date.now() + 2 * DAY_MS)), quotas: [{ organisationId: demo.id, quota: 5 }] },
        eligibility: { again: 'any' },
      }),
    );
    await as(bureau, 'POST', `/turns/${turn.id}/open`);
    const candidateIds = ['cd_demo-2', 'cd_late'];
    const { outcomes } = await as(owner, 'POST', `/turns/${turn.id}/entries`, { candidateIds });
    expect(outcomes).toMatchObject([{ outcome: 'entered' }, { outcome: 'waiting' }]);
    expect((await file(home.li)).turns).toMatchObject([
      { id: turn.id, title: { zh: formal.title.zh }, room: '东区考场', standing: 'coming', note: '带安全帽' },
    ]);
    expect((await file(await signInAt(open, LATE))).turns).toMatchObject([{ standing: 'waiting' }]);
    expect((await file(home.zhang)).turns).toEqual([]);
    expect((await file(home.theirs)).turns).toEqual([]);
    await cannotCome(turn, bureau, owner);
    await as(bureau, 'POST', `/turns/${turn.id}/cancel`, { note: '停电' });
    expect((await file(home.li)).turns).toMatchObject([{ standing: 'cancelled', note: '停电' }]);
    later = 3 * DAY_MS;
    expect((await file(home.li)).turns).toEqual([]);
    later = 0;
  });
});

test('the ids of another firm’s person lead nowhere, whatever is asked with them', async () => {
  // Every address of these pages that names something, asked with what is 张示范's by whoever has the same id elsewhere.
  const own = await file(home.zhang);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const before = hash(JSON.stringify(own));
  for (const { number } of own.certificates)
    for (const path of [ownPaths.certificateFile, ownPaths.certificatePaper])
      expect((await home.theirs.get(path.replace(':number', number))).statusCode).toBe(404);
  for (const { sittingId } of own.results)
    expect((await appeal(home.theirs, { sittingId } as ExamRecord)).statusCode).toBe(404);
  expect(hash(JSON.stringify(await file(home.zhang)))).toBe(before);
});
