import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Program, startProgram } from '../cli/programs.ts';
import { checkCharacter } from '../contract/words/citizen-number.ts';
import { CenterReady } from '../contract/words/programs.ts';
import { barriers } from './kit/barriers.ts';
import { root } from './stage.ts';

/** An empty center becomes a platform: in a browser, and by nothing else. */
const data = join(root, 'data/platform-test');
const PASSWORD = '春风又绿江南岸，明月何时';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

test.use({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } });

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

const screen = (page: Page, name: string) => page.locator(`[data-screen="${name}"]`).waitFor();
const act = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).last().click();
const fill = (page: Page, name: string, value: string) => page.locator(`[name="${name}"]`).last().fill(value);
const at = (path = '') => `${center.ready.url}/platform/${path}`;
const open = (browser: Browser) => browser.newPage({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } });

async function go(page: Page, name: string, shows = name): Promise<void> {
  await page.goto(at(`#/${name}`));
  await screen(page, shows);
}

/** Nothing that axe objects to, at a desk and on a phone, and nothing wider than the screen. */
async function isForEverybody(page: Page, name: string): Promise<void> {
  // What lies behind the bar above is no target until it is scrolled to.
  await page.evaluate(() => scrollTo(0, 0));
  expect(await barriers(page, name, { sizes: SIZES, target: 44, leaves: { width: 1280, height: 800 } })).toEqual([]);
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
    for (const [name, value] of [
      ...[
        ['code', code],
        ['name', '全市安全考试平台'],
        ['person', '总管'],
        ['login', 'chief'],
      ],
      ...[
        ['password', PASSWORD],
        ['again', PASSWORD],
      ],
    ] as const)
      await fill(page, name as string, value as string);
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
    for (const [name, value] of [
      ...[
        ['name', '安泰建筑有限公司'],
        ['licence', '91350100M000100Y43'],
        ['contact', '张三'],
        ['login', 'antai'],
      ],
      ...[
        ['password', PASSWORD],
        ['again', PASSWORD],
      ],
    ] as const)
      await fill(firm, name as string, value as string);
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
