import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES } from '../../contract/platform/roles.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { certificateNumber } from '../../contract/words/certificate-number.ts';
import { CandidateId, type OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { verifyAuditExport, verifyProofFile } from '../../proof/index.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { forgetDecided } from '../appeals/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import { SYSTEM } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  platformOf,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { eraseByHand, eraseDue, settleErasures } from './index.ts';

const tenantId = TenantId.parse('tn_demo');
const CERTIFICATE = certificateNumber('ABCD2345EFGH');
const ID = CandidateId.parse('cd_demo-1');
let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let station: TestStation;
let firm: OrganisationId;
let chief: ActingAccount;
let name: string;
let number: string;

const query = (sql: string, params?: readonly unknown[]) => open.center.db.query(sql, params);
const erase = (actor: ActingAccount, payload: object, id: string = ID, at: string = firm) =>
  platform.ask(actor, { method: 'POST', url: `/v1/platform/people/${at}/${id}/erase`, payload });
const get = (actor: ActingAccount, url: string) => platform.ask(actor, { method: 'GET', url });
const counters = async () => ({
  bulletin: (await get(await accountAt(open, 'inspector', ROOT), BULLETIN)).json().total,
  totals: await query('SELECT sum(people)::int AS n FROM study_flows'),
});
const BULLETIN = '/v1/platform/bulletin?from=2026-01&to=2026-12&grouping=firm';

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  firm = (await placeOfTenant(open.center.db, tenantId)).id;
  chief = await accountAt(open, 'firm', firm);
  const [known] = await query('SELECT name, number FROM candidates WHERE id = $1', [ID]);
  [name, number] = [String(known?.name), String(known?.number)];
  const batch = await batchOf(station, [
    recordOf(station, { marks: 100, passed: true }),
    recordOf(station, { candidateId: 'cd_demo-2' }),
  ]);
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
  await eventually(async () => expect(await query('SELECT 1 FROM records WHERE NOT judged')).toEqual([]));
  await query(`UPDATE judgements SET verdict = 'sound'`);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

test('is for whoever manages the firm, and for nobody above or beside it', async () => {
  const other = await addOtherTenant(open);
  expect(other.code).toBeTruthy();
  const beside = (await placeOfTenant(open.center.db, TenantId.parse('tn_other'))).id;
  for (const role of ROLES.filter((one) => one !== 'firm' && one !== 'agency'))
    expect(
      (await erase(await accountAt(open, role, role === 'room' ? firm : ROOT), { reason: 'asked' })).statusCode,
      role,
    ).toBe(401);
  for (const role of ['inspector', 'bureau'] as const)
    expect((await erase(await accountAt(open, role, firm), { reason: 'asked' })).statusCode, role).toBe(401);
  expect((await erase(await accountAt(open, 'firm', beside), { reason: 'asked' })).json().reason).toBe(
    'organisation-unknown',
  );
  expect((await erase(chief, { reason: '他自己要求' })).statusCode).toBe(400);
  expect((await erase(chief, { reason: 'asked' }, 'cd_nobody')).json().reason).toBe('person-unknown');
});

const corrected = (sitting: unknown, number: number, cause: string) =>
  query(
    `INSERT INTO record_corrections (tenant_id, sitting_id, number, jws, body, entry_index, by_name, note, corrected_at)
     VALUES ($1, $2, $3, '', $4, 0, 'x', '她写错了', now() + interval '50 milliseconds')`,
    [tenantId, sitting, number, JSON.stringify({ cause })],
  );
const notes = async () => (await query('SELECT note FROM record_corrections ORDER BY number')).map(({ note }) => note);

test('is refused while anything is open, and says what', async () => {
  const refused = async () => (await erase(chief, { reason: 'asked', alsoCertificates: true })).json().reason;
  await query(
    `INSERT INTO beginnings (tenant_id, sitting_id, station_id, candidate_id, exam_id, begun, asked_at, heard_at, holds_until)
     VALUES ($1, 'si_open', $2, $3, 'ex_demo', true, now(), now(), now())`,
    [tenantId, station.stationId, ID],
  );
  expect(await refused()).toBe('person-sitting');
  await query(`DELETE FROM beginnings WHERE sitting_id = 'si_open'`);
  const [record] = await query(
    'SELECT log_index AS place, sitting_id AS sitting FROM records WHERE candidate_id = $1',
    [ID],
  );
  await query(
    `INSERT INTO appeals (id, tenant_id, log_index, reason, made_at, state) VALUES ('al_a', $1, $2, '判分有误，申请复核', now(), 'open')`,
    [tenantId, record?.place],
  );
  expect(await refused()).toBe('person-appeals');
  await query(`UPDATE appeals SET state = 'upheld', decided_note = '维持', decided_by = 'x', decided_at = now()`);
  await corrected(record?.sitting, 1, 'appeal');
  await corrected(record?.sitting, 2, 'item-wrong');
  await query(`UPDATE judgements SET verdict = 'disputed', settled = NULL WHERE sitting_id = $1`, [record?.sitting]);
  expect(await refused()).toBe('person-disputed');
  await query(`UPDATE judgements SET verdict = 'sound' WHERE sitting_id = $1`, [record?.sitting]);
  await query(
    `INSERT INTO certificates (tenant_id, sitting_id, number, place, candidate_id, exam_id, name, facts, salt)
     SELECT $1, $2, $6, 0, $3, 'ex_demo', $4, $5, 'salt'`,
    [tenantId, record?.sitting, ID, name, JSON.stringify(facts(String(record?.sitting))), CERTIFICATE],
  );
  expect((await erase(chief, { reason: 'asked' })).json().reason).toBe('person-certified');
});

const facts = (sittingId: string) => ({
  ...{
    number: CERTIFICATE,
    tenantId,
    firm: '示范企业',
    examId: 'ex_demo',
    title: { zh: '考试' },
    name,
    ending: number.slice(-4),
  },
  ...{ numberHash: 'a'.repeat(64), passedAt: '2026-01-01T00:00:00.000Z', issuedAt: '2026-01-01T00:00:00.000Z' },
  ...{ expiresAt: null, sittingId, recordHash: 'b'.repeat(64), logIndex: 1, place: 0 },
});

/** What others wrote down of somebody meanwhile. */
async function addTold(place: unknown, sitting: unknown): Promise<void> {
  const key = Buffer.alloc(32, 7);
  writeFileSync(join(open.center.data, 'told-results.key'), key);
  await query(
    `INSERT INTO told_imports (id, organisation_id, vendor_id, vendor, source, file_name, file_hash, brought_by, proven_by, rows, brought_at)
     VALUES ('ti_a', $1, $1, '', 'csv', '', '', '', NULL, 0, now())`,
    [firm],
  );
  await query(
    `INSERT INTO told_results (tenant_id, id, import_id, vendor_id, source, own_id, content, candidate_id, name, number_hash, ending,
       exam_title, mode, marks, full_marks, submitted_at)
     VALUES ($1, 'tr_a', 'ti_a', 'x', 'csv', '1', $2, $3, $4, 'h', $5, '考试', 'formal', 1, 1, now()),
       ($1, 'tr_b', 'ti_a', 'x', 'csv', '2', $2, NULL, $4, $6, $5, '考试', 'formal', 1, 1, now()),
       ($1, 'tr_c', 'ti_a', 'x', 'csv', '3', 'c', NULL, '旁人', 'h', '0000', '考试', 'formal', 1, 1, now())`,
    [
      ...[tenantId, `${number} ${name}`, ID, name, number.slice(-4)],
      // As before they were on the roster.
      createHmac('sha256', key).update(number).digest('hex'),
    ],
  );
  await query(
    `INSERT INTO evidence_wishes (id, tenant_id, log_index, sitting_id, station_id, account_id, by_name, reason, key, jws, entry_index,
       asked_at, expires_at) VALUES ('ew_a', $1, $2, $3, $4, 'ap_x', 'x', '核对照片', 'k', 'j', 0, now(), now())`,
    [tenantId, place, sitting, station.stationId],
  );
  await query(
    `INSERT INTO evidence_pictures (tenant_id, wish_id, taken_of, picture, bytes) VALUES ($1, 'ew_a', 'check-in', 'p', 'sealed')`,
    [tenantId],
  );
}

test('takes away name, number and photos for good, says what stays, and leaves every count and proof as it was', async () => {
  const inspector = await accountAt(open, 'inspector', ROOT);
  // As whoever left some time ago: of somebody who is still there, that they leave is counted.
  await query('UPDATE candidates SET left_at = now() WHERE id = $1', [ID]);
  const before = await counters();
  const [{ batchId, place, sitting } = {}] = await query(
    'SELECT batch_id AS "batchId", log_index AS place, sitting_id AS sitting FROM records WHERE candidate_id = $1',
    [ID],
  );
  await addTold(place, sitting);
  const reply = await erase(chief, { reason: 'asked', alsoCertificates: true });
  expect([reply.statusCode, reply.json()]).toEqual([
    200,
    {
      ...{ erasedAt: expect.any(String), revoked: [CERTIFICATE], records: 1 },
      stays: ['records', 'certificates', 'log', 'stations', 'backups'],
    },
  ]);
  expect(await counters()).toEqual(before);
  const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
  const proof = await open.app.inject({ url: `/proof/${batchId}`, headers });
  expect(await verifyProofFile(proof.rawPayload, open.secrets.centerKey)).toMatchObject({ ok: true });
  for (const search of [name, number, number.slice(0, 17), 'erased'])
    expect(
      (await get(inspector, `/v1/platform/people?search=${encodeURIComponent(search)}`)).json().rows,
      search,
    ).toEqual([]);
  expect((await get(inspector, `/v1/platform/people/${firm}/${ID}`)).json()).toEqual({
    erasedAt: reply.json().erasedAt,
  });
  expect((await get(inspector, `/v1/platform/people/${firm}/${ID}/file`)).json().reason).toBe('person-erased');
  expect((await station.assignment()).candidates.map(({ id }) => id)).not.toContain(ID);
  const told = await open.app.inject({ url: `/certificates/${CERTIFICATE}` });
  expect(told.body).not.toContain(name.slice(0, 1));
  expect(told.body).toContain('撤销');
});

test('leaves no trace of who it was in any table', async () => {
  const tables = await query(
    `SELECT c.table_name AS "table" FROM information_schema.tables c WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { table } of tables)
    if ((await query(`SELECT 1 FROM "${table}" t WHERE t::text LIKE $1 LIMIT 1`, [`%${number}%`])).length > 0)
      found.push(String(table));
  expect(found).toEqual([]);
  expect(await query(`SELECT reason, decided_note FROM appeals`)).toEqual([{ reason: '', decided_note: '' }]);
  expect(await notes()).toEqual(['', '她写错了']);
  const forgotten = { name: null, number_hash: null, ending: null, content: '' };
  expect(await query('SELECT id, name, number_hash, ending, content FROM told_results ORDER BY id')).toEqual([
    { id: 'tr_a', ...forgotten },
    { id: 'tr_b', ...forgotten },
    { id: 'tr_c', name: '旁人', number_hash: 'h', ending: '0000', content: 'c' },
  ]);
  expect(await query('SELECT bytes, erased FROM evidence_pictures')).toEqual([{ bytes: null, erased: true }]);
  expect(await query(`SELECT 1 FROM audit_salts WHERE subject_id = $1`, [ID])).toEqual([]);
});

test('done again is refused, and whoever comes back is somebody new', async () => {
  expect((await erase(chief, { reason: 'asked' })).json().reason).toBe('person-erased');
  expect(await query('SELECT count(*)::int AS n FROM erasures')).toEqual([{ n: 1 }]);
  const worker = { name, number, examId: 'ex_demo' };
  const added = await platform.ask(chief, {
    method: 'POST',
    url: `/v1/platform/firms/${firm}/workers`,
    payload: worker,
  });
  expect([added.statusCode, added.json().id === ID]).toEqual([200, false]);
  const inspector = await accountAt(open, 'inspector', ROOT);
  const file = (await get(inspector, `/v1/platform/people/${firm}/${added.json().id}`)).json();
  expect([file.name, file.results]).toEqual([name, []]);
});

test('the note of an upheld appeal goes with the texts of the appeal', async () => {
  const [record] = await query(
    'SELECT log_index AS place, sitting_id AS sitting FROM records WHERE candidate_id = $1',
    [ID],
  );
  await query(
    `INSERT INTO appeals (id, tenant_id, log_index, reason, made_at, state, decided_by, decided_note, decided_at)
     VALUES ('al_b', $1, $2, '再申请', now(), 'upheld', 'x', '她写错了', now())`,
    [tenantId, record?.place],
  );
  await corrected(record?.sitting, 3, 'appeal');
  const forget = (until: Date) =>
    open.center.db.transaction((tx) => forgetDecided(tx, { tenantId, until }, new Date(), 10));
  expect(await forget(new Date(Date.now() - 60_000))).toBe(0);
  expect((await notes()).at(-1)).toBe('她写错了');
  expect(await forget(new Date())).toBe(1);
  expect(await notes()).toEqual(['', '她写错了', '']);
});

test('done again it takes out what came in between', async () => {
  await query('UPDATE certificates SET name = $2, salt = $3 WHERE candidate_id = $1', [ID, name, 'salt']);
  await settleErasures(SYSTEM, open.center);
  expect(await query('SELECT name, salt FROM certificates WHERE candidate_id = $1', [ID])).toEqual([
    { name: '—', salt: '' },
  ]);
});

test('holds the roster before it looks, also of whoever left before', async () => {
  await query(`UPDATE candidates SET left_at = now() WHERE id = 'cd_demo-3'`);
  const { db } = open.center;
  const steps: string[] = [];
  const watched: typeof db = {
    ...db,
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          query: (sql, params) => {
            steps.push(`${sql} ${params?.[0]}`);
            return tx.query(sql, params);
          },
        }),
      ),
  };
  const wish = { organisationId: firm, candidateId: CandidateId.parse('cd_demo-3'), reason: 'asked' } as const;
  await eraseByHand(chief, { ...open.center, db: watched }, { ...wish, alsoCertificates: false });
  expect(steps[0]).toContain(`roster ${tenantId}`);
});

test('of somebody on the roster takes them off it', async () => {
  expect((await erase(chief, { reason: 'mistaken' }, 'cd_demo-2')).json().reason).toBeUndefined();
  const lines = await query(
    `SELECT what FROM audit_lines WHERE subject_id = 'cd_demo-2' AND what <> 'looked' ORDER BY sequence`,
  );
  expect(lines.map(({ what }) => what)).toEqual(expect.arrayContaining(['candidate-left', 'person-erased']));
});

test('looks and texts of appeals go by rule, the chain of the audit log holds, and nothing else of it can be changed', async () => {
  const rules = { roster: null, appeals: null, invitations: 1, looks: 6 };
  const admin = await accountAt(open, 'platform', ROOT);
  await platform.ask(admin, { method: 'PUT', url: `/v1/platform/retention/${ROOT}`, payload: rules });
  await query(
    `INSERT INTO accounts (id, login, name, state, created_at) VALUES ('ap_never', 'never', '没来过', 'invited', '2020-01-01'), ('ap_new', 'new', '刚邀请', 'invited', now())`,
  );
  const later = { ...open.center, now: () => new Date(Date.now() + 300 * 86_400_000) };
  const [{ n = 0 } = {}] = await query(`SELECT count(*)::int AS n FROM audit_lines WHERE what = 'looked'`);
  expect(n).toBeGreaterThan(0);
  expect(await eraseDue(SYSTEM, open.center)).toMatchObject({ looks: 0, invitations: 1 });
  expect(await eraseDue(SYSTEM, later, { portion: 3 })).toMatchObject({ looks: n, invitations: 1 });
  expect(
    await query(
      `SELECT 1 FROM audit_lines WHERE what = 'looked' AND (actor_id IS NOT NULL OR body LIKE '%127.0.0.1%' OR body LIKE '%salt%')`,
    ),
  ).toEqual([]);
  const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
  const exported = (await open.app.inject({ url: '/v1/operator/audit/export', headers })).json();
  expect(verifyAuditExport(exported, open.secrets.centerKey)).toMatchObject({ ok: true });
  for (const change of [
    `body = '{}'`,
    `erased_at = now(), actor_id = NULL, subject_id = '', body = '{}'`,
    `head = hash`,
  ])
    await expect(query(`UPDATE audit_lines SET ${change} WHERE sequence IN (1, $1)`, [n])).rejects.toThrow(
      'never changed',
    );
  await expect(query('DELETE FROM audit_lines')).rejects.toThrow('never changed');
});

test('a firm says less than the platform, and of its own things alone', async () => {
  const put = (payload: object) =>
    platform.ask(chief, { method: 'PUT', url: `/v1/platform/retention/${firm}`, payload });
  const none = { roster: null, appeals: null, invitations: null, looks: null };
  const admin = await accountAt(open, 'platform', ROOT);
  await platform.ask(admin, { method: 'PUT', url: `/v1/platform/retention/${ROOT}`, payload: { ...none, roster: 24 } });
  expect((await put({ ...none, roster: 25 })).json().reason).toBe('retention-looser');
  expect((await put({ ...none, looks: 12 })).json().reason).toBe('bad-message');
  expect((await put({ ...none, roster: 0 })).statusCode).toBe(400);
  expect((await put({ ...none, looks: 5 })).statusCode).toBe(400);
  expect((await put({ ...none, roster: 12 })).statusCode).toBe(200);
  const read = async () => (await get(chief, `/v1/platform/retention/${firm}`)).json();
  expect(await read()).toMatchObject({ own: { roster: 12 }, platform: { roster: 24 }, counts: { roster: 12 } });
  await platform.ask(admin, { method: 'PUT', url: `/v1/platform/retention/${ROOT}`, payload: { ...none, roster: 6 } });
  expect(await read()).toMatchObject({ own: { roster: 12 }, counts: { roster: 6 } });
});
