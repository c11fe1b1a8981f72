import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf as recordOfStation,
  type TestCenter,
} from '../center/testing/index.ts';
import { paths } from '../contract/station-center/center-api.ts';
import { recordOf } from '../proof/proof.fixture.ts';
import { openCenterClient } from '../station/center-link/index.ts';
import { openTakeUp } from '../station/center-link/take-up.ts';
import { systemClock } from '../station/core/clock/index.ts';
import { openDatabase } from '../station/core/database/index.ts';
import { openVault } from '../station/core/vault/index.ts';
import { openIdentity } from '../station/keep/identity/index.ts';
import { openOutbox } from '../station/keep/outbox/index.ts';

let center: TestCenter;
beforeAll(async () => {
  center = await openTestCenter();
});
afterAll(() => center.close());
const code = () => newCode(center.app, center.secrets.operatorToken);

it('a station and a center over HTTP: what the center refuses is set aside, all else is logged in one chain', async () => {
  const url = await center.app.listen({ host: '127.0.0.1', port: 0 });
  const [clock, database] = [systemClock(), openDatabase(':memory:')];
  const identity = openIdentity(database, openVault(randomBytes(32)));
  const client = openCenterClient(url, identity, clock);
  const enrolment = await client.enrol({ code: await code(), name: '一号考站' });
  identity.saveEnrolment(enrolment);
  const other = await enrolStation(center.app, await code(), '二号考站');
  const logged = await batchOf(other, [recordOfStation(other, { sittingId: 'si_7' })]);
  await other.call('POST', paths.batches, logged);

  const outbox = openOutbox(database, clock);
  const { stationId, tenantId } = enrolment;
  for (let n = 1; n <= 30; n++)
    outbox.add(recordOf(n, { tenantId, stationId: n === 20 ? other.stationId : stationId, marks: n }));
  const takeUp = openTakeUp({ client, identity, outbox, log: pino({ level: 'silent' }) });
  await takeUp();
  outbox.add(recordOf(31, { tenantId, stationId }));
  await takeUp();

  expect(outbox.setAside()).toMatchObject([
    { sitting: 'si_7', reason: 'batch-invalid', detail: 'sitting si_7 is logged already' },
    { sitting: 'si_20', reason: 'batch-invalid' },
  ]);
  expect(outbox.waitingRecords).toBe(0);
  const rows = await center.center.db.query(
    'SELECT sitting_id FROM records JOIN batches ON id = batch_id WHERE batches.station_id = $1 ORDER BY log_index',
    [stationId],
  );
  const expected = Array.from({ length: 31 }, (_, n) => `si_${n + 1}`).filter((id) => id !== 'si_7' && id !== 'si_20');
  expect(rows.map((row) => row.sitting_id)).toEqual(expected);
});
