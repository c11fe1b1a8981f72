import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openKiosk } from '../../cli/demo/kiosk.ts';
import type { KioskLab } from '../../cli/lab/kiosk-lab.ts';
import { measuredHands } from './hands.ts';
import { installProbe } from './probe.ts';
import { type Answered, answeredBy } from './summary.ts';

/** The floor of the browser on this machine: a page with one button that counts how often it was touched. */
const BARE = `<!doctype html><meta charset="utf-8"><title>bare</title>
<button style="font-size:3rem;padding:2rem" onclick="this.textContent = Number(this.textContent) + 1">0</button>`;

/** The same windows, shown by the least that Electron needs. */
const PROGRAM = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 });
  window.loadFile(require('node:path').join(__dirname, 'bare.html'));
});
`;

export type OpenBare = AsyncDisposable & {
  /** By mouse, by touch and by key in turn. */
  use(times: number): Promise<void>;
  answered(): Answered;
};

export async function openBareBrowser(chromium: string, folder: string): Promise<OpenBare> {
  const path = writeBare(folder);
  const browser = await openKiosk(chromium, folder, 'bare', undefined);
  await installProbe(browser.page);
  await browser.page.goto(`file://${path}`);
  return bareOn(browser.page, browser);
}

export async function openBareWindow(lab: KioskLab): Promise<OpenBare> {
  const folder = lab.user.makeFolder('bare-window-');
  writeBare(folder);
  const program = join(folder, 'main.cjs');
  writeFileSync(program, PROGRAM);
  const app = await lab.launch({ program });
  const page = await app.app.firstWindow();
  await installProbe(page);
  await page.reload();
  return bareOn(page, app);
}

function writeBare(folder: string): string {
  const path = join(folder, 'bare.html');
  writeFileSync(path, BARE);
  return path;
}

async function bareOn(page: Page, shown: AsyncDisposable): Promise<OpenBare> {
  const hands = await measuredHands(page);
  return {
    async use(times) {
      for (let time = 0; time < times; time++) {
        for (const by of ['mouse', 'touch'] as const) {
          hands.by = by;
          await hands.tap('button', page.locator('button'));
        }
        await hands.press('button', 'Enter');
      }
    },
    answered: () => answeredBy(hands.acts),
    [Symbol.asyncDispose]: () => shown[Symbol.asyncDispose](),
  };
}
