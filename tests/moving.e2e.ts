import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { keysOf } from '../cli/demo/keys.ts';
import { demoCandidate, openSite } from '../cli/demo/site.ts';
import { openArchive } from '../station/offline/index.ts';
import { cli, kioskWith, root, seedBank } from './stage.ts';

/** Two stations of one firm: a session's code, a word from the center, and an exam that goes on at the other one. */
test('a candidate unlocks with the code of the session, is given time from afar, and goes on at another station', async () => {
  test.setTimeout(180_000);
  const folder = join(root, 'data/moving-test');
  const seed = seedBank();
  const who = demoCandidate('李文静', 1, null);
  await using site = await openSite({ folder, ...seed, candidates: [who], quiet: true });
  const { examId, proctorPin: pin } = site;
  const atCenter = ['--center', site.centerUrl(), '--token', site.operatorToken, '--exam', examId, '--json'];
  const from = (ms: number) => new Date(Date.now() + ms).toISOString();
  const times = ['--from', from(-60_000), '--until', from(3_600_000)];
  const session = await cli(['session', ...atCenter, ...times], `${pin}\n`);
  const { code } = JSON.parse(session.stdout) as { code: string };
  const spare = await site.addStation('备用机');
  // What the center knows by now the station hears at its start, and else within a minute.
  await site.killStation();
  await site.startStation();

  await using here = await kioskWith(folder, 'here', undefined);
  await here.open(site.url());
  await here.checkInByHand(who.number, pin);
  await here.tap('code');
  await here.page.locator('input[name="code"]').fill(code === '000000' ? '111111' : '000000');
  await here.tap('code-go');
  await here.page.locator('[role="dialog"] [data-reason="code-wrong"]').waitFor();
  await here.page.locator('input[name="code"]').fill(code);
  await here.tap('code-go');
  await here.screen('exam');
  const answered = await here.answer(keysOf(seed.bank), 0, 4);
  const before = await here.chosen();

  const extend = ['tell', ...atCenter, '--do', 'extend', '--minutes', '10', '--note', '全场加时'];
  expect(JSON.parse((await cli(extend, '00000000\n')).stdout)).toMatchObject({ ok: false, reason: 'pin-wrong' });
  const told = await cli(extend, `${pin}\n`);
  const outcomes = (JSON.parse(told.stdout) as { stations: { outcome: string }[] }).stations.map(
    ({ outcome }) => outcome,
  );
  expect([told.status, outcomes.toSorted()]).toEqual([0, ['done', 'nobody-here']]);
  await expect(here.page.locator('.decision-note')).toContainText('加时');
  await expect(here.page.locator('.decision-note')).toBeEmpty({ timeout: 15_000 });

  await here.openDesk(pin);
  await here.choose('move');
  await here.page.locator('.stations label', { hasText: '备用机' }).locator('input').check();
  await here.page.locator('[role="dialog"] .usual button').first().click();
  await here.page.screenshot({ path: join(folder, 'move.png') });
  await here.tap('move');
  await here.screen('turned-away');
  await here.page.locator('[data-sent="delivered"]').waitFor();
  await here.page.screenshot({ path: join(folder, 'moved.png') });

  await using there = await kioskWith(folder, 'there', undefined);
  await there.open(spare.url);
  await there.screen('idle');
  // It comes by way of the center within a few seconds.
  using archive = openArchive(spare.data);
  await expect.poll(() => archive.arrivals(), { timeout: 20_000 }).toBe(1);
  await there.checkInByHand(who.number, pin);
  await expect(there.page.locator('[data-continued]')).toHaveAttribute('data-continued', String(answered));
  await there.page.screenshot({ path: join(folder, 'continued.png') });
  await there.proctor('unlock', pin);
  await there.screen('exam');
  expect(await there.chosen()).toEqual(before);
  await there.handIn();
  await there.screen('result');
  await there.page.locator('[data-receipt="verified"]').waitFor();

  using left = openArchive(site.stationData());
  const storyOf = (one: typeof left) => {
    const events = one.entries(one.sittings().at(-1) as never).map(({ event }) => event);
    return events.flatMap((event) => ('by' in event && event.by ? [event.type] : []));
  };
  expect(storyOf(left)).toEqual(['overridden', 'unlocked', 'extended', 'moved']);
  expect(storyOf(archive)).toEqual(['overridden', 'unlocked']);
  for (const one of [left, archive]) expect(one.firstBroken()).toBeUndefined();
});
