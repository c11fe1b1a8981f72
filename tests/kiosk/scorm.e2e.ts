import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { handsOn } from '../../cli/demo/kiosk.ts';
import { demoCandidate, openSite } from '../../cli/demo/site.ts';
import { noLab, openKioskLab } from '../../cli/lab/kiosk-lab.ts';
import { openOperator } from '../../cli/operator.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { openElsewhere } from '../kit/elsewhere.ts';
import { escapingPackage, NOTHING_FOUND } from '../kit/packages.ts';
import { cli, root, seedBank } from '../stage.ts';

/** A package that tries to get out, in a real, locked kiosk. */
const why = noLab();
test.skip(why !== undefined, why);

const COURSE = ExamId.parse('ex_learn-packages');

test('a package plays, and reaches nothing but its player', async () => {
  test.setTimeout(300_000);
  await using running = new AsyncDisposableStack();
  const lab = running.use(await openKioskLab());
  const elsewhere = await openElsewhere();
  running.defer(() => elsewhere.close());
  const candidate = demoCandidate('考生', 1, null);
  const folder = join(root, 'data/scorm-kiosk');
  const bank = seedBank();
  const site = running.use(await openSite({ folder, ...bank, candidates: [candidate], quiet: true, runs: 'kiosk' }));
  const course = join(folder, 'course');
  mkdirSync(course);
  writeFileSync(join(course, 'unit.zip'), escapingPackage(elsewhere.host));
  const lessons = [{ kind: 'scorm', title: '课件', file: 'unit.zip', seconds: 5 }];
  writeFileSync(
    join(course, 'course.yaml'),
    JSON.stringify({ title: '课件', id: 'packages', bank: bank.bank.id, lessons }),
  );
  const said = await cli(['course', 'import', course, '--center', site.centerUrl(), '--token', site.operatorToken]);
  expect([said.status, said.stdout]).toEqual([0, expect.stringContaining('scorm')]);
  await openOperator(site.centerUrl(), site.operatorToken).giveCourse({ examId: COURSE, whom: { by: 'all' } });
  lab.user.give(site.stationData());
  lab.user.give(site.reader.path);
  const app = running.use(await lab.launch({ env: site.seat() }));
  const page = await app.app.firstWindow();
  const kiosk = handsOn(
    page,
    () => Promise.reject(new Error('one window')),
    async () => undefined,
  );
  await app.waitUntilLocked();
  await kiosk.typeNumber(candidate.number);
  await page.locator(`[data-action="choose"][data-exam="${COURSE}"]`).click();
  const either = page.locator('[data-screen="consenting"], [data-screen="refused"]');
  await either.waitFor();
  if (await page.locator('[data-screen="consenting"]').isVisible()) await kiosk.tap('decline');
  await page.locator('[data-screen="refused"]').waitFor();
  await kiosk.override(site.proctorPin, '姓名与证件一致');
  await kiosk.screen('awaiting-unlock');
  await kiosk.proctor('unlock', site.proctorPin);
  await kiosk.screen('learning');

  const content = page.frameLocator('.package iframe').frameLocator('#content');
  await expect(content.locator('#found')).not.toBeEmpty({ timeout: 60_000 });
  expect(JSON.parse((await content.locator('#found').textContent()) ?? '')).toMatchObject(NOTHING_FOUND);
  await expect(content.locator('#name')).toHaveText(candidate.name);
  expect(elsewhere.reached).toEqual([]);
  expect(page.url()).toBe('app://station/index.html');
  const windows = await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
  // Nor has it anything of the shell's.
  const bridge = await content.locator('html').evaluate(() => [typeof Reflect.get(globalThis, 'examStation'), origin]);
  expect(bridge).toEqual(['undefined', expect.stringMatching(/^package:\/\/p-[0-9a-f]{32}$/)]);
  await content.locator('#finish').click();
  await expect(page.locator('.package')).toHaveAttribute('data-package', 'passed');
});
