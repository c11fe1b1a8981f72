import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { enrolStation, newCode, openTestCenter, signIn, type TestCenter } from '../testing/index.ts';
import { inDoubtOf } from './in-doubt.ts';

let open: TestCenter;
beforeAll(async () => {
  open = await openTestCenter();
});
afterAll(() => open.close());

test('an exam that began against what the center knew is on it, and who released it', async () => {
  const [here, there] = [
    await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '四号'),
    await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '五号'),
  ];
  const begun = { candidateId: 'cd_demo-2', examId: 'ex_demo', state: 'begun' };
  await here.call('POST', paths.beginnings, { ...begun, sittingId: 'si_first' });
  await there.call('POST', paths.beginnings, { ...begun, sittingId: 'si_second' });
  const page = async () => {
    const cookie = await signIn(open.app, open.secrets.operatorToken);
    return (await open.app.inject({ url: '/?lang=en', headers: { cookie } })).body;
  };
  const before = await page();
  expect(before).toMatch(/五号 <code>si_second<\/code> · begun while they sat at another station/);
  expect(before).not.toContain('si_first');
  await open.app.inject({
    ...{ method: 'POST', url: operatorPaths.beginnings },
    payload: { sittingId: 'si_second', by: '李主任', note: '两人同名' },
    headers: { authorization: `Bearer ${open.secrets.operatorToken}` },
  });
  expect(await page()).toContain('released, 李主任: 两人同名');
});

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
