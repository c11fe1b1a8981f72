import { afterAll, beforeAll, expect, test } from 'vitest';
import { paths } from '../../contract/station-center/center-api.ts';
import { enrolStation, newCode, openTestCenter, type TestCenter } from '../testing/index.ts';
import { inDoubtOf } from './in-doubt.ts';

let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter();
}, 60_000);
afterAll(() => open.close());

test('what nobody decides on leaves the page after a while', async () => {
  const [from, to, stray] = [
    await enrolStation(open.app, open.secrets.enrolmentCode),
    await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '二号'),
    await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '三号'),
  ];
  const move = { to: to.stationId, sittingId: 'si_a', candidateId: 'cd_demo-1', examId: 'ex_demo', file: 'AAAA' };
  await from.call('POST', paths.rescues, move);
  await stray.call('POST', paths.claims, { sittingId: 'si_a' });
  const shown = async (days: number) => {
    const visitor = { kind: 'visitor', tenantId: from.tenantId } as const;
    const at = new Date(Date.now() + days * 86_400_000);
    return (await inDoubtOf(visitor, open.center.db, from.tenantId, at)).strays.map(({ station }) => station);
  };
  expect([await shown(29), await shown(31)]).toEqual([['三号'], []]);
});
