import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';
import { TenantId } from '../../contract/words/ids.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { accountAt, openTestCenter, platformOf, type TestCenter } from '../testing/index.ts';

/** What replies call it that is somebody's: a name and a number to ring, by which they log in, of their card, which person it is. */
const SOMEBODYS = ['contact', 'phone', 'login', 'number', 'candidateId', 'person', 'worker', 'mobile'];

/** Not looks at others, or looks whose own domain's tests find them written down. */
const ELSEWHERE: readonly RegExp[] = [
  /^accounts\.(me|list)$/,
  // Of a firm: whoever runs the platform sees nothing of it.
  /^(workers|proctors|banks|seats|beginnings)\./,
  // results.test.ts, told-results.test.ts, person-files.test.ts, planning.test.ts, certificates.test.ts, courses.test.ts.
  /^(results|told|people|planning|certificates|courses)\./,
];
const OF_A_FIRM = ['workers', 'workers/cd_demo-1', 'proctors', 'seats?examId=ex_demo', 'beginnings', 'audit'];

const names = (schema: unknown): readonly string[] =>
  typeof schema === 'object' && schema !== null
    ? Object.entries(schema).flatMap(([key, inner]) => [
        ...(key === 'properties' ? Object.keys(inner as object) : []),
        ...names(inner),
      ])
    : [];
const LOOKS = Object.entries(platformApi).flatMap(([domain, endpoints]) =>
  Object.entries<Endpoint>(endpoints)
    .filter(([, { method, who }]) => method === 'GET' && who !== 'anyone')
    .filter(([, { reply }]) =>
      names(z.toJSONSchema(reply, { unrepresentable: 'any', io: 'output' })).some((name) => SOMEBODYS.includes(name)),
    )
    .map(([name, one]) => [`${domain}.${name}`, one] as const)
    .filter(([name]) => !ELSEWHERE.some((pattern) => pattern.test(name))),
);

const tenantId = TenantId.parse('tn_demo');

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let admin: ActingAccount;
beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  admin = await accountAt(open, 'platform', ROOT);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

test('there are such', () => {
  expect(LOOKS.map(([name]) => name)).toEqual(expect.arrayContaining(['organisations.list', 'organisations.read']));
});

test.each(LOOKS)('%s is a look at people, and is written down', async (_, { method, path }) => {
  const looks = async () =>
    (await open.center.db.query("SELECT actor_id AS by, subject_id AS what FROM audit_lines WHERE what = 'looked'"))
      .length;
  const before = await looks();
  const { statusCode } = await platform.ask(admin, { method, url: path.replace(/:\w+/, ROOT) });
  expect([statusCode, await looks()]).toEqual([200, before + 1]);
});

test.each(OF_A_FIRM)('of a firm, %s is one as well', async (what) => {
  const { center } = open;
  const place = await placeOfTenant(center.db, tenantId);
  const chief = await accountAt(open, 'firm', place.id);
  const sql = "SELECT 1 FROM audit_lines WHERE what = 'looked' AND tenant_id = $1 AND actor_id = $2";
  const looks = async () => (await center.db.query(sql, [tenantId, chief.id])).length;
  const before = await looks();
  const { statusCode } = await platform.ask(chief, { method: 'GET', url: `/v1/platform/firms/${place.id}/${what}` });
  expect([statusCode, await looks()]).toEqual([200, before + 1]);
});
