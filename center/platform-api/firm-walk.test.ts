import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';
import { ROLES, type Role } from '../../contract/platform/roles.ts';
import { USUAL_RECAPTURE } from '../../contract/words/exam.ts';
import { instant, LoginId, OrganisationId } from '../../contract/words/ids.ts';
import { ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { type Asked, accountAt, addPlace, openTestCenter, platformOf, type TestCenter } from '../testing/index.ts';

/** Every endpoint of what is a firm's own, asked by every role: of that firm, of one beside it, of those above it. */
const ENDPOINTS: readonly (readonly [string, Endpoint])[] = Object.entries(platformApi).flatMap(([domain, endpoints]) =>
  Object.entries<Endpoint>(endpoints)
    // Whoever takes a firm on is a person who logged in: workers.test.ts.
    .filter(([name, { path }]) => path.includes('/:firm') && name !== 'takeOn')
    .map(([name, one]) => [`${domain}.${name}`, one] as const),
);

const NUMBER = '110101199003074872';
const photo = readFileSync(join(import.meta.dirname, '../seed/course/signs.png')).toString('base64');
const file = Buffer.from(`姓名,身份证号\n王五,${NUMBER}\n`).toString('base64');
const [TIME, LATER] = [instant(new Date()), instant(new Date(Date.now() + 3_600_000))];
const RULES = {
  ...{ title: { zh: '考试' }, mode: 'formal', durationSeconds: 2700, passMarks: 80, attempts: 2 },
  ...{ blueprint: { rows: [{ kind: 'single', count: 1, marks: 1 }] }, recapture: USUAL_RECAPTURE },
};
/** What each is asked with, where it takes anything: in a shape that is let through to whoever decides who may. */
const BODIES: Readonly<Record<string, object>> = {
  'workers.add': { name: '王五', number: NUMBER, examId: 'ex_demo' },
  'workers.change': { post: '电工' },
  'workers.arrange': {},
  'workers.correctNumber': { to: NUMBER, reason: '登记错了', photos: 'same' },
  'workers.leave': { on: '2026-01-01', reason: '离职' },
  'workers.addPhoto': { photo },
  'workers.addNamedPhoto': { file: `${NUMBER}.jpg`, photo },
  'workers.importRoster': { file },
  'proctors.put': { name: '李监', role: 'proctor' },
  'stations.addCode': {},
  'stations.revoke': { cause: 'lost' },
  'banks.put': { file: 'x.csv', bytes: file, title: 'x' },
  'bankUploads.add': { file: 'x.csv', bytes: file },
  ...{ 'bankUploads.again': { hidden: true }, 'bankUploads.settle': { dropped: true } },
  'bankUploads.mend': {
    ...{ kind: 'single', stem: '?', pictures: [], options: [], key: 'A', topic: '', explanation: '' },
  },
  'bankUploads.addPicture': { bytes: photo },
  'bankUploads.take': { title: 'x', items: 1 },
  'courses.give': { whom: { by: 'all' } },
  'courses.exportStatements': { home: 'https://center.example' },
  'courses.inviteHome': { ids: ['cd_nobody'] },
  'courses.endHome': { ids: ['cd_nobody'] },
  'certificates.setTerm': { examId: 'ex_demo', months: 12 },
  ...{ 'exams.look': { rules: RULES }, 'exams.change': { version: 'a'.repeat(64), rules: RULES } },
  'exams.add': { rules: RULES },
  'proctoring.openWindow': { examId: 'ex_x', pin: '10012345', opensAt: TIME, closesAt: LATER },
  'proctoring.command': { examId: 'ex_x', pin: '10012345', action: { kind: 'pause' } },
  'grants.give': { tenantId: 'tn_BESIDE', stations: 'all', exams: 'all', from: TIME, until: LATER },
  'access.addToken': { name: '脚本', expiresAt: LATER },
  'packages.make': { stationId: 'st_x', examId: 'ex_x', notBefore: TIME, notAfter: LATER },
  'seats.draw': { examId: 'ex_x', rows: 2, columns: 2 },
  'beginnings.release': { note: '考站坏了' },
  'beginnings.reveal': { seed: 'abc/7' },
  'banks.move': { examId: 'ex_demo', bankId: 'bk_x' },
};

const QUERIES: Readonly<Record<string, string>> = {
  'banks.exportFile': '?format=json',
  ...{
    'packages.contents': '?examId=ex_nothing',
    'seats.list': '?examId=ex_nothing',
    'grants.other': '?called=tn_BESIDE',
  },
};

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
const firms: Partial<Record<'own' | 'beside', OrganisationId>> = {};
const people = new Map<Role, ActingAccount>();
/** Of another county. */
const strangers = new Map<Role, ActingAccount>();

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  platform = platformOf(open);
  const { db } = open.center;
  const admin = await accountAt(open, 'platform', ROOT);
  const county = OrganisationId.parse(await addPlace(db, 'og_county', 'county'));
  const other = OrganisationId.parse(await addPlace(db, 'og_other', 'county'));
  for (const where of ['own', 'beside'] as const) {
    const none = { licence: null, sector: null, size: null, contact: null, phone: null };
    const payload = { ...none, kind: 'firm', parentId: where === 'own' ? county : other, name: `企业 ${where}` };
    const added = await platform.ask(admin, { method: 'POST', url: '/v1/platform/organisations', payload });
    firms[where] = OrganisationId.parse(added.json<{ id: string }>().id);
  }
  const at = { platform: ROOT, bureau: county, inspector: county, auditor: county } as Partial<
    Record<Role, OrganisationId>
  >;
  // Who logged in long ago is let in, and asked to do so again where that is asked for.
  const login = LoginId.parse('lg_long-ago');
  for (const role of ROLES) {
    people.set(role, { ...(await accountAt(open, role, at[role] ?? (firms.own as OrganisationId))), login });
    if (role !== 'platform')
      strangers.set(role, await accountAt(open, role, role in at ? other : (firms.beside as OrganisationId)));
  }
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

function askedFor(name: string, { method, path }: Endpoint, firm: string | undefined): Asked {
  const ids: Readonly<Record<string, string>> = {
    ...{ workers: 'cd_nobody', proctors: 'pr_nobody', stations: 'st_nobody', courses: 'ex_none' },
    bankUploads: 'bu_nothing',
    ...{ exams: 'ex_nothing', banks: 'bk_nothing', grants: 'gr_x', access: 'tk_x', beginnings: 'si_x' },
    ...{ 'proctoring.endWindow': 'ss_x', 'proctoring.outcome': 'cm_x' },
  };
  const url = path
    .replace(':firm', String(firm))
    .replace(':id', ids[name] ?? ids[name.split('.')[0] as string] ?? '')
    .replace(':at', '0')
    .replace(':draft', '0'.repeat(36))
    .replace(':hash', 'a'.repeat(64));
  const asked = {
    method,
    url: `${url}${QUERIES[name] ?? ''}`,
    ...(method === 'GET' ? {} : { payload: BODIES[name] ?? {} }),
  };
  const beside = strangers.get('firm')?.roles[0]?.tenantId ?? '';
  return JSON.parse(JSON.stringify(asked).replaceAll('tn_BESIDE', beside));
}

/** Let in is whoever is answered, or refused for what is there and not for who they are. */
const isLetIn = (reply: { statusCode: number; json<T>(): T }): boolean => {
  const { reason } = reply.json<{ reason?: string }>();
  return reply.statusCode !== 401 && reason !== 'organisation-unknown' && reason !== 'role-beyond';
};

describe.each(ENDPOINTS)('%s', (name, one) => {
  test('lets in whom it is for, at their own firm or below their place, and nobody else', async () => {
    for (const role of ROLES) {
      const reply = await platform.ask(people.get(role) as ActingAccount, askedFor(name, one, firms.own));
      expect(isLetIn(reply), `${role}: ${reply.body}`).toBe((one.who as readonly Role[]).includes(role));
      // A body that was not read would say nothing about who is let in.
      expect(reply.json<{ reason?: string }>().reason, `${role}: ${reply.body}`).not.toBe('bad-message');
    }
  });

  test('does not exist for a firm beside it, another county, or a stranger', async () => {
    for (const [role, actor] of strangers)
      expect(isLetIn(await platform.ask(actor, askedFor(name, one, firms.own))), role).toBe(false);
    expect((await platform.ask({ kind: 'stranger' }, askedFor(name, one, firms.own))).statusCode).toBe(401);
  });
});
