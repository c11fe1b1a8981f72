import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeenCertificate, WholeCertificate } from '../../contract/platform/certificates.ts';
import type { Job } from '../../contract/platform/jobs.ts';
import { ROLES, type Role } from '../../contract/platform/roles.ts';
import type { Batch } from '../../contract/records/batches.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { withCertificates } from '../certificates/index.ts';
import { jobKey } from '../jobs/index.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import { openJudging } from '../results/index.ts';
import { demoBank } from '../seed/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import {
  accountAt,
  addOtherTenant,
  addPlace,
  batchOf,
  enrolStation,
  openTestCenter,
  platformOf,
  soundRecordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let station: TestStation;
let firm: OrganisationId;
/** The test turns the clock. */
let ahead = 0;
const DAY = 24 * 3_600_000;
const as = (role: Role, at: OrganisationId) => accountAt(open, role, at);
const get = (actor: ActingAccount, path = '') =>
  platform.ask(actor, { method: 'GET', url: `/v1/platform/certificates${path}` });
const list = async (actor: ActingAccount, query = ''): Promise<readonly SeenCertificate[]> =>
  (await get(actor, query)).json<{ rows: SeenCertificate[] }>().rows;
let chief: ActingAccount;
let other: OrganisationId;

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(Date.now() + ahead) });
  platform = platformOf(open);
  const { db } = open.center;
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  await addOtherTenant(open);
  firm = (await placeOfTenant(db, station.tenantId)).id;
  other = (await placeOfTenant(db, TenantId.parse('tn_other'))).id;
  const admin = await as('platform', ROOT);
  for (const [id, county] of [
    [firm, 'og_east'],
    [other, 'og_west'],
  ] as const) {
    const payload = { parentId: await addPlace(db, county, 'county') };
    await platform.ask(admin, { method: 'POST', url: `/v1/platform/organisations/${id}/move`, payload });
  }
  chief = await as('firm', firm);
  const formal = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
  const records = [1, 2, 3].map((nth) =>
    soundRecordOf(station, {
      ...{ exam: formal, bank: demoBank(), nth, at: new Date(Date.now() + nth * 1_000), candidateId: `cd_demo-${nth}` },
    }),
  );
  const batch: Batch = await batchOf(station, records);
  expect((await station.call('POST', paths.batches, batch)).statusCode).toBe(200);
  const system = { kind: 'system' } as const;
  await withCertificates(
    system,
    open.center,
    openJudging(system, open.center, () => {}),
    (error) => {
      throw error;
    },
  ).all();
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

describe('the list', () => {
  test('shows a firm its own, whoever supervises what lies below, and nobody else anything', async () => {
    expect(await list(chief)).toHaveLength(3);
    const east = OrganisationId.parse('og_east');
    for (const role of ['bureau', 'inspector'] as const) expect(await list(await as(role, east))).toHaveLength(3);
    expect(await list(await as('inspector', OrganisationId.parse('og_west')))).toEqual([]);
    expect(await list(await as('firm', other))).toEqual([]);
    for (const role of ['platform', 'room', 'proctor', 'auditor'] as const)
      expect((await get(await as(role, role === 'platform' ? ROOT : firm))).statusCode, role).toBe(401);
  });

  test('is turned page by page, by when they end as well, and shows each once', async () => {
    for (const query of ['?size=2', '?size=2&within=3650']) {
      const first = (await get(chief, query)).json<{ rows: SeenCertificate[]; next: string }>();
      const second = (await get(chief, `${query}&after=${first.next}`)).json<{ rows: SeenCertificate[]; next: null }>();
      expect(second.next).toBeNull();
      expect(new Set([...first.rows, ...second.rows].map(({ number }) => number)).size).toBe(3);
      const otherList = query.includes('within') ? '?size=2' : '?size=2&within=9';
      const strange = await get(chief, `${otherList}&after=${first.next}`);
      expect(strange.json<{ reason: string }>().reason).toBe('bad-message');
    }
  });

  test('finds by number, by the number of a person, by name, and by standing', async () => {
    const [one] = await list(chief);
    const [person] = await open.center.db.query(`SELECT name, number FROM candidates WHERE id = $1`, [
      one?.candidateId,
    ]);
    for (const q of [one?.number.toLowerCase(), person?.number, String(person?.name).slice(1)])
      expect((await list(chief, `?q=${encodeURIComponent(String(q))}`)).map(({ number }) => number)).toContain(
        one?.number,
      );
    expect(await list(chief, '?q=nobody')).toEqual([]);
    expect(await list(chief, '?standing=valid')).toHaveLength(3);
    for (const standing of ['expired', 'suspended', 'revoked'])
      expect(await list(chief, `?standing=${standing}`)).toEqual([]);
    expect(await list(chief, '?within=30')).toEqual([]);
    ahead = 1_080 * DAY;
    expect(await list(chief, '?within=30')).toHaveLength(3);
    ahead = 1_200 * DAY;
    expect(await list(chief, '?standing=expired')).toHaveLength(3);
    ahead = 0;
  });

  test('is a look at people, and written down', async () => {
    const looks = async () =>
      (await open.center.db.query(`SELECT 1 FROM audit_lines WHERE what = 'looked' AND actor_id = $1`, [chief.id]))
        .length;
    const before = await looks();
    const [one] = await list(chief);
    await get(chief, `/${one?.number}`);
    await get(chief, `/${one?.number}/certificate.pdf`);
    expect(await looks()).toBe(before + 3);
  });
});

describe('one', () => {
  test('says what it rests on; the salt is its firm’s alone, and it is given out as a file and on paper', async () => {
    const [one] = await list(chief);
    const whole = (await get(chief, `/${one?.number}`)).json<WholeCertificate>();
    expect(whole).toMatchObject({ standing: 'valid', firm: one?.firm, revoked: null, mayRevoke: true });
    expect(whole.salt).toMatch(/\w{8}/);
    const result = await platform.ask(chief, { method: 'GET', url: `/v1/platform/results/${whole.logIndex}` });
    expect(result.json<{ sittingId: string }>().sittingId).toBe(whole.sittingId);
    const bureau = await as('bureau', OrganisationId.parse('og_east'));
    const seen = (await get(bureau, `/${one?.number}`)).json<WholeCertificate>();
    expect([seen.salt, seen.mayRevoke]).toEqual([null, false]);
    expect((await get(bureau, `/${one?.number}/certificate.pdf`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await get(chief, `/${one?.number}/certificate.json`)).json()).toHaveProperty('credentialSubject');
  });

  test('does not exist for a firm beside it, another county, or by a number that is none', async () => {
    const [one] = await list(chief);
    const west = OrganisationId.parse('og_west');
    for (const actor of [await as('firm', other), await as('inspector', west), await as('bureau', west)])
      for (const path of ['', '/certificate.json', '/certificate.pdf'])
        expect((await get(actor, `/${one?.number}${path}`)).json()).toMatchObject({ reason: 'certificate-unknown' });
    for (const number of ['x', '0000-0000-0000-0', encodeURIComponent("'; DROP TABLE certificates")])
      expect((await get(chief, `/${number}`)).json()).toMatchObject({ reason: 'certificate-unknown' });
  });

  test('is revoked by its firm and by an inspector, once and with a cause, and by nobody else', async () => {
    const [first, second] = await list(chief);
    const revoke = (actor: ActingAccount, number: string | undefined, cause = '替考') =>
      platform.ask(actor, {
        ...{ method: 'POST', url: `/v1/platform/certificates/${number}/revoke`, payload: { cause } },
      });
    const east = OrganisationId.parse('og_east');
    for (const role of ROLES.filter((one) => !['firm', 'agency', 'inspector'].includes(one))) {
      const at = role === 'platform' ? ROOT : role === 'bureau' ? east : firm;
      expect((await revoke(await as(role, at), first?.number)).statusCode, role).toBe(401);
    }
    expect((await revoke(await as('firm', other), first?.number)).statusCode).toBe(404);
    expect((await revoke(chief, first?.number, ' ')).json()).toMatchObject({ reason: 'bad-message' });
    const inspector = await as('inspector', east);
    expect((await revoke(chief, first?.number)).statusCode).toBe(200);
    expect((await revoke(inspector, second?.number)).statusCode).toBe(200);
    expect((await revoke(inspector, second?.number)).json()).toMatchObject({ reason: 'certificate-revoked' });
    const whole = (await get(chief, `/${second?.number}`)).json<WholeCertificate>();
    expect(whole).toMatchObject({ standing: 'revoked', revoked: { cause: '替考' }, mayRevoke: false });
    expect((await get(chief, `/${second?.number}/certificate.pdf`)).json()).toMatchObject({
      reason: 'certificate-revoked',
    });
    expect(await list(chief, '?standing=revoked')).toHaveLength(2);
    const lines = await open.center.db.query(
      `SELECT actor_id AS by FROM audit_lines WHERE what = 'certificate-revoked' AND tenant_id = $1 ORDER BY sequence`,
      [station.tenantId],
    );
    expect(lines.map(({ by }) => by)).toEqual([chief.id, inspector.id]);
  });
});

test('a firm says how long those of an exam are good, and where nobody did it is said so', async () => {
  const url = `/v1/platform/firms/${firm}/certificate-terms`;
  const terms = async () =>
    (await platform.ask(chief, { method: 'GET', url })).json<{ terms: object[] }>().terms as readonly object[];
  expect(await terms()).toContainEqual(expect.objectContaining({ examId: 'ex_demo', months: 36, isUsual: true }));
  for (const months of [12, null]) {
    await platform.ask(chief, { method: 'PUT', url, payload: { examId: 'ex_demo', months } });
    expect(await terms()).toContainEqual(expect.objectContaining({ examId: 'ex_demo', months, isUsual: false }));
  }
  for (const payload of [{ examId: 'ex_demo', months: 0 }, { examId: 'ex_demo', months: 1.5 }, { examId: 'ex_demo' }])
    expect((await platform.ask(chief, { method: 'PUT', url, payload })).json()).toMatchObject({
      reason: 'bad-message',
    });
  const strange = await platform.ask(chief, { method: 'PUT', url, payload: { examId: 'ex_none', months: 6 } });
  expect(strange.json()).toMatchObject({ reason: 'no-exam' });
});

/** Lines of a file that was made of them, without the headings; and what was kept of the order meanwhile. */
async function made(more: object) {
  const payload = { organisationId: firm, as: 'csv', language: 'zh', ...more };
  const asked = await platform.ask(chief, { method: 'POST', url: '/v1/platform/exports/certificates', payload });
  const { id } = asked.json<Job>();
  await eventually(async () => {
    const job = await platform.ask(chief, { method: 'GET', url: `/v1/platform/jobs/${id}` });
    expect(job.json<Job>().state).toBe('done');
  });
  const file = await text((await open.center.objects.read(jobKey(id))) ?? Readable.from([]));
  const [headings = '', ...lines] = file.trim().split('\r\n');
  return {
    headings,
    lines,
    kept: JSON.stringify(await open.center.db.query('SELECT asked FROM jobs WHERE id = $1', [id])),
  };
}

test('a list of them is made as a file, of all or of those that end soon', async () => {
  const { headings, lines } = await made({});
  expect(headings).toContain('证书编号');
  expect(lines).toHaveLength(3);
  expect(lines.filter((line) => line.includes('已撤销'))).toHaveLength(2);
  expect((await made({ within: 30 })).lines).toEqual([]);
});

test('a file holds what the list shows that is searched and filtered alike, and an order holds nobody’s number', async () => {
  const [one] = await list(chief);
  if (!one) throw new Error('there is no certificate');
  for (const wish of [
    { q: one.number },
    { q: one.name.slice(0, 2) },
    { q: '110105198001010016' },
    { q: '没有这个人' },
    { standing: 'revoked' },
    { standing: 'valid', examId: one.examId },
    { firm: '示范' },
    { firm: '没有这家' },
  ] as const) {
    const shown = await list(chief, `?${new URLSearchParams({ below: firm, size: '500', ...wish })}`);
    const { lines, kept } = await made(wish);
    expect(kept).not.toContain('110105198001010016');
    const numbers = lines.map((line) => shown.find(({ number }) => line.includes(number))?.number);
    expect([wish, numbers.toSorted()]).toEqual([wish, shown.map(({ number }) => number).toSorted()]);
  }
});
