import { expect, test } from '@playwright/test';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { openReceiptCode } from '../../proof/index.ts';
import { readQr } from '../kit/read-qr.ts';
import { type KioskSitting, openKioskSitting } from './sitting.ts';

const why = noLab();
test.skip(why !== undefined, why);

type Printed = { readonly silent?: boolean; readonly deviceName?: string };

/** This machine has no printer: the system's end of one is put in its place, and says what it was given. */
const plugInPrinter = ({ app }: KioskSitting): Promise<void> =>
  app.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('no window');
    const printed: object[] = [];
    Object.assign(globalThis, { printed });
    window.webContents.getPrintersAsync = async () => [
      { name: 'Slip_80', displayName: 'Slip 80', description: '', options: {} as never },
    ];
    window.webContents.print = (options = {}, done = () => undefined) => {
      printed.push(options);
      done(true, '');
    };
  });
const printedBy = ({ app }: KioskSitting): Promise<readonly Printed[]> =>
  app.app.evaluate(() => (globalThis as unknown as { printed: Printed[] }).printed);

/** As a page would ask that somebody has got into. */
const askToPrint = ({ kiosk }: KioskSitting): Promise<unknown> =>
  kiosk.page.evaluate(() => (window as unknown as { examStation: { print(): Promise<unknown> } }).examStation.print());

test('a kiosk prints the slip of a result without a dialog, a few times, and nothing before it', async () => {
  test.setTimeout(120_000);
  await using sitting = await openKioskSitting('slip-test', {}, { EXAM_STATION_PRINTER: 'Slip 80' });
  const { kiosk } = sitting;
  await plugInPrinter(sitting);
  expect(await askToPrint(sitting)).toBe(false);
  await kiosk.handIn();
  await kiosk.screen('result');
  const code = await readQr(await kiosk.page.locator('.receipt-code .qr-code').screenshot());
  const recorded = sitting.events().flatMap((event) => (event.type === 'recorded' ? [event.recordHash] : []));
  expect(openReceiptCode(code ?? '')?.receipt.recordHash).toBe(recorded[0]);

  const button = kiosk.page.locator('[data-action="print-slip"]');
  for (let slips = 1; slips <= 3; slips++) {
    await button.click();
    await expect.poll(async () => (await printedBy(sitting)).length).toBe(slips);
  }
  await expect(button).toHaveCount(0);
  expect(await askToPrint(sitting)).toBe(false);
  expect(await printedBy(sitting)).toEqual(
    [1, 2, 3].map(() => expect.objectContaining({ silent: true, deviceName: 'Slip_80' })),
  );
  await kiosk.tap('done');
  await kiosk.screen('idle');
  expect(await askToPrint(sitting)).toBe(false);
});

test('without a printer that is written down there is no button', async () => {
  test.setTimeout(120_000);
  await using sitting = await openKioskSitting('no-slip-test');
  await plugInPrinter(sitting);
  await sitting.kiosk.handIn();
  await sitting.kiosk.screen('result');
  await sitting.kiosk.page.locator('.receipt-code .qr-code').waitFor();
  expect(await askToPrint(sitting)).toBe(false);
  await expect(sitting.kiosk.page.locator('[data-action="print-slip"]')).toHaveCount(0);
});
