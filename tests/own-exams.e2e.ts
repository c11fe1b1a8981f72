import { expect, type Page, test } from '@playwright/test';
import { withCertificates } from '../center/certificates/index.ts';
import { openJudging } from '../center/results/index.ts';
import { demoBank } from '../center/seed/index.ts';
import {
  batchOf,
  enrolStation,
  inviteAt,
  openTestCenter,
  soundRecordOf,
  type TestCenter,
} from '../center/testing/index.ts';
import { homePaths, invitationPath } from '../contract/home/home-api.ts';
import type { ExamRecord } from '../contract/records/index.ts';
import { paths } from '../contract/station-center/center-api.ts';
import type { Exam } from '../contract/words/exam.ts';
import { hashOf, receiptCode, receiptOf } from '../proof/index.ts';
import { barriers } from './kit/barriers.ts';

/** One's own result, certificate and appeal, on a narrow phone; and the page of the receipt, which asks for no log-in. */
const NUMBER = '110105198001010016';
const PHONE = { width: 360, height: 740 };
const SYSTEM = { kind: 'system' } as const;

test.use({ viewport: PHONE, hasTouch: true, locale: 'zh-CN' });

let open: TestCenter;
let url: string;
let record: ExamRecord;
let code: string;

test.beforeAll(async () => {
  open = await openTestCenter();
  const station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const exam = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo') as Exam;
  record = soundRecordOf(station, { exam, bank: demoBank(), nth: 1, at: new Date() });
  await station.call('POST', paths.batches, await batchOf(station, [record]));
  const judging = openJudging(SYSTEM, open.center, () => undefined);
  await judging.all();
  await withCertificates(SYSTEM, open.center, judging, (error) => {
    throw error;
  }).all();
  url = await open.app.listen({ port: 0, host: '127.0.0.1' });
  code = receiptCode(receiptOf(record, hashOf(record)), station.signer, url);
});
test.afterAll(() => open?.close());

const tap = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).first().click();
const screen = (page: Page, name: string) => page.locator(`[data-screen="${name}"]`).waitFor();
async function isForEverybody(page: Page, name: string): Promise<void> {
  expect(await barriers(page, name, { sizes: [PHONE], target: 48, leaves: PHONE })).toEqual([]);
}

test('a worker sees their result and certificate, appeals, and finds the appeal on the receipt’s page', async ({
  page,
}) => {
  await page.goto(url + invitationPath(await inviteAt(open, NUMBER)));
  await tap(page, 'enter');
  await screen(page, 'start');
  await tap(page, 'own');
  await screen(page, 'exams');
  await isForEverybody(page, 'exams');

  await page.locator('[data-certificate]').click();
  await screen(page, 'certificate');
  const [file] = await Promise.all([page.waitForEvent('download'), tap(page, 'pdf')]);
  expect(file.suggestedFilename()).toMatch(/^[0-9A-Z-]{16}\.pdf$/);

  await tap(page, 'to-start');
  await screen(page, 'exams');
  await page.locator(`[data-result="${record.sittingId}"]`).click();
  await screen(page, 'result');
  await expect(page.locator('.outcome .marks')).toHaveText('100 分');
  await tap(page, 'appeal');
  await isForEverybody(page, 'appeal');
  await tap(page, 'send-appeal');
  await expect(page.getByRole('alert')).toContainText('请选一个原因');
  await page.getByLabel('考试被打断').check();
  await tap(page, 'send-appeal');
  await page.locator('[data-appeal="open"]').waitFor();

  // Nobody is signed in there, and there is no script.
  await page.goto(new URL(code).href);
  await expect(page.locator('.appeals')).toContainText('等待处理');
  await expect(page.locator('form')).toHaveCount(0);
  await open.center.db.query(`UPDATE appeals SET state = 'rejected', decided_note = '评分无误', decided_at = now()`);
  await page.reload();
  await expect(page.locator('.appeals')).toContainText('督查员答复：评分无误');
  await page.locator('summary').click();
  await isForEverybody(page, 'receipt with its form');
  await page.getByLabel('其他原因').check();
  await page.locator('textarea').fill('空');
  await page.locator('.go').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('其他原因')).toBeChecked();
  await page.locator('textarea').fill('第三题的答案不对');
  await page.locator('.go').click();
  await expect(page.locator('.appeals')).toContainText('等待处理');
  expect((await page.request.get(url + homePaths.overview)).status()).toBe(200);
});
