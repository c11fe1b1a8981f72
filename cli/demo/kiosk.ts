import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ONLY_THIS_MACHINE } from '../browser-window.ts';
import type { Keys } from './keys.ts';

/** Somebody in front of the terminal: a page that is really shown, and hands that tap what people tap. */
export type Kiosk = AsyncDisposable & {
  readonly page: Page;
  open(url: string): Promise<void>;
  /** Another window of the same browser. */
  secondWindow(): Promise<Page>;
  /** Waits for a screen by its name. */
  screen(name: string, withinMs?: number): Promise<void>;
  tap(action: string): Promise<void>;
  /** A proctor says who they are: their sheet is open then. */
  openDesk(pin: string): Promise<void>;
  /** A proctor says who they are, does one thing, and goes. */
  proctor(action: string, pin: string): Promise<void>;
  /** On the open sheet: what is to be done. */
  choose(deed: string): Promise<void>;
  /** A proctor checks by hand, and says why. */
  override(pin: string, note: string): Promise<void>;
  /** Somebody types a number on the first screen. */
  typeNumber(number: string): Promise<void>;
  /** Somebody types a number, declines the camera, and is let in by hand: up to where the exam waits to be unlocked. */
  checkInByHand(number: string, pin: string): Promise<void>;
  /** Answers items from `from` to `to`; all chosen by their keys. */
  answer(keys: Keys, from: number, to: number): Promise<number>;
  /** What the form shows as chosen: options by item. */
  chosen(): Promise<ReadonlyMap<string, readonly string[]>>;
  handIn(): Promise<void>;
};

/** Of what is done at the first touch there is nothing to say. */
const AT_ONCE = ['unlock', 'resume', 'pause'];
/** What ends or changes an exam is not done without a word. */
const EXPLAINED = ['terminate', 'extend', 'hand-in', 'move', 'seat-here', 'send-on', 'close-kiosk'];
/** The sheet stays for what comes next. */
const STAYS = ['pause', 'extend'];
const STEP_MS = 20_000;

/**
 * The terminal in a real Chromium, with a file as its camera.
 * @param story what the camera sees, motion JPEG; without one there is no camera
 */
export async function openKiosk(
  executablePath: string,
  folder: string,
  name: string,
  story: Uint8Array | undefined,
): Promise<Kiosk> {
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--use-fake-ui-for-media-stream',
      ...ONLY_THIS_MACHINE,
      ...cameraSwitches(folder, name, story),
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return handsOn(
    await context.newPage(),
    () => context.newPage(),
    () => browser.close(),
  );
}

/** What makes Chromium, in a browser or in Electron, take a story for its camera. */
export function cameraSwitches(folder: string, name: string, story: Uint8Array | undefined): readonly string[] {
  if (!story) return [];
  const camera = join(folder, `${name}.mjpeg`);
  writeFileSync(camera, story);
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`];
}

/** The same hands, whatever shows the page. */
export function handsOn(page: Page, secondWindow: () => Promise<Page>, close: () => Promise<void>): Kiosk {
  page.setDefaultTimeout(STEP_MS);
  const tap = (action: string) => page.locator(`[data-action="${action}"]:visible`).first().click();
  const choose = (deed: string) => page.locator(`[data-desk] [data-deed="${deed}"]`).first().click();
  const sayWhy = async (note: string): Promise<void> => {
    await tap('note-other');
    await page.locator('input[name="note"]').fill(note);
  };
  const openDesk = async (pin: string): Promise<void> => {
    await tap('proctor');
    await page.locator('input[name="pin"]').fill(pin);
    await tap('proctor-enter');
    await page.locator('[data-desk]').waitFor();
  };
  const saved = () => page.locator('[data-saving="false"]').waitFor();

  const answerItem = async (keys: Keys): Promise<void> => {
    const inputs = page.locator('.item input');
    const item = keys.get((await inputs.first().getAttribute('name')) ?? '');
    for (const option of item?.key ?? []) await page.locator(`[data-option="${option}"]`).check();
  };
  const isShown = (name: string) => page.locator(`[data-screen="${name}"]`).isVisible();
  /** Who has a course besides is asked first what they came for: the exam stands first. */
  const comeForExam = async (withinMs = STEP_MS): Promise<void> => {
    const begun = ['choosing', 'consenting', 'refused'].map((name) => `[data-screen="${name}"]`);
    await page.locator(begun.join(', ')).waitFor({ timeout: withinMs });
    if (!(await isShown('choosing'))) return;
    await tap('choose');
    await page.locator(begun.slice(1).join(', ')).waitFor();
  };
  const screen = async (name: string, withinMs = STEP_MS): Promise<void> => {
    if (name === 'consenting' || name === 'refused') await comeForExam(withinMs);
    await page.locator(`[data-screen="${name}"]`).waitFor({ timeout: withinMs });
  };
  const override = async (pin: string, note: string): Promise<void> => {
    await openDesk(pin);
    await choose('override');
    for (const field of ['photo', 'name']) await page.locator(`input[name="compared"][value="${field}"]`).check();
    await sayWhy(note);
    await tap('override');
    await page.locator('[data-step]').waitFor({ state: 'detached' });
    await tap('close-desk');
  };
  const typeNumber = async (number: string): Promise<void> => {
    await screen('idle');
    await tap('type');
    await page.locator('input[name="number"]').fill(number);
    await page.locator('button[type="submit"]').click();
  };
  return {
    page,
    typeNumber,
    async open(url) {
      await page.goto('about:blank');
      await page.goto(url);
    },
    secondWindow,
    screen,
    override,
    async checkInByHand(number, pin) {
      await typeNumber(number);
      // Without a camera there is nothing to decline.
      await comeForExam();
      if (await isShown('consenting')) await tap('decline');
      await screen('refused');
      await override(pin, '姓名与证件一致');
      await screen('awaiting-unlock');
    },
    tap,
    async proctor(action, pin) {
      await openDesk(pin);
      await choose(action);
      if (EXPLAINED.includes(action)) await sayWhy('监考员在场处理');
      if (!AT_ONCE.includes(action)) await tap(action);
      if (STAYS.includes(action)) await tap('close-desk');
    },
    openDesk,
    choose,
    async answer(keys, from, to) {
      const numbers = page.locator('.navigator button');
      const last = Math.min(to, await numbers.count());
      for (let at = from; at < last; at++) {
        await numbers.nth(at).click();
        await answerItem(keys);
      }
      await saved();
      return last - from;
    },
    async chosen() {
      const numbers = page.locator('.navigator button');
      const all = new Map<string, readonly string[]>();
      for (let at = 0; at < (await numbers.count()); at++) {
        await numbers.nth(at).click();
        const name = (await page.locator('.item input').first().getAttribute('name')) ?? '';
        const checked = await page.locator('.item input:checked').all();
        all.set(
          name,
          (await Promise.all(checked.map((input) => input.getAttribute('data-option')))).flatMap((id) => id ?? []),
        );
      }
      return all;
    },
    async handIn() {
      await tap('hand-in');
      await tap('confirm-hand-in');
    },
    [Symbol.asyncDispose]: close,
  };
}
