import { expect, type Page, test } from '@playwright/test';
import { writeWorkbook } from '../authoring/import/workbook.fixture.ts';
import { placeOfTenant } from '../center/organisations/index.ts';
import { enrolStation, joinAt, openTestCenter, roleAt, setUpAt, type TestCenter } from '../center/testing/index.ts';
import { paths } from '../contract/station-center/center-api.ts';
import { TenantId } from '../contract/words/ids.ts';
import { Bank } from '../contract/words/items.ts';
import { barriers } from './kit/barriers.ts';
import { AT_A_DESK, act, fill, fillAll, isForEverybody, PASSWORD, screen } from './kit/platform-hands.ts';

/** A clerk uploads a workbook, mends what is wrong in it, and an exam draws from what came of it. */
test.use(AT_A_DESK);

/** The smallest screen at a desk. */
const SMALL = { width: 800, height: 600 };

let open: TestCenter;
let url: string;
test.beforeAll(async () => {
  open = await openTestCenter();
  const chief = await setUpAt(open);
  const firm = await placeOfTenant(open.center.db, TenantId.parse('tn_demo'));
  await joinAt(open.app, chief, 'clerk', roleAt('firm', firm.id));
  url = await open.app.listen({ port: 0, host: '127.0.0.1' });
});
test.afterAll(() => open?.close());

const HEAD = ['题型', '题干', '选项A', '选项B', '选项C', '答案', '章节'];
const workbook = (): Buffer => {
  const rows = Array.from({ length: 60 }, (_, n) => [
    ...[
      '单选题',
      `第 ${n + 1} 题：进入现场前要做什么？`,
      '戴好安全帽',
      '不用准备',
      '问别人',
      n % 5 === 0 ? 'a' : 'A',
      '用电/触电',
    ],
  ]);
  const wrong = [
    ['单选题', '触电后首先要做什么？', '断开电源', '拉开触电者', '报告领导', '', '用电/触电'],
    ['单选题', '灭火器多久检查一次？', '每月', '每年', '不用', 'E', '消防'],
  ];
  return Buffer.from(writeWorkbook([{ sheet: '安全题库', rows: [HEAD, ...rows, ...wrong, rows[0] ?? []] }]));
};

async function logIn(page: Page): Promise<void> {
  await page.goto(`${url}/platform/#/`);
  await screen(page, 'log-in');
  await fillAll(page, { login: 'clerk', password: PASSWORD });
  await act(page, 'log-in');
  await screen(page, 'start');
}

const row = (page: Page, text: string) => page.locator('tbody tr', { hasText: text });

test('two rows are wrong: one is mended, one is dropped, and the rest becomes a bank', async ({ page }) => {
  await logIn(page);
  await page.goto(`${url}/platform/#/banks`);
  await screen(page, 'banks');
  await page.locator('[name="bank"]').setInputFiles({
    ...{ name: '安全题库.xlsx', mimeType: 'application/octet-stream', buffer: workbook() },
  });
  await screen(page, 'bank-upload');
  await page.locator('[data-bank-report="60"]').waitFor();
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await isForEverybody(page, 'bank-upload');

  await row(page, '触电后').locator('[data-action="mend-row"]').click();
  await expect(page.locator('[name="stem"]')).toHaveValue('触电后首先要做什么？');
  await isForEverybody(page, 'mend-row');
  expect(await barriers(page, 'mend-row', { sizes: [SMALL], target: 44, leaves: AT_A_DESK.viewport })).toEqual([]);
  // What is wrong still is said where it is mended.
  await fill(page, 'key', 'D');
  await act(page, 'save-row');
  await page.locator('[role="dialog"] [data-problem="key-outside-options"]').waitFor();
  await fill(page, 'key', 'A');
  await act(page, 'save-row');
  await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
  await expect(row(page, '触电后').locator('[data-outcome="mended"]')).toBeVisible();
  await row(page, '灭火器').locator('[data-action="drop-row"]').click();
  await expect(row(page, '灭火器').locator('[data-outcome="dropped"]')).toBeVisible();
  await page.locator('[data-bank-report="61"]').waitFor();

  for (const [show, rows] of [
    ['repaired', 13],
    ['duplicate', 1],
    ['all', 50],
  ] as const) {
    await page.locator('[name="show"]').selectOption(show);
    await expect(page.locator('tbody tr')).toHaveCount(rows);
    await isForEverybody(page, `bank-upload-${show}`);
  }

  // Somebody goes on later: what was mended is there.
  await page.goto(`${url}/platform/#/banks`);
  await screen(page, 'banks');
  await page.getByRole('link', { name: '安全题库.xlsx' }).click();
  await page.locator('[data-bank-report="61"]').waitFor();
  await act(page, 'take-bank');
  await screen(page, 'banks');
  await page.getByRole('heading', { name: '安全题库' }).waitFor();
  await isForEverybody(page, 'banks-with-another');

  const station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const { exams } = await station.assignment();
  const exam = exams.find(({ title }) => title.zh === '安全题库');
  const bank = Bank.parse((await station.call('GET', paths.bank(exam?.bankId ?? ''))).json());
  const stems = bank.items.map(({ stem }) => stem.zh);
  expect([stems.length, stems.includes('触电后首先要做什么？'), stems.includes('灭火器多久检查一次？')]).toEqual([
    61,
    true,
    false,
  ]);
});

test('what cannot be read is told of in words', async ({ page }) => {
  await logIn(page);
  await page.goto(`${url}/platform/#/banks`);
  await screen(page, 'banks');
  const buffer = Buffer.from('这不是工作簿');
  await page.locator('[name="bank"]').setInputFiles({ name: '坏.xlsx', mimeType: 'application/octet-stream', buffer });
  await page.locator('[data-reason="not-a-workbook"]').waitFor();
  await isForEverybody(page, 'bank-upload-failed');
  await act(page, 'drop-upload');
  await act(page, 'drop-upload-surely');
  await screen(page, 'banks');
});
