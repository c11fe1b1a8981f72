import type { Locator } from 'playwright-core';
import type { Hands } from './hands.ts';

/** How somebody gets through the page, a tap at a time. What is touched is found by what it does, never by how it looks. */

const action = ({ page }: Hands, name: string): Locator => page.locator(`[data-action="${name}"]:visible`).first();
export const tap = (hands: Hands, name: string): Promise<void> => hands.tap(name, action(hands, name));

const SCREEN_WITHIN_MS = 60_000;
export const screen = ({ page }: Hands, name: string): Promise<void> =>
  page.locator(`[data-screen="${name}"]`).waitFor({ timeout: SCREEN_WITHIN_MS });
export const onScreen = ({ page }: Hands, name: string): Promise<boolean> =>
  page.locator(`[data-screen="${name}"]`).isVisible();

/** On the digits that stand on the screen, in a dialog where one is open. */
async function touchDigits(hands: Hands, within: string, text: string): Promise<void> {
  for (const digit of text)
    await hands.tap('keypad', hands.page.locator(`${within} button`).filter({ hasText: new RegExp(`^${digit}$`) }));
}
const typeKeys = async (hands: Hands, text: string): Promise<void> => {
  for (const key of text) await hands.press('type', key);
};

/** Whoever has no card types their number, and says that it is whole. */
export async function typeNumber(hands: Hands, number: string, by: 'keypad' | 'keyboard'): Promise<void> {
  await screen(hands, 'idle');
  await tap(hands, 'type');
  await screen(hands, 'type');
  if (by === 'keypad') await touchDigits(hands, '[data-screen="type"]', number);
  else await typeKeys(hands, number);
  if (by === 'keypad') await hands.tap('submit', hands.page.locator('[data-screen="type"] [type="submit"]'));
  else await hands.press('submit', 'Enter');
  await comeForExam(hands);
}

/** Whoever has a course besides is asked first what they came for; without a camera nobody is asked for consent. */
export async function comeForExam(hands: Hands): Promise<void> {
  const either = (...names: string[]) => hands.page.locator(names.map((name) => `[data-screen="${name}"]`).join(', '));
  await either('choosing', 'consenting', 'refused').waitFor({ timeout: SCREEN_WITHIN_MS });
  if (!(await onScreen(hands, 'choosing'))) return;
  await tap(hands, 'choose');
  await either('consenting', 'refused').waitFor();
}

export type Deed = 'unlock' | 'pause' | 'resume' | 'extend' | 'hand-in' | 'override' | 'dismissed';

const AT_ONCE: readonly Deed[] = ['unlock', 'pause', 'resume'];
/** After these the sheet stays open, until somebody closes it. */
const STAYS: readonly Deed[] = ['pause', 'extend', 'override', 'dismissed'];

/** A proctor opens the sheet by touch. */
async function openDesk(hands: Hands, pin: string): Promise<void> {
  await tap(hands, 'proctor');
  await touchDigits(hands, '[role="dialog"]', pin);
  await tap(hands, 'proctor-enter');
  await hands.page.locator('[data-desk]').waitFor();
}

/** A proctor does one thing by touch alone, with no tap more than it takes. */
export async function proctorDoes(hands: Hands, deed: Deed, pin: string): Promise<void> {
  const { page } = hands;
  const desk = page.locator('[data-desk]');
  if (!(await desk.isVisible())) await openDesk(hands, pin);
  await hands.tap('choose', desk.locator(`[data-deed="${deed}"]`).first());
  if (!AT_ONCE.includes(deed)) {
    const step = page.locator('[data-step]');
    const compared = (field: string) => step.locator(`label:has(input[value="${field}"])`);
    if (deed === 'override') for (const field of ['photo', 'name']) await hands.tap('compare', compared(field));
    // A reason by touch, where none may be missing.
    const submit = step.locator(`[data-action="${deed}"]`);
    if (!(await submit.isEnabled())) await hands.tap('reason', step.locator('.chip').first());
    await hands.tap(deed, submit);
    await step.waitFor({ state: 'detached' });
  }
  if (STAYS.includes(deed)) await tap(hands, 'close-desk');
}

/** Somebody tries a PIN that is none. */
export async function guessPin(hands: Hands): Promise<void> {
  await tap(hands, 'proctor');
  await touchDigits(hands, '[role="dialog"]', '000000');
  await tap(hands, 'proctor-enter');
  await hands.page.locator('[role="dialog"] [data-reason="pin-wrong"]').waitFor();
  await hands.press('close', 'Escape');
}

/** From a number that was typed to a candidate who is let in by hand, because they want no camera. */
export async function letInByHand(hands: Hands, number: string, pin: string): Promise<void> {
  await typeNumber(hands, number, 'keypad');
  if (await onScreen(hands, 'consenting')) await tap(hands, 'decline');
  await screen(hands, 'refused');
  await proctorDoes(hands, 'override', pin);
  await screen(hands, 'awaiting-unlock');
}

/** From a number that was typed to a candidate whom the camera knows. */
export async function letInByFace(hands: Hands, number: string): Promise<void> {
  await typeNumber(hands, number, 'keypad');
  await tap(hands, 'consent');
  await screen(hands, 'awaiting-unlock');
}

/** What people do on an item: choose by touch and by key, turn pages, flag, jump, open what can be opened, read larger. */
export async function answerAndLookAround(hands: Hands, pin: string): Promise<void> {
  const { page } = hands;
  const options = page.locator('[data-screen="exam"] label:has([data-option])');
  await hands.tap('option', options.first());
  await hands.tap('option', options.last());
  await hands.press('option', 'a');
  await tap(hands, 'flag');
  await tap(hands, 'next');
  await hands.press('turn', 'ArrowLeft');
  await hands.press('turn', 'ArrowRight');
  await hands.tap('option', options.last());
  await tap(hands, 'previous');
  await hands.tap('navigator', page.locator('[data-screen="exam"] [aria-current]').last());
  await tap(hands, 'language');
  await tap(hands, 'language');
  await tap(hands, 'larger-text');
  await tap(hands, 'smaller-text');
  await tap(hands, 'hand-in');
  await hands.press('close', 'Escape');
  await tap(hands, 'proctor');
  await touchDigits(hands, '[role="dialog"]', pin);
  await hands.press('close', 'Escape');
  await hands.tap('navigator', page.locator('[data-screen="exam"] [aria-current]').first());
}

/** Leaves from the exam to the first screen. */
export async function handIn(hands: Hands): Promise<void> {
  await tap(hands, 'hand-in');
  await tap(hands, 'confirm-hand-in');
  await screen(hands, 'result');
  await tap(hands, 'done');
  await screen(hands, 'idle');
}
