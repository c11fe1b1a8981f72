import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { encode } from 'uqr';
import { demoCandidate, openSite, type Site } from '../cli/demo/site.ts';
import { generateSigningKey, openSigner, slipCode, verifySlip } from '../proof/index.ts';
import { openArchive } from '../station/offline/index.ts';
import { PASSWORD } from './kit/platform-hands.ts';
import { readQr } from './kit/read-qr.ts';
import { kioskWith, root, seedBank } from './stage.ts';

/** A turn is planned at the platform, a slip is printed there, and held before the camera of a station. */
const folder = join(root, 'data/slips-test');
const who = demoCandidate('李文静', 1, null);

let site: Site;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  site = await openSite({ folder, ...seedBank(), candidates: [who], quiet: true, slips: true });
});
test.afterAll(() => site?.[Symbol.asyncDispose]());

/** Whoever sets the platform up keeps the firm as well, and plans a turn for it. @returns its id */
async function planTurn(page: Page): Promise<string> {
  await page.goto(`${site.centerUrl()}/platform/`);
  const ask = async (method: string, path: string, body?: object) => {
    const said = await page.evaluate(
      async ([how, url, sent]) => {
        const json = sent === undefined ? {} : { body: JSON.stringify(sent) };
        const reply = await fetch(`/v1/platform${url}`, {
          ...{ method: how, headers: sent === undefined ? {} : { 'content-type': 'application/json' }, ...json },
        });
        return { status: reply.status, json: await reply.json() };
      },
      [method, path, body] as const,
    );
    expect([path, said.status]).toEqual([path, 200]);
    return said.json;
  };
  const { code } = JSON.parse(readFileSync(join(folder, 'center/set-up.json'), 'utf8')) as { code: string };
  await ask('POST', '/set-up', { code, name: '考试平台', person: '总管', login: 'chief', password: PASSWORD });
  const { rows } = (await ask('GET', '/organisations?kind=firm')) as { rows: { id: string }[] };
  const { id } = rows[0] as { id: string };
  await ask('POST', `/firms/${id}/take-on`);
  const begins = new Date(Date.now() + 600_000).toISOString();
  const wish = { organiserId: id, roomId: id, examOf: id, examId: site.examId, begins, signUpUntil: begins, seats: 5 };
  const turn = (await ask('POST', '/turns', wish)) as { id: string };
  await ask('POST', `/turns/${turn.id}/open`);
  await ask('POST', `/turns/${turn.id}/entries`, { candidateIds: ['cd_sits-1'] });
  return turn.id;
}

/** A code as a camera sees it that somebody holds a sheet before. */
async function held(code: string): Promise<Uint8Array> {
  const { data, size } = encode(code, { ecc: 'M', boostEcc: false, border: 4 });
  const pixels = Buffer.from(data.flatMap((row) => row.map((dark) => (dark ? 30 : 235))));
  const sheet = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * 5, size * 5, { kernel: 'nearest' })
    .png()
    .toBuffer();
  const tilted = await sharp(sheet).rotate(4, { background: '#ebebeb' }).resize(340, 340).png().toBuffer();
  const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#5b6b78' } })
    .composite([{ input: tilted, left: 150, top: 70 }])
    .blur(0.5)
    .jpeg({ quality: 85 })
    .toBuffer();
  return Buffer.concat(Array.from({ length: 30 }, () => picture));
}

test('a slip from the platform names whoever comes at the station, and one that was drawn by somebody else does not', async ({
  page,
}) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(20_000);
  const turnId = await planTurn(page);
  // A page that was open before anybody had logged in asks for that.
  await page.goto('about:blank');
  await page.goto(`${site.centerUrl()}/platform/#/turn-print/${turnId}`);
  const printed = page.locator('[data-slip-code]');
  const code = (await printed.getAttribute('data-slip-code')) ?? '';
  expect(await readQr(await printed.locator('.qr-code').screenshot())).toBe(code);
  // The station hears of the turn at its start, and else within a minute.
  await site.killStation();
  await site.startStation();
  const { centerKey } = JSON.parse(readFileSync(join(folder, 'center/first-run.json'), 'utf8')) as { centerKey: never };
  const read = verifySlip(code, centerKey);
  if (!read.ok) throw new Error(read.detail);

  const forged = await held(slipCode(read.slip, openSigner(generateSigningKey())));
  await using stranger = await kioskWith(folder, 'forged', forged);
  await stranger.open(site.url());
  await stranger.screen('idle');
  await stranger.tap('show-slip');
  await stranger.page.locator('[data-screen="slip"] [data-reason="slip-invalid"]').waitFor();
  await stranger.page.screenshot({ path: join(folder, 'forged.png') });
  await stranger.tap('slip-back');
  await stranger.screen('idle');
  await stranger.page.close();

  await using kiosk = await kioskWith(folder, 'slip', await held(code));
  await kiosk.open(site.url());
  await kiosk.tap('show-slip');
  await kiosk.screen('consenting');
  // A face that nobody has registered: a proctor checks the document, and knows that no card was read.
  await kiosk.tap('decline');
  await kiosk.screen('refused');
  await kiosk.override(site.proctorPin, '姓名与证件一致');
  await kiosk.screen('awaiting-unlock');
  using archive = openArchive(site.stationData());
  const events = archive.sittings().flatMap((sitting) => archive.entries(sitting).map(({ event }) => event));
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'opened', candidateId: 'cd_sits-1', identifiedBy: 'slip' }),
  );
});
