import { rmSync } from 'node:fs';
import { mustFit, type Release, type Update } from '../../contract/shell/update.ts';
import { instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { openUpdate } from '../../proof/index.ts';
import { sittingNotOver, stationRunsOn } from '../../station/offline/index.ts';
import type { Installation, Machine } from './machine.ts';

export type Wish = {
  readonly file: string;
  /** Given by whoever types the command; without it the key that is trusted on the machine. */
  readonly key: PublicKey | undefined;
  /** Where the station keeps its exams. */
  readonly data: string;
  readonly downgrade: boolean;
};

export type Updated = {
  readonly version: Release;
  readonly former: Release | undefined;
  readonly state: Installation;
  /** `none`: nothing was stopped, so nothing was started. */
  readonly kiosk: 'running' | 'failed' | 'none';
  readonly wayBack: string;
};

/**
 * Installs an update on this machine. Whatever is wrong before the system's installer begins, nothing is changed.
 * @throws Refusal every reason that begins with `update-`, `data-damaged`
 */
export async function installUpdate(wish: Wish, machine: Machine): Promise<Updated> {
  const key = wish.key ?? machine.trustedKey();
  if (!key) throw new Refusal('update-key-missing');
  const { update, unpackTo } = await openUpdate(wish.file, key);
  const former = machine.installed();
  const { platform, arch } = machine;
  mustFit(update, { platform, arch, installed: former, now: instant(new Date()) }, wish.downgrade);
  if (!machine.isAdministrator()) throw new Refusal('update-not-administrator');
  nobodyMaySit(wish.data);
  const path = machine.incoming();
  try {
    await unpackTo(path);
    machine.inspect(path, update);
    return await undisturbed(() => replace(path, update, former, wish.data, machine));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

async function replace(
  path: string,
  update: Update,
  former: Release | undefined,
  data: string,
  machine: Machine,
): Promise<Updated> {
  const wayBack = machine.wayBack(former);
  const stopped = machine.stopKiosk();
  const startAgain = (): Updated['kiosk'] => (stopped ? (machine.startKiosk() ? 'running' : 'failed') : 'none');
  let state: Installation;
  try {
    // Somebody may have sat down while the package was looked through; from here on nobody can.
    nobodyMaySit(data);
    if (stationRunsOn(data)) throw new Refusal('update-beside-station', data);
    state = await machine.install(path, update, former).catch((error: Error) => {
      throw new Refusal('update-failed', `${error.message}. ${nowInstalled(machine)}. To go back: ${wayBack}`);
    });
  } catch (error) {
    startAgain();
    throw error;
  }
  return { version: update.version, former, state, kiosk: startAgain(), wayBack };
}

function nobodyMaySit(data: string): void {
  const sitting = sittingNotOver(data);
  if (sitting) throw new Refusal('update-during-exam', `${sitting} in ${data}`);
}

const nowInstalled = (machine: Machine): string => {
  const version = machine.installed();
  return version ? `${version} is installed` : 'The program is not installed whole';
};

/** An impatient Ctrl+C or a closed terminal must not leave half an installation, and no kiosk. */
async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const;
  const ignore = (): void => {};
  for (const signal of signals) process.on(signal, ignore);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, ignore);
  }
}
