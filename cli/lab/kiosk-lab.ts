import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Electron, ElectronApplication } from 'playwright-core';
import { JOURNAL } from '../../electron/lockdown/index.ts';
import { bringElectron } from '../electron.ts';
import { type Display, type DisplayPlan, openDisplay } from './display.ts';
import { mayRead, type OrdinaryUser, ordinaryUser } from './ordinary-user.ts';

const root = resolve(import.meta.dirname, '../..');
export const shellProgram = join(root, 'dist/shell/main.js');

/** A place where real kiosks are tried: an Electron, a display of its own, an ordinary user. */
export type KioskLab = AsyncDisposable & {
  readonly electron: string;
  readonly display: Display;
  readonly user: OrdinaryUser;
  /** Starts a kiosk of this checkout, driven by Playwright. Its profile is a folder of its own, unless one is named. */
  launch(plan?: LaunchPlan): Promise<LabKiosk>;
};

export type LaunchPlan = {
  /** An unlocked window, where that is asked for. */
  readonly unlocked?: boolean;
  readonly profile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another shell than this checkout's. */
  readonly program?: string;
  /** Inside `cage`, the compositor of a locked Linux machine, which itself is a window of the display. */
  readonly inCage?: boolean;
  /** Switches of Chromium's besides. */
  readonly switches?: readonly string[];
};

export type LabKiosk = AsyncDisposable & {
  readonly app: ElectronApplication;
  readonly profile: string;
  /** What it has written on standard error so far. */
  said(): string;
  /** Settles once every step of its lockdown was taken. @throws Error where that takes too long */
  waitUntilLocked(): Promise<void>;
};

/** Why no kiosk can be tried here, in plain words; nothing where one can. */
export function noLab(): string | undefined {
  if (process.platform !== 'linux') return 'skipped: the kiosk is tried on Linux only, under Xvfb';
  if (!bringElectron(() => undefined)) return 'skipped: no Electron is on this machine, nor ../shared/tools/electron';
  if (!existsSync(shellProgram)) return 'skipped: the kiosk is not built: npm run build';
  return undefined;
}

/** @throws Error in words where something is missing: an Electron, Xvfb, a user who may read this checkout */
export async function openKioskLab(plan: DisplayPlan = {}): Promise<KioskLab> {
  const electron = bringElectron((line) => process.stderr.write(`${line}\n`));
  if (!electron) throw new Error('no Electron here: set EXAM_STATION_ELECTRON to one');
  const user = ordinaryUser();
  if (!mayRead(user, shellProgram)) throw new Error(`${user.name} may not read ${shellProgram}`);
  const display = await openDisplay(plan);
  return {
    ...{ electron, display, user },
    launch: (wish = {}) => launch({ electron, display, user }, wish),
    [Symbol.asyncDispose]: () => display[Symbol.asyncDispose](),
  };
}

const [LOOK_MS, CALM_LOOKS, LOCKED_WITHIN_MS, CLOSED_WITHIN_MS] = [100, 8, 20_000, 15_000];

/** By what the kiosk writes down of it: everything performed, and nothing added for a while. */
async function untilLocked(journal: string): Promise<void> {
  let [before, calm] = ['', 0];
  for (let waited = 0; calm < CALM_LOOKS; waited += LOOK_MS) {
    if (waited > LOCKED_WITHIN_MS) throw new Error('the kiosk was not locked in time');
    await setTimeout(LOOK_MS);
    const now = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
    calm = now === before && now.includes('"performed"') && !now.includes('"performing"') ? calm + 1 : 0;
    before = now;
  }
}

type Place = Pick<KioskLab, 'electron' | 'display' | 'user'>;

/** Attaching to a page that is just being made is sometimes never answered, whatever program it is: then anew. */
async function startAndAttach(options: ElectronOptions): Promise<ElectronApplication> {
  const { _electron } = await import('playwright-core');
  for (let tries = 1; ; tries += 1) {
    try {
      return await _electron.launch({ ...options, timeout: ATTACH_WITHIN_MS });
    } catch (error) {
      if (tries === MAX_TRIES || !String(error).includes('Timeout')) throw error;
    }
  }
}
const [ATTACH_WITHIN_MS, MAX_TRIES] = [20_000, 4];
type ElectronOptions = NonNullable<Parameters<Electron['launch']>[0]>;

async function launch({ electron, display, user }: Place, wish: LaunchPlan): Promise<LabKiosk> {
  const profile = wish.profile ?? user.makeFolder('kiosk-profile-');
  const app = await startAndAttach({
    executablePath: user.wrap(wish.inCage ? cageAround(electron) : electron),
    chromiumSandbox: true,
    args: [
      ...(wish.switches ?? []),
      `--user-data-dir=${profile}`,
      '--disable-gpu',
      wish.program ?? shellProgram,
      ...(wish.unlocked ? ['--unlocked'] : []),
    ],
    env: { ...inherited(), ...user.env, DISPLAY: display.name, ...(wish.inCage ? IN_A_WINDOW : {}), ...wish.env },
    cwd: root,
  });
  let text = '';
  app.process().stderr?.on('data', (piece) => {
    text += String(piece);
  });
  return {
    app,
    profile,
    said: () => text,
    waitUntilLocked: () => untilLocked(join(profile, JOURNAL)),
    async [Symbol.asyncDispose]() {
      // Playwright waits for ever for a page that it has lost.
      const closed = await Promise.race([app.close().then(() => true), setTimeout(CLOSED_WITHIN_MS, false)]);
      if (!closed) app.process().kill('SIGKILL');
      if (!wish.profile) rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** What makes the compositor a window, drawn without a graphics card. */
const IN_A_WINDOW = { WLR_BACKENDS: 'x11', WLR_RENDERER: 'pixman', WLR_X11_OUTPUTS: '1' };

/** As `build/linux/session` starts it, but for where the picture goes. */
function cageAround(electron: string): string {
  const script = join(mkdtempSync(join(tmpdir(), 'in-cage-')), 'run');
  writeFileSync(script, `#!/bin/sh\nexec cage -d -- '${electron}' --ozone-platform=x11 "$@"\n`);
  chmodSync(dirname(script), 0o755);
  chmodSync(script, 0o755);
  return script;
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
