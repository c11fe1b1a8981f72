import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { type KioskLab, type LabKiosk, openKioskLab, shellProgram } from '../../cli/lab/kiosk-lab.ts';
import { type Attempt, keyAttempts, mouseAttempts, windowAttempts } from './attempts.ts';

/** Where the kiosk's window is: with other programs under a window manager, or alone in the compositor of a locked machine. */
export const GROUNDS = ['openbox', 'cage'] as const;
export type Ground = (typeof GROUNDS)[number];

export type Escape = {
  readonly under: Ground;
  readonly name: string;
  readonly kind: Attempt['kind'];
  readonly how: string;
};

export type EscapesReport = {
  readonly tried: number;
  readonly held: number;
  readonly escaped: readonly Escape[];
  /** What took the focus or the picture for a moment, and how long until the kiosk was back. */
  readonly cameBack: readonly { readonly under: Ground; readonly name: string; readonly afterMs: number }[];
};

/** So long the kiosk may take to be back before everything. */
const BACK_WITHIN_MS = 2_500;
const SETTLE_MS = 60;
/** Turns themselves take so long. */
const NOTICED_MS = 90;
/** A window that really closes takes its time, on a busy machine more: its station is asked to end first. */
const LEAVES_WITHIN_MS = 20_000;

export type EscapesPlan = {
  readonly under: Ground;
  /** A window that is not locked: for whoever wants to see that the attempts are real. */
  readonly unlocked?: boolean;
  /** Names of attempts; all of them without. */
  readonly only?: readonly string[];
  readonly onAttempt?: (done: number, of: number, name: string) => void;
};

/** In the compositor nobody else has a window, and there is nobody to tell to move one. */
const ATTEMPTS: Readonly<Record<Ground, readonly Attempt[]>> = {
  openbox: [...keyAttempts, ...mouseAttempts, ...windowAttempts],
  cage: [...keyAttempts, ...mouseAttempts],
};

/** Tries escapes on a kiosk, one after the other, each on a kiosk that was held before. */
export async function tryEscapes({ under, unlocked = false, only, onAttempt }: EscapesPlan): Promise<EscapesReport> {
  const attempts = ATTEMPTS[under].filter(({ name }) => !only || only.includes(name));
  const inCage = under === 'cage';
  await using lab = await openKioskLab(inCage ? {} : { windowManager: ['openbox'] });
  const escaped: Escape[] = [];
  const cameBack: { under: Ground; name: string; afterMs: number }[] = [];
  const open = () => lab.launch({ unlocked, inCage, env: { EXAM_CENTER_URL: 'http://127.0.0.1:9' } });
  let kiosk = await open();
  const openOne = inCage ? openCageScene : openScene;
  let scene = await openOne(lab, kiosk, unlocked);
  for (const [done, attempt] of attempts.entries()) {
    onAttempt?.(done, attempts.length, attempt.name);
    const before = await scene.whatIsWrong();
    if (before) throw new Error(`before ${attempt.name} the kiosk was not held: ${before}`);
    const stop = scene.act(attempt);
    await setTimeout(SETTLE_MS);
    const { wrong, afterMs } = unlocked ? await untilLeft(scene) : await untilHeld(scene);
    stop();
    if (!wrong) {
      if (afterMs > NOTICED_MS) cameBack.push({ under, name: attempt.name, afterMs });
      continue;
    }
    escaped.push({ under, name: attempt.name, kind: attempt.kind, how: wrong });
    // The next one is tried on a kiosk of its own.
    await kiosk[Symbol.asyncDispose]();
    kiosk = await open();
    scene = await openOne(lab, kiosk, unlocked);
  }
  await kiosk[Symbol.asyncDispose]();
  return { tried: attempts.length, held: attempts.length - escaped.length, escaped, cameBack };
}

async function untilHeld({
  whatIsWrong,
}: Scene): Promise<{ readonly wrong: string | undefined; readonly afterMs: number }> {
  const start = performance.now();
  for (;;) {
    const wrong = await whatIsWrong();
    const afterMs = Math.round(performance.now() - start);
    if (!wrong || afterMs > BACK_WITHIN_MS) return { wrong, afterMs };
    await setTimeout(50);
  }
}

/** The same, of a window that may well be left: it is given the time to be. */
async function untilLeft({ whatIsWrong }: Scene): ReturnType<typeof untilHeld> {
  const start = performance.now();
  for (;;) {
    const wrong = await whatIsWrong();
    const afterMs = Math.round(performance.now() - start);
    if (wrong || afterMs > LEAVES_WITHIN_MS) return { wrong, afterMs };
    await setTimeout(50);
  }
}

type Scene = {
  /** Why somebody in front of the screen is not before the exam any more; nothing where they are. */
  whatIsWrong(): Promise<string | undefined>;
  /** @returns ends what it started */
  act(attempt: Attempt): () => void;
};

async function openScene(lab: KioskLab, kiosk: LabKiosk, unlocked: boolean): Promise<Scene> {
  const page = await kiosk.app.firstWindow();
  await page.locator('main').first().waitFor();
  if (!unlocked) await kiosk.waitUntilLocked();
  const env = { ...process.env, DISPLAY: lab.display.name };
  const x = (program: string, ...args: readonly string[]): string =>
    spawnSync(program, [...args], { env, encoding: 'utf8', timeout: 5_000 }).stdout.trim();
  /** What is not really done must not count as held. */
  const mustDo = (tool: string, ...args: readonly string[]): void => {
    const { status, stderr } = spawnSync(tool, [...args], { env, encoding: 'utf8', timeout: 5_000 });
    if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
  };
  const shell = kiosk.app.process();
  if (unlocked) await setTimeout(1_000);
  const window = x('xdotool', 'getactivewindow');
  const filled = geometryOf(x('xwininfo', '-id', window));
  if (!unlocked && filled !== '1280x800+0+0') throw new Error(`the kiosk does not fill the screen: ${filled}`);
  return {
    async whatIsWrong() {
      if (shell.exitCode !== null || shell.signalCode !== null) return 'the kiosk has ended';
      const active = x('xdotool', 'getactivewindow');
      if (active !== window) return `another window has the focus: ${x('xdotool', 'getwindowname', active) || active}`;
      const stack = x('xprop', '-root', '_NET_CLIENT_LIST_STACKING')
        .split(/[#,]\s*/)
        .slice(1);
      const top = Number(stack.at(-1));
      if (top !== Number(window)) return 'another window lies above it';
      const shape = x('xwininfo', '-id', window);
      if (!/IsViewable/.test(shape)) return 'the window is not to be seen';
      if (geometryOf(shape) !== filled) return `the window is another size or elsewhere: ${geometryOf(shape)}`;
      return inside(kiosk);
    },
    act({ xdotool = [], wmctrl, program, secondStart }) {
      for (const call of xdotool) mustDo('xdotool', ...call.map((word) => (word === 'WINDOW' ? window : word)));
      if (wmctrl) mustDo('wmctrl', ...wmctrl.map((word) => (word === 'WINDOW' ? window : word)));
      if (secondStart) {
        const again = [`--user-data-dir=${kiosk.profile}`, shellProgram];
        spawnSync(lab.user.wrap(lab.electron), again, { env: { ...env, ...lab.user.env }, timeout: 20_000 });
      }
      const child = program && spawn(program[0], program.slice(1), { env, stdio: 'ignore' });
      return () => child && end(child);
    },
  };
}

/** The same in the compositor: X knows one window there, so the program itself is asked how it stands. */
async function openCageScene(lab: KioskLab, kiosk: LabKiosk): Promise<Scene> {
  const page = await kiosk.app.firstWindow();
  await page.locator('main').first().waitFor();
  await kiosk.waitUntilLocked();
  const env = { ...process.env, DISPLAY: lab.display.name };
  const press = (call: readonly string[]): void => {
    const { status, stderr } = spawnSync('xdotool', [...call], { env, encoding: 'utf8', timeout: 5_000 });
    if (status !== 0) throw new Error(`xdotool ${call.join(' ')}: ${stderr}`);
  };
  // Without a window manager keys go to the window under the pointer.
  press(['mousemove', '512', '384']);
  press(['click', '1']);
  press(['key', 'Tab']);
  // Keys that do not arrive would escape from nothing.
  await page.locator(':focus').first().waitFor({ timeout: 5_000 });
  const compositor = kiosk.app.process();
  return {
    async whatIsWrong() {
      if (compositor.exitCode !== null || compositor.signalCode !== null) return 'the compositor has ended';
      const standing = await kiosk.app.evaluate(({ BrowserWindow, screen }) => {
        const [window] = BrowserWindow.getAllWindows();
        if (!window?.isVisible() || window.isMinimized()) return 'the window is not to be seen';
        if (!window.isFocused()) return 'the window has lost the focus';
        const { width, height } = screen.getDisplayMatching(window.getBounds()).bounds;
        const fills = window.getBounds().width === width && window.getBounds().height === height;
        return fills ? undefined : 'the window does not fill the screen';
      });
      return standing ?? inside(kiosk);
    },
    act({ xdotool = [] }) {
      for (const call of xdotool) press(call);
      return () => undefined;
    },
  };
}

const geometryOf = (shape: string): string => /-geometry (\S+)/.exec(shape)?.[1] ?? '';

function end(child: ChildProcess): void {
  if (child.exitCode === null) child.kill('SIGKILL');
  void once(child, 'exit');
}

/** What only the program itself can say: no second window, no tools, no other page, nothing zoomed, nothing on the clipboard. */
function inside({ app }: LabKiosk): Promise<string | undefined> {
  return app.evaluate(async ({ BrowserWindow, clipboard }) => {
    const [window, ...others] = BrowserWindow.getAllWindows();
    if (!window) return 'there is no window';
    if (others.length > 0) return 'there is a second window of the kiosk';
    const { webContents } = window;
    if (webContents.isDevToolsOpened()) return 'developer tools are open';
    if (webContents.getURL() !== 'app://station/index.html') return `another page: ${webContents.getURL()}`;
    if (Math.abs(webContents.getZoomFactor() - 1) > 0.001) return `zoomed by ${webContents.getZoomFactor()}`;
    if ((await clipboard.readText()) !== '') return 'something is on the clipboard';
    return undefined;
  });
}
