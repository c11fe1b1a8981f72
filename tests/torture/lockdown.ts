import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDisplay } from '../../cli/lab/display.ts';

export type LockdownReport = {
  /** Settings that are another while the machine is locked: what there is to leave behind. */
  readonly changed: number;
  /** Moments at which locking and unlocking can be cut short. */
  readonly moments: number;
  /** How often it was, and how often the restoring after it was cut short too. */
  readonly crashes: number;
  readonly crashesOfRestore: number;
  /** Settings that were not as they had been after the next start. */
  readonly leftovers: number;
  readonly left: readonly string[];
  readonly seconds: number;
};

type Plan = {
  readonly folder: string;
  /** Every so many moments one crash; 1 is all of them. */
  readonly every: number;
  readonly onCrash?: (at: number, of: number) => void;
};

const CHILD = resolve(import.meta.dirname, 'lockdown-child.ts');
/** What somebody had set before the kiosk came. */
const OWN_SETTINGS = [
  ['org.gnome.desktop.wm.keybindings', 'close', "['<Super>q']"],
  ['org.gnome.desktop.wm.keybindings', 'switch-applications', "['<Alt>Tab', '<Super>Tab']"],
  ['org.gnome.desktop.session', 'idle-delay', 'uint32 900'],
] as const;

/** Cuts the locking of a real desktop short at every moment, restores it, and looks whether all is as it was. */
export async function tortureLockdown({ folder, every, onCrash }: Plan): Promise<LockdownReport> {
  const started = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await using display = await openDisplay();
  const env = {
    ...process.env,
    DISPLAY: display.name,
    XDG_CONFIG_HOME: join(folder, 'config'),
    GSETTINGS_BACKEND: 'keyfile',
    XDG_CURRENT_DESKTOP: 'GNOME',
  };
  const journal = join(folder, 'lockdown.json');
  const play = async (what: 'lock' | 'restore', dieAt = 0): Promise<number> => {
    const args = [CHILD, '--journal', journal, '--do', what, '--die-at', String(dieAt)];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [said, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(`${what} ended with ${code}`);
    return signal === 'SIGKILL' ? 0 : Number(said);
  };
  for (const setting of OWN_SETTINGS) spawnSync('gsettings', ['set', ...setting], { env });
  spawnSync('setxkbmap', ['-option', 'terminate:ctrl_alt_bksp'], { env });
  const before = stateOf(env);
  const moments = await play('lock');
  const left = compare(before, stateOf(env), 'without a crash');
  // Cut short where all is done and nothing undone yet.
  await play('lock', Math.ceil(moments / 2));
  const changed = compare(before, stateOf(env), '').length;
  await play('restore');
  let [crashes, crashesOfRestore] = [0, 0];
  for (let at = 1; at <= moments; at += every) {
    await play('lock', at);
    crashes += 1;
    // The power may go again while the machine is put back: at another moment each time.
    if ((await play('restore', 1 + ((at * 7) % 60))) === 0) crashesOfRestore += 1;
    await play('restore');
    left.push(...compare(before, stateOf(env), `crash at ${at}`));
    if (existsSync(journal)) left.push(`crash at ${at}: the journal is still there`);
    onCrash?.(at, moments);
  }
  writeFileSync(journal, '{"format":"exam-station/lockdown@1","entr');
  await play('restore');
  const seconds = Math.round((performance.now() - started) / 1000);
  return { changed, moments, crashes, crashesOfRestore, leftovers: left.length, left: left.slice(0, 20), seconds };
}

/** All that the steps may change: the desktop's settings as somebody set them, the keyboard of the X server. */
function stateOf(env: NodeJS.ProcessEnv): readonly string[] {
  const said = (program: string, ...args: readonly string[]): string[] =>
    spawnSync(program, [...args], { env, encoding: 'utf8' }).stdout.split('\n');
  return [...said('gsettings', 'list-recursively').sort(), ...said('setxkbmap', '-query')];
}

const compare = (before: readonly string[], after: readonly string[], when: string): string[] =>
  after.filter((line) => !before.includes(line)).map((line) => `${when}: ${line}`);
