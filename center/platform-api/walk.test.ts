import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';
import type { OrganisationKind } from '../../contract/platform/organisations.ts';
import { ROLES, type Role } from '../../contract/platform/roles.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { makeId } from '../base/index.ts';
import { ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { type Asked, accountAt, openTestCenter, platformOf, type TestCenter } from '../testing/index.ts';
import { ELSEWHERE, MAY, type May, type Placed, WHERE, WHOLE, type Where } from './walk.fixture.ts';

/** Every endpoint, asked by every role for what is its own, above it, below it and beside it. */
const ENDPOINTS: readonly (readonly [string, Endpoint])[] = Object.entries(platformApi).flatMap(([domain, endpoints]) =>
  Object.entries<Endpoint>(endpoints).map(([name, one]) => [`${domain}.${name}`, one] as const),
);
function endpointOf(name: string): Endpoint {
  const found = ENDPOINTS.find(([one]) => one === name);
  if (!found) throw new Error(`no endpoint ${name}`);
  return found[1];
}
const WALKED = ENDPOINTS.filter(([name]) => !ELSEWHERE.some((pattern) => pattern.test(name)));

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let admin: ActingAccount;
let vendor: OrganisationId;
const people = new Map<Role, ActingAccount>();

/** One of each: what a role is at, and what lies around it. */
type Home = Readonly<Record<Where, OrganisationId | undefined>>;
const homes = new Map<Role, Home>();

let count = 0;
const nothing = { licence: null, sector: null, size: null, contact: null, phone: null };
async function add(kind: OrganisationKind, parentId: OrganisationId): Promise<OrganisationId> {
  count += 1;
  const payload = { ...nothing, kind, parentId, name: `${kind} ${count}` };
  const reply = await platform.ask(admin, { method: 'POST', url: '/v1/platform/organisations', payload });
  return OrganisationId.parse(reply.json<{ id: string }>().id);
}

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  platform = platformOf(open);
  admin = await accountAt(open, 'platform', ROOT);
  const [county, other] = [await add('county', ROOT), await add('county', ROOT)];
  const street = await add('street', county);
  const neighbour = await add('firm', street);
  vendor = await add('vendor', ROOT);
  const own = async (kind: OrganisationKind): Promise<Home> => ({
    ...{ own: await add(kind, street), above: street, below: undefined, beside: neighbour },
  });
  homes.set('platform', { own: ROOT, above: undefined, below: county, beside: undefined });
  for (const role of ['bureau', 'inspector', 'auditor'] as const)
    homes.set(role, { own: county, above: ROOT, below: street, beside: other });
  for (const role of ['firm', 'agency', 'room'] as const) homes.set(role, await own(role));
  homes.set('proctor', await own('room'));
  for (const [role, { own: at }] of homes) people.set(role, await accountAt(open, role, at as OrganisationId));
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

/** A new firm there, in a state that the endpoint takes: what is asked for by one role is not there for the next. */
async function freshFirm(where: { readonly parentId: OrganisationId; readonly state?: string }) {
  const id = OrganisationId.parse(makeId('og'));
  await open.center.db.query(
    `INSERT INTO organisations (id, kind, parent_id, path, name, state, created_at)
     SELECT $1, 'firm', id, path || $1 || '/', $1, $3, now() FROM organisations WHERE id = $2`,
    [id, where.parentId, where.state ?? 'approved'],
  );
  return id;
}
/** Of what is moved, decided on and closed, something of the kind: at the place itself, or a new firm beside it. */
const disposable = async (role: Role, where: Where, state?: string): Promise<OrganisationId | undefined> => {
  const target = homes.get(role)?.[where];
  if (!target) return undefined;
  if (where === 'own' || where === 'above') return target;
  const parent = await open.center.db.query('SELECT parent_id FROM organisations WHERE id = $1', [target]);
  return freshFirm({ parentId: OrganisationId.parse(parent[0]?.parent_id), ...(state ? { state } : {}) });
};

type Ask = (role: Role, where: Where) => Promise<Asked | undefined>;
const at = (path: (id: OrganisationId) => Asked): Ask => {
  return async (role, where) => {
    const id = homes.get(role)?.[where];
    return id ? path(id) : undefined;
  };
};
const withFresh = (path: (id: OrganisationId, role: Role) => Asked, state?: string): Ask => {
  return async (role, where) => {
    const id = await disposable(role, where, state);
    return id ? path(id, role) : undefined;
  };
};
/** Something that tells nobody of anything, of the place itself. */
const withHook = (path: (id: string) => Asked): Ask => {
  return async (role, where) => {
    const organisationId = homes.get(role)?.[where];
    if (!organisationId) return undefined;
    const id = makeId('hk');
    await open.center.db.query(
      `INSERT INTO hooks (id, organisation_id, url, events, secret, made_at)
       VALUES ($1, $2, 'https://127.0.0.1/', '{}', 'whsec_', now())`,
      [id, organisationId],
    );
    return path(id);
  };
};
/** A table of nobody's results. */
const TOLD = Buffer.from('成绩编号,姓名,身份证号,考试名称,得分,满分,是否合格,交卷时间').toString('base64');
const url = (id: OrganisationId, more = '') => `/v1/platform/organisations/${id}${more}`;

/** How each endpoint is asked for something that lies somewhere. */
const ASK: Readonly<Record<Placed, Ask>> = {
  'organisations.list': at((id) => ({ method: 'GET', url: `/v1/platform/organisations?below=${id}` })),
  'organisations.read': at((id) => ({ method: 'GET', url: url(id) })),
  'organisations.add': async (role, where) => {
    const parentId = homes.get(role)?.[where];
    count += 1;
    const payload = { ...nothing, kind: 'firm', parentId, name: `new ${count}` };
    return parentId && { method: 'POST', url: '/v1/platform/organisations', payload };
  },
  'organisations.change': at((id) => ({ method: 'PUT', url: url(id), payload: { phone: '021' } })),
  'organisations.move': withFresh((id, role) => ({
    ...{ method: 'POST', url: url(id, '/move'), payload: { parentId: homes.get(role)?.own } },
  })),
  'organisations.decide': withFresh(
    (id) => ({ method: 'POST', url: url(id, '/decision'), payload: { approve: false } }),
    'applied',
  ),
  'hooks.list': at((id) => ({ method: 'GET', url: `/v1/platform/hooks?organisationId=${id}` })),
  'hooks.add': async (role, where) => {
    const organisationId = homes.get(role)?.[where];
    const events = [role === 'platform' ? 'registration.applied' : 'result.accepted'];
    const payload = { organisationId, url: 'https://example.com/in', events };
    return organisationId && { method: 'POST', url: '/v1/platform/hooks', payload };
  },
  'hooks.end': withHook((id) => ({ method: 'DELETE', url: `/v1/platform/hooks/${id}` })),
  'hooks.test': withHook((id) => ({ method: 'POST', url: `/v1/platform/hooks/${id}/test` })),
  'hooks.deliveries': withHook((id) => ({ method: 'GET', url: `/v1/platform/hooks/${id}/deliveries` })),
  'exports.results': at((organisationId) => ({
    ...{ method: 'POST', url: '/v1/platform/exports/results', payload: { organisationId, as: 'csv' } },
  })),
  'told.importFile': at((organisationId) => ({
    ...{ method: 'POST', url: '/v1/platform/told-results/imports' },
    payload: { organisationId, vendorId: vendor, source: 'csv', name: 'a.csv', file: TOLD, dryRun: true },
  })),
  'exports.certificates': at((organisationId) => ({
    ...{ method: 'POST', url: '/v1/platform/exports/certificates', payload: { organisationId, as: 'csv' } },
  })),
  'organisations.close': withFresh((id) => ({ method: 'POST', url: url(id, '/close'), payload: { note: 'x' } })),
  'bulletin.exportFile': at((id) => ({
    ...{ method: 'GET', url: `/v1/platform/bulletin/export?from=2026-01&to=2026-03&format=csv&below=${id}` },
  })),
  'bulletin.exportLong': at((id) => ({
    ...{ method: 'POST', url: '/v1/platform/bulletin/export' },
    payload: { from: '2026-01', to: '2026-03', format: 'csv', below: id },
  })),
  'retention.read': at((id) => ({ method: 'GET', url: `/v1/platform/retention/${id}` })),
  'retention.put': at((id) => ({
    ...{ method: 'PUT', url: `/v1/platform/retention/${id}` },
    payload: { roster: null, appeals: null, invitations: null, looks: null },
  })),
  'retention.list': at((id) => ({ method: 'GET', url: `/v1/platform/retention/${id}/erasures` })),
  'bulletin.read': at((id) => ({ method: 'GET', url: `/v1/platform/bulletin?from=2026-01&to=2026-03&below=${id}` })),
};
test('every endpoint is expected of somebody, and nothing is expected that there is not', () => {
  const expected = [...Object.keys(MAY), ...Object.keys(WHOLE)];
  expect(WALKED.map(([name]) => name).sort()).toEqual(expected.sort());
});

test('every endpoint is answered by the platform, and nothing else below its path', () => {
  const served = WALKED.filter(([, { method, path }]) => platform.app.hasRoute({ method, url: path }));
  expect(served.map(([name]) => name)).toEqual(WALKED.map(([name]) => name));
});

describe.each(Object.keys(MAY) as Placed[])('%s', (name) => {
  const may: May = MAY[name];
  const { who } = endpointOf(name);

  test('names in its contract whom it is for at all', () => {
    const roles = ROLES.filter((role) => may[role]);
    if (who === 'logged-in') expect(roles).toEqual([...ROLES]);
    else expect([...who].sort()).toEqual([...roles].sort());
  });

  test.each(ROLES)('is for the role %s where it may, and nowhere else', async (role) => {
    for (const where of WHERE) {
      const asked = await ASK[name](role, where);
      if (!asked) continue;
      const { statusCode } = await platform.ask(people.get(role) as ActingAccount, asked);
      const said = `${where}: ${statusCode}`;
      if (may[role]?.includes(where)) expect(statusCode, said).toBe(200);
      else expect([401, 404], said).toContain(statusCode);
    }
  });

  test('is for no stranger', async () => {
    const asked = (await ASK[name]('firm', 'own')) as Asked;
    expect((await platform.ask({ kind: 'stranger' }, asked)).statusCode).toBe(401);
  });
});

describe.each(Object.entries(WHOLE))('%s', (name, may) => {
  const { method, path, who } = endpointOf(name);
  const asked: Asked = { method, url: path, ...(method === 'GET' ? {} : { payload: {} }) };

  test('is for whom it says', async () => {
    expect(who).toEqual(may);
    for (const role of ROLES) {
      const { statusCode } = await platform.ask(people.get(role) as ActingAccount, asked);
      if (may === 'anyone' || may.includes(role)) expect(statusCode, role).not.toBe(401);
      else expect(statusCode, role).toBe(401);
    }
    expect((await platform.ask({ kind: 'stranger' }, asked)).statusCode === 401).toBe(may !== 'anyone');
  });
});

test('a list shows nothing that a role does not read', async () => {
  for (const [role, person] of people) {
    const listed = await platform.ask(person, { method: 'GET', url: '/v1/platform/organisations?size=500' });
    const shown = listed.json<{ rows: { id: string }[] }>().rows.map(({ id }) => id);
    const home = homes.get(role) as Home;
    const seen = WHERE.filter((where) => home[where] && shown.includes(home[where]));
    expect([role, seen]).toEqual([role, MAY['organisations.list'][role].filter((where) => home[where])]);
  }
});

test('a request from another site changes nothing, whoever is logged in', async () => {
  const headers = { origin: 'https://elsewhere.example' };
  for (const [, { method, path, who }] of WALKED) {
    if (method === 'GET' || who === 'anyone') continue;
    const reply = await platform.app.inject({ method, url: path.replace(/:\w+/, ROOT), payload: {}, headers });
    expect(reply.statusCode, path).toBe(403);
  }
});
