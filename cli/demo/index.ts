import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { importBank } from '../../authoring/import/index.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { openFaceEngine } from '../../native/face/index.ts';
import { makeBank } from '../../proof/index.ts';
import { openArchive } from '../../station/offline/index.ts';
import { buildPage } from '../build-page.ts';
import { closing } from '../closing.ts';
import { modelsHere } from '../faces.ts';
import { type Cast, castParts, readClips } from './clips.ts';
import { keysOf } from './keys.ts';
import type { ScenarioReport } from './report.ts';
import type { Scenario, Stage } from './scenarios.ts';
import { type DemoCandidate, demoCandidate, openSite } from './site.ts';
import type { Host, HostName } from './terminal.ts';

const root = resolve(import.meta.dirname, '../..');
const shared = process.env.EXAM_STATION_DATA ?? resolve(root, '../shared/data');

/** Where the demonstration looks and works unless told otherwise. */
export const demoFolders = {
  camera: join(shared, 'camera'),
  banks: join(shared, 'banks'),
  work: join(root, 'data/demo'),
} as const;

export type DemoOptions = {
  readonly camera: string;
  readonly bank?: string;
  readonly only?: string;
  readonly data: string;
  readonly host: HostName;
  readonly verbose?: boolean;
};

export type DemoReport = {
  readonly ok: boolean;
  readonly host: HostName;
  /** Path of the newest signed batch. */
  readonly export: string | null;
  readonly seconds: number;
  readonly bank: { readonly file: string; readonly items: number };
  /** Which feed plays which part. */
  readonly camera: Readonly<Record<string, string>>;
  readonly ledgerBrokenAt: number | null;
  readonly scenarios: readonly ScenarioReport[];
};

/**
 * Plays whole sittings, unattended, on a site of its own.
 * @throws Refusal naming what is missing: a browser or an Electron, feeds, weights, a bank
 */
export async function runDemo(options: DemoOptions, onScenario: (report: ScenarioReport) => void): Promise<DemoReport> {
  const started = performance.now();
  if (!existsSync(options.camera)) throw new Refusal('camera-missing', `${options.camera} is not there`);
  const { SCENARIOS } = await import('./scenarios.ts');
  const wanted = SCENARIOS.filter(({ name }) => !options.only || name === options.only);
  if (wanted.length === 0)
    throw new Error(`no scenario ${options.only}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  buildPage();
  const { bank, pictures, file } = await readBank(options.bank);
  const cast = await readCast(options.camera);

  const plan = wanted.map((scenario, i) => ({
    scenario,
    who: demoCandidate(`考生${i + 1}`, i + 1, cast.enrolment.best ?? null),
  }));
  const folder = resolve(options.data);
  const candidates = plan.map(({ who }) => who);
  const host = await openHost(options.host);
  const quiet = !options.verbose;
  const played = await closing(host, async () => {
    const site = await openSite({ folder, bank, pictures, candidates, quiet, runs: host.runs });
    return closing(site, async () => {
      const scenarios = await playAll(plan, { site, cast, host, folder, keys: keysOf(bank) }, onScenario);
      return { scenarios, ...(await exportNewest(site.stationData(), folder)) };
    });
  });
  const camera = Object.fromEntries(Object.entries(cast).map(([part, clip]) => [part, clip.name]));
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const ok = played.scenarios.every((scenario) => scenario.ok) && played.ledgerBrokenAt === null;
  return {
    ok,
    host: options.host,
    export: played.path,
    seconds,
    bank: { file, items: bank.items.length },
    camera,
    ledgerBrokenAt: played.ledgerBrokenAt,
    scenarios: played.scenarios,
  };
}

type Part = { readonly scenario: Scenario; readonly who: DemoCandidate };

async function playAll(
  plan: readonly Part[],
  stage: Stage,
  onScenario: (report: ScenarioReport) => void,
): Promise<readonly ScenarioReport[]> {
  const { playScenario } = await import('./scenarios.ts');
  const reports: ScenarioReport[] = [];
  for (const { scenario, who } of plan) {
    const report = await playScenario(scenario, stage, who);
    reports.push(report);
    onScenario(report);
    // Whoever broke off still sits there; the next one gets another station.
    if (report.notes?.broke) await stage.site.replaceStation();
  }
  return reports;
}

/** Loaded only now: what drives them are development tools that an installed station does not have. */
async function openHost(name: HostName): Promise<Host> {
  if (name === 'electron') return (await import('./electron-host.ts')).openElectronHost();
  return (await import('./browser-host.ts')).openBrowserHost();
}

/** @throws Refusal `no-items` where no workbook has any */
async function readBank(wanted: string | undefined) {
  for (const file of wanted ? [wanted] : workbooks()) {
    try {
      const { items, pictures } = await importBank(readFileSync(file), file);
      if (items.length === 0) continue;
      return { bank: makeBank({ zh: basename(file, '.xlsx') }, items), pictures: pictures.values(), file };
    } catch (error) {
      if (wanted || !(error instanceof Refusal)) throw error;
    }
  }
  throw new Refusal('no-items', wanted ?? `no workbook in ${demoFolders.banks}; name one with --bank`);
}

function workbooks(): string[] {
  if (!existsSync(demoFolders.banks)) return [];
  const names = readdirSync(demoFolders.banks).filter((name) => name.endsWith('.xlsx'));
  return names.sort().map((name) => join(demoFolders.banks, name));
}

async function readCast(folder: string): Promise<Cast> {
  const engine = await openFaceEngine(modelsHere());
  try {
    return castParts(await readClips(folder, engine));
  } finally {
    await engine.close();
  }
}

const exportNewest = (stationData: string, folder: string) =>
  closing(openArchive(stationData), (archive) => {
    const ledgerBrokenAt = archive.firstBroken() ?? null;
    const file = archive.proofFile();
    if (!file) return { path: null, ledgerBrokenAt };
    const path = join(folder, `batch-${file.number}.json`);
    writeFileSync(path, file.text);
    return { path, ledgerBrokenAt };
  });
