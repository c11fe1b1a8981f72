import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FoundPerson, OnePerson } from '../../contract/platform/person-files.ts';
import { ROLES } from '../../contract/platform/roles.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { canonicalJson, verifyPersonFile } from '../../proof/index.ts';
import { ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  addOtherTenant,
  batchOf,
  enrolStation,
  newSigner,
  openTestCenter,
  platformOf,
  recordOf,
  type TestCenter,
} from '../testing/index.ts';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let firm: OrganisationId;
let other: OrganisationId;
let number: string;

const get = (actor: ActingAccount, url: string) => platform.ask(actor, { method: 'GET', url });
const find = async (actor: ActingAccount, search: string) =>
  (await get(actor, `/v1/platform/people?search=${encodeURIComponent(search)}`)).json<{ rows: FoundPerson[] }>().rows;
const at = (organisationId: string, candidateId: string, more = '') =>
  `/v1/platform/people/${organisationId}/${candidateId}${more}`;

/** One person of two firms, who sat at both. */
beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  const { db } = open.center;
  const ours = await enrolStation(open.app, open.secrets.enrolmentCode);
  const theirs = await enrolStation(open.app, (await addOtherTenant(open)).code);
  const organisation = async (tenantId: string) => {
    const [row] = await db.query('SELECT id FROM organisations WHERE tenant_id = $1', [tenantId]);
    return OrganisationId.parse(row?.id);
  };
  [firm, other] = [await organisation(ours.tenantId), await organisation(theirs.tenantId)];
  const [known] = await db.query(`SELECT number FROM candidates WHERE id = 'cd_demo-1'`);
  number = String(known?.number);
  // The other firm has no exam of its own here: who is on its roster is what counts.
  await db.query('ALTER TABLE candidates DROP CONSTRAINT IF EXISTS candidates_tenant_id_exam_id_fkey');
  await db.query(
    `INSERT INTO candidates (tenant_id, id, name, number, exam_id) VALUES ($1, 'cd_there', '张示范', $2, 'ex_demo')`,
    [theirs.tenantId, number],
  );
  await db.query(
    `INSERT INTO memberships (tenant_id, candidate_id, joined_on, left_on) VALUES ($1, 'cd_there', '2024-03-01', '2025-03-01')`,
    [theirs.tenantId],
  );
  const incidents = [{ id: 'in_a', reason: 'no-face', at: '2026-01-01T00:00:00.000Z', paused: true }];
  await ours.call('POST', paths.batches, await batchOf(ours, [recordOf(ours, { incidents })]));
  await theirs.call('POST', paths.batches, await batchOf(theirs, [recordOf(theirs, { candidateId: 'cd_there' })]));
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

test('somebody is found once, with the firms within reach, and their number is shown to nobody whole', async () => {
  const inspector = await accountAt(open, 'inspector', ROOT);
  const [found, ...more] = await find(inspector, number);
  expect([found?.firms.length, more]).toEqual([2, []]);
  expect(JSON.stringify(found)).not.toContain(number);
  expect((await find(await accountAt(open, 'firm', firm), number))[0]?.firms).toHaveLength(1);
  expect(await find(inspector, '')).toEqual([]);
});

test('a firm sees what happened at it, and whoever supervises both all of it', async () => {
  const own = (await get(await accountAt(open, 'firm', firm), at(firm, 'cd_demo-1'))).json<OnePerson>();
  expect([own.firms.length, own.results.length]).toEqual([1, 1]);
  expect(own.results[0]?.incidents).toEqual(['no-face']);
  const all = (await get(await accountAt(open, 'inspector', ROOT), at(firm, 'cd_demo-1'))).json<OnePerson>();
  expect([all.firms.length, all.results.length, all.ending]).toEqual([2, 2, number.slice(-4)]);
  expect(all.firms).toContainEqual(expect.objectContaining({ from: '2024-03-01', until: '2025-03-01' }));
  expect(JSON.stringify(all)).not.toContain(number);
  const lines = await open.center.db.query(
    `SELECT tenant_id FROM audit_lines WHERE what = 'looked' AND actor_id = 'ap_inspector' AND subject_id IN ('cd_demo-1', 'cd_there')`,
  );
  expect(lines).toHaveLength(2);
});

test('is for those roles that see results, and for nobody beyond their reach', async () => {
  for (const role of ROLES) {
    const actor = await accountAt(open, role, firm);
    const may = ['firm', 'agency', 'bureau', 'inspector'].includes(role);
    for (const more of ['', '/file', '/pdf'])
      expect((await get(actor, at(firm, 'cd_demo-1', more))).statusCode, role).toBe(may ? 200 : 401);
    expect((await get(actor, at(other, 'cd_there'))).statusCode, role).toBe(may ? 404 : 401);
    expect((await get(actor, '/v1/platform/people?search=x')).statusCode, role).toBe(may ? 200 : 401);
  }
});

test('the file is proven with the center’s key, and no word of it can be changed', async () => {
  const { body } = await get(await accountAt(open, 'inspector', ROOT), at(firm, 'cd_demo-1', '/file'));
  const root = open.center.keys.root;
  expect(verifyPersonFile(body, root)).toMatchObject({ ok: true, pinned: true, facts: { name: '张示范' } });
  expect(verifyPersonFile(body)).toMatchObject({ ok: true, pinned: false });
  expect(verifyPersonFile(body, newSigner().publicKey)).toMatchObject({ ok: false, reason: 'signature-invalid' });
  const file = JSON.parse(body);
  const [first, ...rest] = file.facts.results;
  const better = { ...file, facts: { ...file.facts, results: [{ ...first, marks: 100 }, ...rest] } };
  expect(verifyPersonFile(canonicalJson(better), root)).toMatchObject({ ok: false, reason: 'signature-invalid' });
  const forged = { ...better, signature: newSigner().sign('exam-station/person', { facts: 'x' }) };
  expect(verifyPersonFile(canonicalJson(forged), root)).toMatchObject({ ok: false, reason: 'signature-invalid' });
  expect(verifyPersonFile('{}', root)).toMatchObject({ ok: false, reason: 'bad-message' });
});

test('the paper is a PDF that carries the signed file, and is a look', async () => {
  const looks = async () =>
    (await open.center.db.query(`SELECT 1 FROM audit_lines WHERE what = 'looked' AND subject_id = 'cd_demo-1'`)).length;
  const inspector = await accountAt(open, 'inspector', ROOT);
  const before = await looks();
  const reply = await get(inspector, at(firm, 'cd_demo-1', '/pdf?language=zh'));
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf']);
  const text = reply.rawPayload.toString('latin1');
  expect([text.startsWith('%PDF-'), text.includes('cd_demo-1.person.json')]).toEqual([true, true]);
  expect(await looks()).toBe(before + 1);
  expect((await get(inspector, at(firm, 'cd_demo-1', '/pdf?language=xx'))).statusCode).toBe(400);
});
