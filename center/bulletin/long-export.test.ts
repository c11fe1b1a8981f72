import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readXlsx } from '../../authoring/import/index.ts';
import type { Job } from '../../contract/platform/jobs.ts';
import { AccountId, JobId } from '../../contract/words/ids.ts';
import { eventually } from '../../tests/kit/eventually.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { addPlace, joinAt, openTestCenter, type Person, roleAt, setUpAt, type TestCenter } from '../testing/index.ts';
import { bulletinExport } from './exporting.ts';

let open: TestCenter;
let chief: Person;
let bureau: Person;
beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  const { db } = open.center;
  chief = await setUpAt(open);
  for (const name of ['og_east', 'og_west']) await addPlace(db, name, 'county');
  await addPlace(db, 'og_inside', 'firm', ['og_east']);
  await addPlace(db, 'og_outside', 'firm', ['og_west']);
  bureau = await joinAt(open.app, chief, 'bureau', roleAt('bureau', 'og_east'));
});
afterAll(() => open.close());

const WISH = { from: '2026-01', to: '2026-03', grouping: 'firm', format: 'xlsx' };
const ask = (who: Person, more: object = {}) => who.send('POST', '/v1/platform/bulletin/export', { ...WISH, ...more });
async function made(who: Person, more: object = {}): Promise<Job> {
  const { id } = (await ask(who, more)).json<Job>();
  const read = async () => (await who.get(`/v1/platform/jobs/${id}`)).json<Job>();
  await eventually(async () => expect(['done', 'failed']).toContain((await read()).state));
  return read();
}
const fileOf = (who: Person, { id }: Job) => who.get(`/v1/platform/jobs/${id}/file`);

test('a bulletin is made as long work, of what whoever asked reaches, in every format', async () => {
  const job = await made(bureau);
  expect(job).toMatchObject({
    kind: 'bulletin-export',
    progress: 1,
    file: { name: 'bulletin-2026-01-2026-03-firm.xlsx' },
  });
  const said = JSON.stringify(readXlsx((await fileOf(bureau, job)).rawPayload));
  expect(said).toContain('名 og_inside');
  expect(said).not.toContain('og_outside');
  const [csv, pdf] = [await made(chief, { format: 'csv', language: 'en' }), await made(chief, { format: 'pdf' })];
  expect((await fileOf(chief, csv)).body).toContain('名 og_outside');
  expect((await fileOf(chief, pdf)).body.startsWith('%PDF')).toBe(true);
});

test('what cannot be made is said at once', async () => {
  const reasons = await Promise.all(
    [{ from: '2026-04' }, { below: 'og_west' }, { format: 'doc' }].map(
      async (more) => (await ask(bureau, more)).json().reason,
    ),
  );
  expect(reasons).toEqual(['bad-message', 'organisation-unknown', 'bad-message']);
});

test('whoever lost the role gets neither a file that is there nor another one', async () => {
  const worker = await joinAt(open.app, chief, 'two', roleAt('bureau', 'og_east'), roleAt('inspector', 'og_west'));
  const job = await made(worker);
  expect((await fileOf(worker, job)).body.length).toBeGreaterThan(0);
  const { db } = open.center;
  await db.query(`DELETE FROM account_roles WHERE account_id = $1 AND organisation_id = 'og_west'`, [worker.id]);
  // Of one of its places they are no more.
  expect((await fileOf(worker, job)).statusCode).toBe(401);
  const { id } = (await ask(worker)).json<Job>();
  await db.query(`UPDATE accounts SET state = 'ended' WHERE id = $1`, [worker.id]);
  await eventually(async () => {
    const [row] = await db.query('SELECT state FROM jobs WHERE id = $1', [id]);
    expect(['done', 'failed']).toContain(row?.state);
  });
  expect((await fileOf(worker, { ...job, id: id as Job['id'] })).statusCode).toBe(401);
});

test('whoever got a wider role meanwhile gets what they reached when they asked', async () => {
  const mover = await joinAt(open.app, chief, 'mover', roleAt('bureau', 'og_east'));
  const { id } = (await ask(mover, { format: 'csv' })).json<Job>();
  const { db, now } = open.center;
  await eventually(async () => expect((await mover.get(`/v1/platform/jobs/${id}`)).json<Job>().state).toBe('done'));
  const [job] = await db.query('SELECT asked FROM jobs WHERE id = $1', [id]);
  const contentOf = async (change: string): Promise<string> => {
    await db.query(`UPDATE account_roles SET ${change} WHERE account_id = $1`, [mover.id]);
    const draft = join(temporaryFolder(), 'draft');
    await bulletinExport({ kind: 'system' }, { db, now }).run({
      ...{ id: JobId.parse(id), account: AccountId.parse(mover.id), organisationId: null, tries: 1 },
      ...{ asked: JSON.parse(String(job?.asked)), signal: new AbortController().signal, draft, tell: () => undefined },
    });
    return readFile(draft, 'utf8');
  };
  const wider = await contentOf(`organisation_id = 'og_platform'`);
  expect([wider.includes('名 og_inside'), wider.includes('og_outside')]).toEqual([true, false]);
  await expect(contentOf(`organisation_id = 'og_west'`)).rejects.toMatchObject({ reason: 'unauthorised' });
});
