import type { z } from 'zod';
import type { ShellTrouble, TroubleMessage } from '../../../contract/page/shell-trouble.ts';
import { type Act, kioskOf } from '../stage.ts';

/** No station answers: while it is looked for, when it never will, and when the shell says why. */
export const troubles: Act = {
  faces: false,
  async play(stage) {
    const site = await stage.site();
    await using kiosk = await kioskOf(stage, 'troubles-camera');
    const { page } = kiosk;
    await kiosk.open(site.url());
    await kiosk.screen('idle');
    await site.killStation();
    await page.locator('[role="alertdialog"] h1').waitFor();
    await stage.shoot(page, '23-waiting');
    await page.evaluate((message) => window.postMessage(message), asShellSays);
    await kiosk.screen('trouble');
    await stage.shoot(page, '23-trouble');
    await site.startStation();
    await kiosk.open(`${new URL(site.url()).origin}/#${'x'.repeat(32)}`);
    await page.locator('[role="alertdialog"][data-reason]').waitFor();
    await stage.shoot(page, '23-old-address');
  },
};

const trouble: ShellTrouble = { reason: 'program-incomplete', detail: 'node_modules/better-sqlite3' };
/** Only a kiosk's shell says this; here it is said in its place. */
const asShellSays: z.input<typeof TroubleMessage> = { kind: 'exam-station-trouble', trouble };
