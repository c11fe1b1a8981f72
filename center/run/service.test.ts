import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { paths } from '../../contract/station-center/center-api.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import { generateSigningKey } from '../../proof/index.ts';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { SYSTEM } from '../seed/index.ts';
import { listTenants } from '../tenants/index.ts';
import { batchOf, enrolStation, recordOf } from '../testing/index.ts';
import { openCenter } from './service.ts';

const data = sharedFolder();

test('a center that is started again is the same center', async () => {
  const first = await openCenter({ data });
  const secrets: FirstRun = JSON.parse(await readFile(first.firstRun, 'utf8'));
  for (const file of [join(data, 'center.key'), first.firstRun]) {
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
  const [proctor] = await first.center.db.query('SELECT pin_hash FROM proctors');
  expect(await verify(String(proctor?.pin_hash), String(secrets.proctorPin))).toBe(true);
  const station = await enrolStation(first.app, secrets.enrolmentCode);
  const batch = await batchOf(station, [recordOf(station), recordOf(station)]);
  const receipt = (await station.call('POST', paths.batches, batch)).body;
  await expect(openCenter({ data })).rejects.toThrow('another center is running');
  await first.close();

  const second = await openCenter({ data });
  expect(second.center.signer.publicKey).toBe(secrets.centerKey);
  expect(JSON.parse(await readFile(second.firstRun, 'utf8'))).toEqual(secrets);
  // Of the log, one entry is the station's certificate.
  expect(
    await second.center.db.query('SELECT log_size, (SELECT count(*)::int FROM records) AS records FROM center'),
  ).toEqual([{ log_size: 3, records: 2 }]);
  expect((await second.center.db.query('SELECT receipt FROM batches'))[0]).toEqual({ receipt });
  await second.close();
});

test('an unseeded center has a tenant and a way in, and nothing made up', async () => {
  const { app, center, firstRun, close } = await openCenter({
    data: join(data, 'unseeded'),
    seed: 'none',
    name: '北方电力',
  });
  // A film takes as long as its line does.
  expect(app.server).toMatchObject({ requestTimeout: 0, headersTimeout: 60_000, timeout: 120_000 });
  const secrets: FirstRun = JSON.parse(await readFile(firstRun, 'utf8'));
  const station = await enrolStation(app, secrets.enrolmentCode);
  expect(await station.assignment()).toMatchObject({ exams: [], candidates: [], proctors: [], visitorExamId: null });
  expect(secrets.proctorPin).toBeNull();
  const [firm, ...others] = await listTenants(SYSTEM, center.db);
  expect([firm?.name, firm?.id === 'tn_demo', others]).toEqual(['北方电力', false, []]);
  await close();
});

test('a center refuses to go on under another key', async () => {
  await writeFile(join(data, 'center.key'), generateSigningKey());
  await expect(openCenter({ data })).rejects.toThrow('is not the key this database was signed with');
  await rm(join(data, 'center.key'));
  await expect(openCenter({ data })).rejects.toThrow('restore it from your backup');
});
