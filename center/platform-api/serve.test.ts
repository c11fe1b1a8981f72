import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../contract/platform/endpoint.ts';
import { ROLES, type Role } from '../../contract/platform/roles.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { placeOfTenant, ROOT } from '../organisations/index.ts';
import type { ActingAccount, Stranger } from '../tenants/index.ts';
import { accountAt, addOtherTenant, addPlace, openTestCenter, type TestCenter } from '../testing/index.ts';
import { serve, serveTree } from './serve.ts';

/** A handler that has forgotten whose things it is asked for. */
const FORGETFUL = endpoint({
  ...{ method: 'GET', path: '/v1/platform/forgetful', who: [...ROLES], says: 'A test.' },
  reply: z.object({ firms: z.array(z.string()) }),
});
const ALL = { ...FORGETFUL, path: '/v1/platform/all' } as const;
const SQL = 'SELECT tenant_id FROM operators ORDER BY 1';

let open: TestCenter;
let app: FastifyInstance;
let asking: ActingAccount | Stranger;
beforeAll(async () => {
  open = await openTestCenter();
  await addOtherTenant(open);
  app = Fastify();
  const { db } = open.center;
  const firms = async () => ({ firms: [...new Set((await db.query(SQL)).map((row) => String(row.tenant_id)))] });
  const who = async () => ({ actor: asking, byToken: false });
  serve(app, open.center, FORGETFUL, firms, { who });
  serveTree(app, open.center, ALL, firms, { who });
});
afterAll(() => open.close());

const shown = async (actor: ActingAccount, url: string = FORGETFUL.path) => {
  asking = actor;
  return (await app.inject(url)).json<{ firms: string[] }>().firms;
};
const at = async (role: Role, id: string) => accountAt(open, role, OrganisationId.parse(id));

test('a handler that forgot whose things it is asked for shows what is within reach, and no more', async () => {
  const { db } = open.center;
  const both = (await shown(await at('platform', ROOT))).map((id) => TenantId.parse(id));
  expect(both).toHaveLength(2);
  const other = TenantId.parse('tn_other');
  const ours = both.find((id) => id !== other) as TenantId;
  const { id: firm } = await placeOfTenant(db, ours);
  for (const role of ['firm', 'inspector'] as const) expect(await shown(await at(role, firm)), role).toEqual([ours]);
  const county = await addPlace(db, 'og_county', 'county');
  const bureau = await at('bureau', county);
  expect(await shown(bureau)).toEqual([]);
  await db.query(
    `UPDATE organisations SET parent_id = $1, path = 'og_platform/og_county/' || id || '/' WHERE tenant_id = $2`,
    [...[county, other]],
  );
  expect(await shown(bureau)).toEqual([other]);
  expect(await shown({ ...bureau, roles: [...bureau.roles, ...(await at('firm', firm)).roles] })).toEqual(both);
});

test('what is about the tree reaches as far as its use cases let it', async () => {
  const { id: firm } = await placeOfTenant(open.center.db, TenantId.parse('tn_other'));
  expect(await shown(await at('firm', firm), ALL.path)).toHaveLength(2);
});
