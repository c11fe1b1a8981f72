import { setTimeout } from 'node:timers/promises';
import type { KioskSitting } from './sitting.ts';

/** What people do in an exam: answer, turn pages, flag, change the language, open a dialog and leave it, sit and think. */
export async function ordinaryUse({ kiosk }: KioskSitting, seconds: number): Promise<{ readonly actions: number }> {
  const { page } = kiosk;
  const numbers = page.locator('.navigator button');
  const acts: readonly (() => Promise<void>)[] = [
    () => page.locator('.item input').first().check(),
    () => page.locator('.item input').last().check(),
    () => kiosk.tap('flag'),
    () => kiosk.tap('language'),
    async () => {
      await kiosk.tap('hand-in');
      await page.keyboard.press('Escape');
    },
    async () => {
      await kiosk.tap('proctor');
      await page.keyboard.press('Escape');
    },
    () => page.keyboard.press('Tab'),
    () => page.mouse.wheel(0, 300),
    () => page.mouse.move(200 + Math.random() * 800, 200 + Math.random() * 400),
  ];
  const until = performance.now() + seconds * 1000;
  let actions = 0;
  while (performance.now() < until) {
    await numbers.nth(actions % (await numbers.count())).click();
    await acts[actions % acts.length]?.();
    actions += 1;
    await setTimeout(300);
  }
  return { actions };
}
