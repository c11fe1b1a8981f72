import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Locale } from '../../contract/words/localized.ts';
import {
  type FaceEngine,
  type FaceModels,
  openFaceEngine,
  readCalibration,
  type Thresholds,
} from '../../native/face/index.ts';
import type { Species } from '../../native/presentation-attacks/index.ts';
import {
  EVERY_SPECIES,
  filmOf,
  type Measured,
  percent,
  readGenuine,
  runCampaign,
  speciesReport,
  stripOf,
} from '../face-attacks/index.ts';
import { modelsHere, ownCalibration } from '../faces.ts';
import { writeOut } from '../out-file.ts';
import type { CommandResult } from '../output.ts';

export type SpeciesOptions = {
  readonly species: readonly Species[] | true;
  readonly clips: string;
  readonly checkIns: number;
  readonly performed?: number;
  readonly lookMs: number;
  readonly tries: number;
  readonly report?: string;
  readonly lang: Locale;
  readonly json?: boolean;
};

/** Clips that lie beside the repository. */
export const CLIPS = resolve(import.meta.dirname, '../../../shared/data/camera');

/** Runs whole check-ins before attacks of each species, and before the people in the clips. */
export async function runSpecies(options: SpeciesOptions): Promise<CommandResult> {
  const models = modelsHere();
  const thresholds = readCalibration(models, ownCalibration());
  const species = options.species === true ? EVERY_SPECIES : options.species;
  const engine = await openFaceEngine(models);
  try {
    return await measure({ engine, models, thresholds, species }, options);
  } finally {
    await engine.close();
  }
}

type Before = {
  readonly engine: FaceEngine;
  readonly models: FaceModels;
  readonly thresholds: Thresholds;
  readonly species: readonly Species[];
};

async function measure(
  { engine, models, thresholds, species }: Before,
  { clips, checkIns, performed = checkIns, lookMs, tries, report, lang }: SpeciesOptions,
): Promise<CommandResult> {
  const genuine = await readGenuine(engine, clips);
  const before = { engine, models, thresholds, genuine, species };
  const campaign = await runCampaign({ ...before, checkIns, performed, lookMs, tries }, count);
  const measured: Measured = {
    ...{ ...campaign, simulated: true, clips: genuine.length, live: thresholds.live, lookMs, tries },
    people: new Set(genuine.map(({ person }) => person)).size,
  };
  if (report) await writeOut(report, speciesReport(measured, await stripsOf(genuine, species), lang), { force: true });
  return { exit: 0, json: { ok: true, ...measured, report: report ?? null }, text: inWords(measured, report) };
}

async function stripsOf(genuine: Parameters<typeof filmOf>[0], species: readonly Species[]) {
  const strips = new Map<Species, Buffer>();
  for (const one of species) strips.set(one, await stripOf(filmOf(genuine, one, 0).film));
  return strips;
}

/** It takes long: each check-in where somebody watches, otherwise what is done. */
function count(what: string, done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${what}: ${done} of ${of} check-ins${done === of ? '\n' : ''}`);
  else if (done === of) process.stderr.write(`${what}: ${of} check-ins\n`);
}

function inWords({ apcer, bpcer, performed }: Measured, report: string | undefined): readonly string[] {
  const line = (name: string, { rate, errors, checkIns, unjudged, interval: [from, to] }: NonNullable<typeof bpcer>) =>
    `${name}: ${rate === null ? 'nothing judged' : percent(rate)} (${percent(from)} to ${percent(to)}), ${errors} of ${checkIns - unjudged} check-ins`;
  const times = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ') || 'nothing';
  const why = ({ stoppedBy, light }: NonNullable<typeof bpcer>): string =>
    `stopped by ${times(stoppedBy)}; light: ${times(light)}`;
  return [
    'simulated attacks, no filmed ones; whole check-ins',
    ...Object.entries(apcer).map(
      ([name, rate]) =>
        `${line(`APCER, ${name} let in`, rate)}; passive liveness alone ${rate.passive.live} of ${rate.passive.looks} looks; ${why(rate)}`,
    ),
    line('BPCER, people stopped, no gestures asked', bpcer),
    `${line('BPCER, people stopped in two tries, gestures simulated', performed)}; ${why(performed)}`,
    ...(report ? [`report in ${report}`] : []),
  ];
}

/** @throws InvalidArgumentError where there is none of that name */
export function speciesNamed(text: string): readonly Species[] {
  return text.split(',').map((name) => {
    const species = EVERY_SPECIES.find((one) => one === name);
    if (!species) throw new InvalidArgumentError(`some of ${EVERY_SPECIES.join(',')}`);
    return species;
  });
}
