import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { keysOf } from '../cli/demo/keys.ts';
import { handsOn, type Kiosk } from '../cli/demo/kiosk.ts';
import { type Program, startProgram } from '../cli/programs.ts';
import { handOver } from '../contract/shell/hand-over.ts';
import { checkCharacter } from '../contract/words/citizen-number.ts';
import { CenterReady, FirstRun, StationReady } from '../contract/words/programs.ts';
import { AT_A_DESK, act, fill, fillAll, isForEverybody, PASSWORD, screen, told } from './kit/platform-hands.ts';
import { blankPhoto, root, seedBank } from './stage.ts';

/** An empty center becomes a platform: in a browser, and by nothing else. */
const data = join(root, 'data/platform-test');
test.use(AT_A_DESK);
// The second goes on where the first ends.
test.describe.configure({ mode: 'serial' });

let center: Program<CenterReady>;
let code: string;

test.beforeAll(async () => {
  rmSync(data, { recursive: true, force: true });
  const env = { ...process.env, EXAM_CENTER_SEED: 'none' };
  center = await startProgram(CenterReady, join(root, 'center/main.ts'), ['--port', '0', '--data', data], {
    ...{ quiet: true, env },
  });
  code = JSON.parse(readFileSync(join(dirname(center.ready.firstRun), 'set-up.json'), 'utf8')).code;
});
test.afterAll(() => center?.stop());

const at = (path = '') => `${center.ready.url}/platform/${path}`;
async function open(browser: Browser): Promise<Page> {
  const page = await browser.newPage(AT_A_DESK);
  page.setDefaultTimeout(30_000);
  return page;
}

async function go(page: Page, name: string, shows = name): Promise<void> {
  await page.goto(at(`#/${name}`));
  await screen(page, shows);
}

const numberOf = (n: number): string => {
  const first17 = `11010119900101${String(n).padStart(3, '0')}`;
  return `${first17}${checkCharacter(first17)}`;
};

/** 200 people, of whom 12 are wrong: six numbers that are none, three without a name, three that are there twice. */
function roster(): string {
  const rows = Array.from({ length: 200 }, (_, n) => {
    if (n % 17 !== 0) return `工人${n},${numberOf(n + 1)}`;
    const kind = (n / 17) % 4;
    if (kind < 2) return `工人${n},${numberOf(n + 1).slice(0, 17)}${'Q'}`;
    return kind === 2 ? `,${numberOf(n + 1)}` : `工人${n},${numberOf(2)}`;
  });
  return ['姓名,身份证号', ...rows].join('\n');
}

test('from an empty center to a firm with its people', async ({ page, browser }) => {
  // Two dozen screens, each looked at in two sizes.
  test.setTimeout(300_000);
  await test.step('the set-up', async () => {
    await page.goto(at());
    await screen(page, 'set-up');
    await isForEverybody(page, 'set-up');
    const who = { code, name: '全市安全考试平台', person: '总管', login: 'chief' };
    await fillAll(page, { ...who, password: PASSWORD, again: PASSWORD });
    await act(page, 'set-up');
    await screen(page, 'set-up-steps');
    await isForEverybody(page, 'steps');
  });

  await test.step('counties and streets', async () => {
    await fill(page, 'tree', '城关区,东街街道\n城关区,西街街道');
    await act(page, 'look-at-tree');
    await page.locator('[data-tree="seen"]').waitFor();
    await isForEverybody(page, 'tree');
    await act(page, 'apply-tree');
    await page.locator('[data-step="tree"][data-done="true"]').waitFor();
  });

  const firm = await open(browser);
  await test.step('a firm registers, and is approved', async () => {
    await firm.goto(at('#/register'));
    await screen(firm, 'register');
    await expect(firm.locator('select[name="place"] option')).toHaveCount(4);
    await isForEverybody(firm, 'register');
    await firm.locator('select[name="place"]').selectOption({ label: '城关区 · 东街街道' });
    const who = { name: '安泰建筑有限公司', licence: '91350100M000100Y43', contact: '张三', login: 'antai' };
    await fillAll(firm, { ...who, password: PASSWORD, again: PASSWORD });
    await act(firm, 'register');
    await screen(firm, 'registered');
    await go(page, 'organisations?state=applied', 'organisations');
    await isForEverybody(page, 'organisations');
    await page.getByRole('link', { name: '安泰建筑有限公司' }).click();
    await screen(page, 'organisation');
    await isForEverybody(page, 'organisation');
    await act(page, 'approve');
    await page.locator('[data-state="approved"]').waitFor();
  });

  await test.step('it logs in, and takes the exam that comes with the program', async () => {
    await firm.goto(at('#/'));
    await screen(firm, 'log-in');
    await isForEverybody(firm, 'log-in');
    await fill(firm, 'login', 'antai');
    await fill(firm, 'password', PASSWORD);
    await act(firm, 'log-in');
    await screen(firm, 'start');
    await isForEverybody(firm, 'start');
    await go(firm, 'set-up', 'set-up-steps');
    await firm.locator('[data-step="exam"] h2 button').click();
    await act(firm, 'seed-exam');
    await firm.locator('[data-step="exam"][data-done="true"]').waitFor();
  });

  await test.step('200 people come as a file, of whom 12 are wrong', async () => {
    await go(firm, 'roster');
    await firm.locator('select[name="exam"]').selectOption({ label: '通用安全知识考试' });
    const file = { name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${roster()}`) };
    await firm.locator('[name="roster"]').setInputFiles(file);
    await firm.locator('[data-report="seen"]').waitFor();
    await expect(firm.locator('[data-outcome="refused"]')).toHaveAttribute('data-count', '12');
    await expect(firm.locator('[data-report] tbody tr')).toHaveCount(12);
    await isForEverybody(firm, 'roster');
    await act(firm, 'apply-roster');
    await firm.locator('[data-report="applied"]').waitFor();
    await go(firm, 'workers');
    for (let shown = 50; shown < 188; shown += 50) {
      await expect(firm.locator('tbody tr')).toHaveCount(shown);
      await act(firm, 'more');
    }
    await expect(firm.locator('tbody tr')).toHaveCount(188);
    await isForEverybody(firm, 'workers');
  });

  await test.step('one of them, proctors, stations, banks', async () => {
    await firm.locator('tbody a').first().click();
    await screen(firm, 'worker');
    await firm.locator('[data-action="photo-link"]').waitFor();
    await isForEverybody(firm, 'worker');
    for (const name of ['proctors', 'stations', 'banks', 'accounts', 'me']) {
      await go(firm, name);
      await expect(firm.getByText('正在载入…')).toHaveCount(0);
      await isForEverybody(firm, name);
    }
  });
});

async function logIn(browser: Browser, login: string): Promise<Page> {
  const page = await open(browser);
  await page.goto(at('#/'));
  await screen(page, 'log-in');
  await fillAll(page, { login, password: PASSWORD });
  await act(page, 'log-in');
  await screen(page, 'start');
  return page;
}

/** Of a proctor's own choice. */
const DIGITS = '8264';
const stations: Program<StationReady>[] = [];
test.afterAll(async () => {
  for (const station of stations) await station.stop();
});

/** A terminal that enrols with a code of the page: where somebody sits. */
async function startStation(browser: Browser, name: string, enrolmentCode: string): Promise<Kiosk> {
  const { centerKey } = FirstRun.parse(JSON.parse(readFileSync(center.ready.firstRun, 'utf8')));
  const told = { centerUrl: center.ready.url, centerKey, enrolmentCode, models: join(data, 'no-models') };
  const { args, ...variables } = handOver({ data: join(data, name), name, ...told });
  const station = await startProgram(StationReady, join(root, 'station/run/main.ts'), args, {
    quiet: true,
    ...variables,
  });
  stations.push(station);
  const page = await open(browser);
  await page.goto(station.ready.url);
  return handsOn(
    page,
    () => open(browser),
    () => page.close(),
  );
}

test('from there to exams at two stations, a certificate, an appeal and a bulletin', async ({ browser }) => {
  test.setTimeout(300_000);
  const firm = await logIn(browser, 'antai');
  const [passing, failing] = [
    { name: '工人1', number: numberOf(2) },
    { name: '工人2', number: numberOf(3) },
  ] as const;

  await test.step('photos that would not do are named', async () => {
    await go(firm, 'roster');
    const photo = { mimeType: 'image/jpeg', buffer: Buffer.from(await blankPhoto()) };
    const nobody = `${numberOf(900)}.jpg`;
    await firm.locator('[name="photos"]').setInputFiles([
      { ...photo, name: `${passing.number}.jpg` },
      { ...photo, name: nobody },
    ]);
    await firm.locator('[data-photos="done"]').waitFor();
    await expect(firm.locator(`[data-refused="${nobody}"]`)).toBeVisible();
    await isForEverybody(firm, 'photos');
  });

  const pin = await test.step('a proctor is invited, and sets a PIN', async () => {
    await go(firm, 'proctors');
    await fill(firm, 'proctor', '李监考');
    await act(firm, 'add-proctor');
    const code = await told(firm);
    await isForEverybody(firm, 'invited');
    await act(firm, 'done');
    const [number = ''] = (await firm.locator('[data-proctor="李监考"]').innerText()).match(/\d{2,4}/) ?? [];
    const own = await open(browser);
    await own.goto(`${center.ready.url}/pin`);
    await fillAll(own, { proctor: number, code, pin: DIGITS, again: DIGITS });
    await own.locator('button.go').click();
    await own.locator('[role="status"]').waitFor();
    await own.close();
    return `${number}${DIGITS}`;
  });

  await test.step('a turn is planned and opened, and two people are signed up', async () => {
    await go(firm, 'turns');
    await act(firm, 'plan-turn');
    await isForEverybody(firm, 'plan');
    await act(firm, 'plan');
    await screen(firm, 'turn');
    await act(firm, 'open');
    for (const { name } of [passing, failing]) {
      await fill(firm, 'applicant', name);
      await firm
        .locator('.applicant', { hasText: `${name} …` })
        .locator('[data-action="enter"]')
        .click();
      await firm.locator('table', { hasText: name }).first().waitFor();
    }
    await isForEverybody(firm, 'turn');
  });

  await test.step('they sit at two stations', async () => {
    const kiosks: Kiosk[] = [];
    for (const name of ['一号考站', '二号考站']) {
      await go(firm, 'stations');
      // What was told before is gone then.
      await firm.reload();
      await act(firm, 'station-code');
      kiosks.push(await startStation(browser, name, await told(firm)));
      await firm.locator(`[data-station="${name}"]`).waitFor();
    }
    const keys = keysOf(seedBank().bank);
    for (const [n, kiosk] of kiosks.entries()) {
      await kiosk.checkInByHand([passing, failing][n]?.number ?? '', pin);
      await kiosk.proctor('unlock', pin);
      await kiosk.screen('exam');
      await kiosk.answer(keys, 0, n === 0 ? Number.POSITIVE_INFINITY : 1);
      await kiosk.handIn();
      await kiosk.page.locator('[data-receipt="verified"]').waitFor();
    }
  });

  await test.step('one has passed and has a certificate', async () => {
    await go(firm, 'results');
    await expect(firm.locator('tbody tr')).toHaveCount(2);
    await isForEverybody(firm, 'results');
    expect(await certificatesOf(firm, passing.name)).toHaveLength(1);
    expect(await certificatesOf(firm, failing.name)).toHaveLength(0);
    await isForEverybody(firm, 'person');
  });

  const chief = await logIn(browser, 'chief');
  const inspector = await open(browser);
  await test.step('the other one appeals, and an inspector decides', async () => {
    await go(firm, 'results');
    await firm.locator('tbody a', { hasText: failing.name }).click();
    await screen(firm, 'result');
    await firm
      .locator('details', { has: firm.locator('[name="reason"]') })
      .locator('summary')
      .click();
    await fill(firm, 'reason', '键盘坏了，答案没有记上');
    await isForEverybody(firm, 'result');
    await act(firm, 'appeal');
    await screen(firm, 'appeals');
    await go(chief, 'organisation/og_platform', 'organisation');
    await act(chief, 'invite');
    await fillAll(chief, { name: '王检查', login: 'inspector' });
    await chief.locator('select[name="role"]').last().selectOption('inspector');
    await act(chief, 'send-invitation');
    await inspector.goto(await told(chief));
    await screen(inspector, 'invitation');
    await isForEverybody(inspector, 'invitation');
    await fillAll(inspector, { password: PASSWORD, again: PASSWORD });
    await act(inspector, 'accept');
    await screen(inspector, 'start');
    await go(inspector, 'appeals');
    await inspector.locator('tbody a[href*="appeals"]').click();
    await fillAll(inspector, { note: '监控证实键盘损坏', marks: '100' });
    await isForEverybody(inspector, 'appeals');
    await act(inspector, 'uphold');
    await inspector.locator('.badge.good').first().waitFor();
    await expect.poll(() => certificatesOf(firm, failing.name)).toHaveLength(1);
  });

  await test.step('an inspector takes their key for pictures to another browser', async () => {
    const passphrase = '两岸猿声啼不住，轻舟已过';
    await go(inspector, 'me');
    await fillAll(inspector, { passphrase, 'passphrase-again': passphrase });
    const [copy] = await Promise.all([inspector.waitForEvent('download'), act(inspector, 'make-picture-key')]);
    const key = await inspector.locator('[data-key="copied"] code').innerText();
    await isForEverybody(inspector, 'me');

    const elsewhere = await logIn(browser, 'inspector');
    await go(elsewhere, 'me');
    await expect(elsewhere.locator('[data-key]')).toHaveCount(0);
    await elsewhere
      .locator('details', { has: elsewhere.locator('[name="key-copy"]') })
      .locator('summary')
      .click();
    await elsewhere.locator('[name="key-copy"]').setInputFiles(await copy.path());
    await fill(elsewhere, 'copy-passphrase', '两岸猿声啼不住');
    await act(elsewhere, 'take-picture-key');
    await elsewhere.locator('[data-copy="wrong"]').waitFor();
    await isForEverybody(elsewhere, 'me');
    await fill(elsewhere, 'copy-passphrase', passphrase);
    await act(elsewhere, 'take-picture-key');
    await expect(elsewhere.locator('[data-key="copied"] code')).toHaveText(key);
  });

  await test.step('the certificate is good for whoever asks, and the county has its bulletin', async () => {
    const [number = ''] = await certificatesOf(firm, failing.name);
    await inspector.goto(`${center.ready.url}/certificates/${number}`);
    await expect(inspector.locator('[role="status"]')).toHaveClass(/good/);
    await go(chief, 'bulletin');
    const row = chief.locator('[data-row]', { hasText: '城关区' });
    for (const [title, figure] of [
      ['应考', '188'],
      ['已考', '2'],
      ['合格', '2'],
    ])
      await expect(row.locator(`td[data-title*="${title}"]`).first()).toHaveText(figure as string);
    await isForEverybody(chief, 'bulletin');
  });
});

/** Numbers of certificates in somebody's file. */
async function certificatesOf(page: Page, name: string): Promise<readonly string[]> {
  await go(page, `people?search=${encodeURIComponent(name)}`, 'people');
  await page
    .locator('tbody a')
    .filter({ hasText: new RegExp(`^${name}$`) })
    .click();
  await screen(page, 'person');
  const links = page.locator('a[href^="/certificates/"]');
  await page.locator('#certificates').waitFor();
  return links.allInnerTexts();
}
