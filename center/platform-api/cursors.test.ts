import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';
import { ROOT } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { accountAt, openTestCenter, platformOf, type TestCenter } from '../testing/index.ts';

/** Where a list goes on is a text that whoever asks hands back: it may be anything. */
let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let chief: ActingAccount;
let firm: string;

beforeAll(async () => {
  open = await openTestCenter();
  platform = platformOf(open);
  chief = await accountAt(open, 'platform', ROOT);
  const [row] = await open.center.db.query(`SELECT id FROM organisations WHERE tenant_id = 'tn_demo'`);
  firm = String(row?.id);
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

const NEEDED = 'from=2026-01&to=2026-03&grouping=firm&lack=not-sat';
/** Lists in pages whose path names nothing but a firm. */
const lists = Object.values(platformApi)
  .flatMap((endpoints) => Object.values<Endpoint>(endpoints))
  .filter(({ method, path, query }) => {
    const asks = query instanceof z.ZodObject && 'after' in query.shape;
    return method === 'GET' && asks && !/:(?!firm\b)\w+/.test(path);
  })
  .map(({ path }) => path);

const word = fc.oneof(
  fc.constantFrom(
    '0000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '2026-02-30T00:00:00.000Z',
    '\u0000',
    '',
    '%',
  ),
  fc.constantFrom('cd_a', 'ap_a', 'jo_a', 'tu_a', 'og_a', 'ex_demo'),
  fc.string({ unit: 'binary' }),
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(2 ** 53, -(2 ** 63)));
const place = fc.oneof(
  fc.array(fc.oneof(word, number, fc.constant(null)), { maxLength: 3 }).map((parts) => JSON.stringify(parts)),
  fc.tuple(word, fc.oneof(word, number)).map((parts) => JSON.stringify(parts)),
  fc.string(),
);

test('whatever stands in a place of a list, the list is shown from there or says that there is no such place', async () => {
  expect(lists.length).toBeGreaterThan(8);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lists), place, async (path, text) => {
      const after = Buffer.from(text).toString('base64url');
      const url = `${path.replace(':firm', firm)}?${NEEDED}&after=${encodeURIComponent(after)}`;
      const { statusCode } = await platform.ask(chief, { method: 'GET', url });
      if (statusCode === 400) refused += 1;
      expect(statusCode, `${url}: ${text}`).toBeLessThan(500);
    }),
    // About one in five is refused.
    { numRuns: 600 },
  );
  expect(refused).toBeGreaterThan(50);
}, 120_000);
