import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openKioskLab } from '../../cli/lab/kiosk-lab.ts';
import { openKioskSitting } from '../../tests/kiosk/sitting.ts';
import { small } from './photographer.ts';

/** `npm run -s screens:kiosk`: what is on the screen of a real, locked kiosk, taken from the X server itself. */
const folder = resolve(import.meta.dirname, '../../docs/screens/kiosk');
mkdirSync(folder, { recursive: true });

async function shoot(display: string, name: string): Promise<void> {
  const { stdout } = spawnSync('import', ['-display', display, '-window', 'root', 'png:-'], {
    maxBuffer: 64_000_000,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await small(stdout).toFile(join(folder, `${name}.png`));
}

const NO_CENTER = { EXAM_CENTER_URL: 'http://127.0.0.1:9' };

{
  await using lab = await openKioskLab({ windowManager: ['openbox'] });
  {
    await using kiosk = await lab.launch({ env: NO_CENTER });
    const page = await kiosk.app.firstWindow();
    await page.locator('[data-screen="not-ready"]').waitFor();
    await kiosk.waitUntilLocked();
    await shoot(lab.display.name, '01-not-enrolled');
    await page.locator('[data-action="readiness"]').click();
    await page.locator('[data-screen="readiness"]').waitFor();
    await setTimeout(4_000);
    await shoot(lab.display.name, '02-readiness');
  }
  await using open = await lab.launch({ env: NO_CENTER, unlocked: true });
  await (await open.app.firstWindow()).locator('[data-host="kiosk-unlocked"]').waitFor();
  await setTimeout(500);
  await shoot(lab.display.name, '03-unlocked');
}

await using sitting = await openKioskSitting('kiosk-screens', { windowManager: ['openbox'] });
const { lab, kiosk } = sitting;
await setTimeout(500);
await shoot(lab.display.name, '04-exam');
spawnSync('xdotool', ['key', 'super+d'], { env: { ...process.env, DISPLAY: lab.display.name } });
await kiosk.page.locator('[data-action="incidents"]:not([data-incidents="0"])').click();
await setTimeout(500);
await shoot(lab.display.name, '05-focus-lost');
