import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { makeBank } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import { openFaceEngine } from '../../native/face/index.ts';
import { openArchive } from '../../station/archive.ts';
import { importWorkbook } from '../../station/items/index.ts';
import { findChromium } from '../chromium.ts';
import { type Cast, castParts, readClips } from '../demo/clips.ts';
import { demoCandidate, openSite } from '../demo/site.ts';
import { type CommandResult, present } from '../output.ts';

const root = resolve(import.meta.dirname, '../..');
const shared = process.env.EXAM_STATION_DATA ?? resolve(root, '../shared/data');

type Options = {
  readonly camera: string;
  readonly bank?: string;
  readonly only?: string;
  readonly data: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
};

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'play whole sittings unattended: real browser, real camera feeds, emulated reader, a center of its own',
    )
    .option('--camera <dir>', 'folder of motion JPEG feeds', join(shared, 'camera'))
    .option('--bank <file>', 'Excel workbook; the first usable one of the shared data without it')
    .option('--only <name>', 'one scenario')
    .option('--data <dir>', 'where it works; emptied first', join(root, 'data/demo'))
    .option('--verbose', "show the programs' logs")
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => demo(options)));
}

async function demo(options: Options): Promise<CommandResult> {
  const started = performance.now();
  const chromium = await findChromium();
  if (!chromium) throw new Refusal('internal', 'no Chromium here; `npm test` installs one');
  if (!existsSync(options.camera)) throw new Refusal('camera-missing', `${options.camera} is not there`);
  const { bank, file } = await readBank(options.bank);
  const cast = await readCast(options.camera);
  // Loaded only now: the browser driver is a development tool that an installed station does not have.
  const [{ SCENARIOS, playScenario }, { keysOf }] = await Promise.all([
    import('../demo/scenarios.ts'),
    import('../demo/kiosk.ts'),
  ]);
  const wanted = SCENARIOS.filter(({ name }) => !options.only || name === options.only);
  if (wanted.length === 0)
    throw new Error(`no scenario ${options.only}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);

  const candidates = wanted.map((_, i) => demoCandidate(`考生${i + 1}`, i + 1, cast.enrolment.best ?? null));
  const folder = resolve(options.data);
  await using site = await openSite({
    folder,
    bank,
    candidates,
    quiet: !options.verbose,
  });
  const stage = { site, cast, chromium, folder, keys: keysOf(bank) };
  const scenarios = [];
  for (const [i, scenario] of wanted.entries()) {
    scenarios.push(await playScenario(scenario, stage, candidates[i] as (typeof candidates)[number]));
    process.stderr.write(`${scenarios.at(-1)?.ok ? 'ok  ' : 'FAIL'} ${scenario.name}\n`);
  }
  const { path, brokenAt } = exportNewest(site.stationData, folder);
  const ok = scenarios.every((scenario) => scenario.ok) && brokenAt === null;
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const used = Object.fromEntries(Object.entries(cast).map(([part, clip]) => [part, clip.name]));
  const json = {
    ok,
    export: path,
    seconds,
    bank: { file, items: bank.items.length },
    camera: used,
    ledgerBrokenAt: brokenAt,
    scenarios,
  };
  const text = [
    ...scenarios.map(
      ({ name, ok: held, outcome, reason, receipt }) =>
        `${held ? 'ok  ' : 'FAIL'} ${name}: ${outcome} ${reason ?? ''} ${receipt ?? ''}`,
    ),
    `${seconds} s; signed batch in ${path}; check it with: npm run -s cli -- verify ${path}`,
  ];
  return { exit: ok ? 0 : 1, json, text };
}

/** @throws Refusal `no-items` where no workbook has any */
async function readBank(wanted: string | undefined) {
  const folder = join(shared, 'banks');
  const files = wanted
    ? [wanted]
    : existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.xlsx'))
          .sort()
          .map((name) => join(folder, name))
      : [];
  for (const file of files) {
    try {
      const { items } = await importWorkbook(readFileSync(file), file);
      if (items.length > 0) return { bank: makeBank({ zh: basename(file, '.xlsx') }, items), file };
    } catch (error) {
      if (wanted || !(error instanceof Refusal)) throw error;
    }
  }
  throw new Refusal('no-items', wanted ?? `no workbook in ${folder}; name one with --bank`);
}

async function readCast(folder: string): Promise<Cast> {
  const engine = await openFaceEngine({ threads: 2 });
  try {
    return castParts(await readClips(folder, engine));
  } finally {
    await engine.close();
  }
}

function exportNewest(stationData: string, folder: string): { path: string | null; brokenAt: number | null } {
  using archive = openArchive(stationData);
  const brokenAt = archive.firstBroken() ?? null;
  const file = archive.proofFile();
  if (!file) return { path: null, brokenAt };
  const path = join(folder, `batch-${file.number}.json`);
  writeFileSync(path, file.text);
  return { path, brokenAt };
}
