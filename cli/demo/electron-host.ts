import { once } from 'node:events';
import { type KioskLab, type LabKiosk, openKioskLab } from '../lab/kiosk-lab.ts';
import { stationProcess } from '../lab/kiosk-process.ts';
import { cameraSwitches, handsOn, type Kiosk } from './kiosk.ts';
import type { Site } from './site.ts';
import type { Host, Terminal } from './terminal.ts';

/** The kiosk, locked, in its own window on a real Electron, with its station beside it. @throws Error where there is no Electron */
export async function openElectronHost(): Promise<Host> {
  const lab = await openKioskLab();
  return {
    ...{ name: 'electron', runs: 'kiosk' },
    openTerminal: (site, folder, name, story) => openTerminal(lab, site, cameraSwitches(folder, name, story)),
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  };
}

async function openTerminal(lab: KioskLab, site: Site, switches: readonly string[]): Promise<Terminal> {
  // One profile for all its starts, as on a real machine.
  const profile = lab.user.makeFolder('kiosk-demo-');
  lab.user.give(site.stationData());
  lab.user.give(site.reader.path);
  const start = async (): Promise<{ readonly app: LabKiosk; readonly kiosk: Kiosk }> => {
    const app = await lab.launch({ profile, switches, env: site.seat() });
    const page = await app.app.firstWindow();
    return {
      app,
      kiosk: handsOn(
        page,
        () => Promise.reject(new Error('a kiosk has one window')),
        async () => undefined,
      ),
    };
  };
  let running = await start();
  return {
    get kiosk() {
      return running.kiosk;
    },
    crashes: [
      {
        name: 'station-killed',
        async happen() {
          process.kill(stationProcess(running.app), 'SIGKILL');
          // Until the page has seen it, what it shows is from before.
          const waiting = running.kiosk.page.locator('.waiting');
          await waiting.waitFor();
          await waiting.waitFor({ state: 'detached' });
        },
      },
      {
        name: 'kiosk-killed',
        async happen() {
          const shell = running.app.app.process();
          const ended = once(shell, 'exit');
          shell.kill('SIGKILL');
          await ended;
          running = await start();
        },
      },
    ],
    [Symbol.asyncDispose]: () => running.app[Symbol.asyncDispose](),
  };
}
