import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findChromium } from '../../cli/chromium.ts';
import { openBrowserHost } from '../../cli/demo/browser-host.ts';
import { openElectronHost } from '../../cli/demo/electron-host.ts';
import { openKiosk } from '../../cli/demo/kiosk.ts';
import { type DemoCandidate, demoCandidate, openSite, type Site } from '../../cli/demo/site.ts';
import type { Host } from '../../cli/demo/terminal.ts';
import { noLab, openKioskLab } from '../../cli/lab/kiosk-lab.ts';
import { seedBank } from '../../tests/stage.ts';
import type { Skipped } from '../peers/peer.ts';
import { type OpenBare, openBareBrowser, openBareWindow } from './bare.ts';
import { type Bundle, weighBundle } from './bundle.ts';
import { type Faces, readFaces } from './faces.ts';
import type { Means } from './hands.ts';
import { inNewBrowsers, inTheWindow, type Loads, timeLoads } from './loads.ts';
import { type SittingSpeed, timeSitting } from './sitting.ts';
import type { Answered } from './summary.ts';

/** How fast the page is there, answers and stands still, in each place where it is shown. */
export type InterfaceBench = {
  readonly rounds: number;
  readonly laps: number;
  readonly bundle: Bundle;
  readonly hosts: Readonly<Record<HostName, HostSpeed | Skipped>>;
};
export type HostName = 'browser' | 'kiosk';
export type HostSpeed = {
  readonly loads: Loads;
  /** A page with one button: before and after the sittings. */
  readonly bare: Answered;
  readonly unwatched: SittingSpeed;
  /** The same with the camera looked through all the time. */
  readonly watched: SittingSpeed | Skipped;
  /** Of the 95th percentiles until the next picture, by each means. */
  readonly ratios: Readonly<Record<Means, Ratios>>;
};

type Ratios = {
  readonly unwatchedToBare: number;
  readonly watchedToBare?: number;
  readonly watchedToUnwatched?: number;
};

type Place = { readonly whyNot: () => Promise<string | undefined>; readonly open: () => Promise<Host> };

const folder = resolve(import.meta.dirname, '../../data/bench-interface');
const LAPS_A_ROUND = 0.2;
const BARE_USES_A_LAP = 5;

const PLACES: Readonly<Record<HostName, Place>> = {
  browser: {
    whyNot: async () => ((await findChromium()) ? undefined : 'skipped: no Chromium is on this machine'),
    open: openBrowserHost,
  },
  kiosk: { whyNot: async () => noLab(), open: openElectronHost },
};

/** @param rounds loads that are timed; a fifth as many laps over the paper */
export async function benchInterface(rounds: number): Promise<InterfaceBench> {
  const faces = await readFaces();
  const laps = Math.max(2, Math.ceil(rounds * LAPS_A_ROUND));
  const hosts: Partial<Record<HostName, HostSpeed | Skipped>> = {};
  for (const [name, { whyNot, open }] of Object.entries(PLACES) as [HostName, Place][]) {
    const skipped = await whyNot();
    hosts[name] = skipped ? { skipped } : await timeHost(name, await open(), faces, rounds, laps);
  }
  return { rounds, laps, bundle: weighBundle(), hosts: hosts as InterfaceBench['hosts'] };
}

async function timeHost(
  name: HostName,
  opened: Host,
  faces: Faces | Skipped,
  rounds: number,
  laps: number,
): Promise<HostSpeed> {
  await using host = opened;
  const photo = 'photo' in faces ? faces.photo : null;
  const candidates = ['李文静', '陈建国'].map((who, i) => demoCandidate(who, i + 1, photo));
  const work = join(folder, name);
  mkdirSync(folder, { recursive: true });
  await using site = await openSite({ folder: work, ...seedBank(), candidates, quiet: true, runs: host.runs });
  const [first, second] = candidates as [DemoCandidate, DemoCandidate];
  const story = 'story' in faces ? faces.story : undefined;
  const loads = await loadsAt(host, site, work, story, rounds);
  await using bare = await openBare(name, work);
  await bare.use(laps * BARE_USES_A_LAP);
  const sit = async (who: DemoCandidate, camera: Uint8Array | undefined): Promise<SittingSpeed> => {
    await using terminal = await host.openTerminal(site, work, camera ? 'watched' : 'unwatched', camera);
    const sitter = { number: who.number, pin: site.proctorPin, watched: camera !== undefined };
    return await timeSitting(terminal.kiosk.page, sitter, laps);
  };
  const unwatched = await sit(first, undefined);
  const watched = 'skipped' in faces ? faces : await sit(second, faces.story);
  await bare.use(laps * BARE_USES_A_LAP);
  const floor = bare.answered();
  return { loads, bare: floor, unwatched, watched, ratios: ratiosOf(floor, unwatched, watched) };
}

async function loadsAt(host: Host, site: Site, work: string, story: Uint8Array | undefined, rounds: number) {
  const chromium = (await findChromium()) ?? '';
  if (host.runs === 'station')
    return timeLoads(
      inNewBrowsers(() => openKiosk(chromium, work, 'loads', story), site.url()),
      rounds,
    );
  await using terminal = await host.openTerminal(site, work, 'loads', story);
  const { page } = terminal.kiosk;
  await page.locator('[data-screen="idle"]').waitFor();
  return await timeLoads(await inTheWindow(page), rounds);
}

async function openBare(name: HostName, work: string): Promise<OpenBare> {
  if (name === 'browser') return openBareBrowser((await findChromium()) ?? '', work);
  const lab = await openKioskLab();
  const bare = await openBareWindow(lab);
  const close = async (): Promise<void> => {
    await bare[Symbol.asyncDispose]();
    await lab[Symbol.asyncDispose]();
  };
  return { ...bare, [Symbol.asyncDispose]: close };
}

function ratiosOf(bare: Answered, unwatched: SittingSpeed, watched: SittingSpeed | Skipped): HostSpeed['ratios'] {
  const ratiosBy = (means: Means): Ratios => {
    const p95 = ({ by }: Answered): number => by[means].p95Ms;
    const unwatchedToBare = p95(unwatched) / p95(bare);
    if ('skipped' in watched) return { unwatchedToBare };
    return {
      unwatchedToBare,
      watchedToBare: p95(watched) / p95(bare),
      watchedToUnwatched: p95(watched) / p95(unwatched),
    };
  };
  return { mouse: ratiosBy('mouse'), touch: ratiosBy('touch'), key: ratiosBy('key') };
}
