import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../contract/station-center/center-api.ts';
import { Instant } from '../../contract/words/ids.ts';
import { batchOf, enrolStation, newCode, openTestCenter, recordOf, type TestCenter } from '../testing/index.ts';

let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

test.each(['0000-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
  'a record of the year %s is logged, and keeps no other from it',
  async (time) => {
    const station = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken));
    const at = Instant.parse(time);
    const far = { ...recordOf(station), startedAt: at, submittedAt: at };
    const first = await batchOf(station, [far]);
    const said = await station.call('POST', paths.batches, first);
    expect([said.statusCode, said.json().reason]).toEqual([200, undefined]);
    const next = await batchOf(station, [recordOf(station)], { number: 1, batch: first });
    expect((await station.call('POST', paths.batches, next)).statusCode).toBe(200);
  },
);
