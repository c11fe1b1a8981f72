import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { LOCALES, type Locale } from '../../contract/words/localized.ts';
import { faceReportWords } from '../../messages/face-report.ts';
import { type Calibration, readCalibration, shippedCalibration, shippedFor } from '../../native/face/index.ts';
import {
  type AtThreshold,
  calibrateLive,
  calibrate as calibrationOf,
  detCurve,
  detReport,
  type Evaluation,
  evaluate,
  evaluatePresentation,
  type Figures,
  type Interval,
  type OperatingPoint,
  type Rate,
} from '../face-eval/index.ts';
import { modelsHere } from '../faces.ts';
import { writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { checkPhotos } from './face-check.ts';
import { CLIPS, runSpecies, type SpeciesOptions, speciesNamed } from './face-species.ts';

type EvalOptions = {
  readonly pairs: string;
  readonly root: string;
  readonly cross?: boolean;
  readonly engines: number;
  readonly report?: string;
  readonly calibrate?: string;
  readonly fmr: number;
  readonly live?: number;
  readonly lang: Locale;
  readonly json?: boolean;
};

export function addFace(program: Command): void {
  const face = program.command('face').description('the face networks, measured');
  face
    .command('eval')
    .description('how well the networks tell people apart, on your own photos with known answers')
    .requiredOption('--pairs <csv>', 'path_a,path_b,same and, where there are, fold and group (or group_a, group_b)')
    .requiredOption('--root <dir>', 'folder the paths are in')
    .option(
      '--cross',
      'compare every two photos, not the pairs of the list alone: needed for false match rates below 1/pairs',
    )
    .option(
      '--engines <number>',
      'how many at once, one thread each',
      countUpTo(16),
      Math.min(2, availableParallelism()),
    )
    .option('--report <file>', 'write an HTML report with the DET curve; a name ending in .svg gives the curve alone')
    .option('--calibrate <file>', 'write thresholds for a station: see EXAM_STATION_CALIBRATION')
    .option('--live <number>', 'of a calibration: live at or above, as face pad showed it to be right here', share)
    .option('--fmr <number>', 'of a calibration: strangers accepted at most', share, 1e-4)
    .addOption(new Option('--lang <language>', 'of the report').choices(['zh', 'en']).default('zh'))
    .option('--json', 'print one JSON document')
    .action((options: EvalOptions) => present(options.json, () => runEval(options)));
  face
    .command('check')
    .description('whether photos would do for enrolment, and what to do about those that would not')
    .argument('<photo...>', 'JPEG, PNG, WebP, GIF or TIFF')
    .option('--json', 'print one JSON document')
    .action((photos: string[], { json }: { json?: boolean }) => present(json, () => checkPhotos(photos)));
  face
    .command('pad')
    .description(
      'how often attacks pass and people do not (ISO/IEC 30107-3: APCER and BPCER): passive liveness on your own photos, or whole check-ins with --species',
    )
    .option('--live <dir>', 'photos of live people')
    .option('--spoof <dir>', 'photos of attacks; each folder in it is a species of attack')
    .option(
      '--threshold <number>',
      'live at or above; otherwise what ships for single photos, and with --calibrate what the calibration says of looks',
      share,
    )
    .option(
      '--calibrate <file>',
      'write this threshold, and what it did, into a calibration; makes one where there is none',
    )
    .option(
      '--species [names]',
      'whole check-ins before attacks that are made of genuine clips; all species, or those named',
      speciesNamed,
    )
    .option('--clips <dir>', 'genuine clips, MJPEG, named person_anything', CLIPS)
    .option('--check-ins <number>', 'of each species', countUpTo(10_000), 300)
    .option('--performed <number>', 'of people who make the gestures; as many where not said', countUpTo(10_000))
    .option('--look-ms <number>', 'what a look takes on the clock of the station', countUpTo(2_000), 80)
    .option('--tries <number>', 'at most in each check-in; the station allows 3', countUpTo(3), 3)
    .option('--report <file>', 'write an HTML report with pictures')
    .addOption(new Option('--lang <language>', 'of the report').choices(LOCALES).default('zh'))
    .option('--json', 'print one JSON document')
    .action((options: PadOptions | SpeciesOptions) =>
      present(options.json, () => ('species' in options ? runSpecies(options) : runPad(options))),
    );
}

type PadOptions = {
  readonly live?: string;
  readonly spoof?: string;
  readonly threshold?: number;
  readonly calibrate?: string;
  readonly json?: boolean;
};

async function runPad(options: PadOptions): Promise<CommandResult> {
  const { live: genuine, spoof } = options;
  if (!genuine || !spoof) throw new Error('name photos with --live and --spoof, or say --species');
  const base = options.calibrate ? baseOf(options.calibrate) : undefined;
  const { live, liveOfStill } = shippedCalibration;
  const threshold = options.threshold ?? base?.live ?? liveOfStill ?? live;
  const report = await evaluatePresentation({ live: genuine, spoof, threshold });
  const calibration = base ? calibrateLive(base, report) : null;
  if (options.calibrate)
    await writeOut(options.calibrate, `${JSON.stringify(calibration, null, 2)}\n`, { force: true });
  const line = (name: string, { rate, errors, photos, unjudged, interval: [from, to] }: Rate) =>
    rate === null
      ? `${name}: no face in any of ${photos} photos`
      : `${name}: ${percent(rate)} (${percent(from)} to ${percent(to)}), ${errors} of ${photos - unjudged}; ${unjudged} without a face`;
  const text = [
    line('BPCER, live people refused', report.bpcer),
    ...Object.entries(report.apcer).map(([species, rate]) => line(`APCER, ${species} accepted`, rate)),
  ];
  return { exit: 0, json: { ok: true, ...report, calibration }, text };
}

/** What `face eval` wrote there, or what ships where nothing is there yet. */
const baseOf = (file: string): Calibration =>
  existsSync(file) ? readCalibration(modelsHere(), file) : shippedCalibration;

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

async function runEval(options: EvalOptions): Promise<CommandResult> {
  const { pairs, root, cross = false, engines, report, calibrate, lang } = options;
  const evaluation = await evaluate({ pairs, root, cross, engines, thresholds: inUse() }, progressLine('photos'));
  const calibration = calibrate ? calibrationFrom(evaluation, options) : null;
  if (calibrate) await writeOut(calibrate, `${JSON.stringify(calibration, null, 2)}\n`, { force: true });
  const everybody = { name: faceReportWords[lang].everybody, ...evaluation };
  const drawn = (to: string): string =>
    to.endsWith('.svg') ? detCurve([everybody, ...evaluation.groups]) : detReport(evaluation, pairs, lang);
  if (report) await writeOut(report, drawn(report), { force: true });
  const text = [
    `${evaluation.pairs} pairs of ${evaluation.photos} photos; no face found in ${evaluation.failuresToDetect}, unreadable ${evaluation.unreadable.length}`,
    `accuracy ${percent(evaluation.accuracy)} over ${evaluation.folds} fold(s)`,
    ...[{ ...evaluation, name: 'everybody' }, ...evaluation.groups].flatMap(figuresInWords),
    `${evaluation.msPerImage.toFixed(1)} ms per photo and thread`,
    ...(report ? [`report in ${report}`] : []),
    ...(calibration
      ? [
          `calibration in ${calibrate}: accept ${calibration.accept.toFixed(4)}, refuse below ${calibration.refuseBelow.toFixed(4)}`,
        ]
      : []),
  ];
  const { curve: _, groups, ...figures } = evaluation;
  const byGroup = groups.map(({ curve: __, ...group }) => group);
  return { exit: 0, json: { ok: true, ...figures, groups: byGroup, report: report ?? null, calibration }, text };
}

/** What a station with these networks goes by; nothing where they have no calibration. */
function inUse(): readonly Pick<AtThreshold, 'name' | 'threshold'>[] {
  const calibration = shippedFor(modelsHere().embedder);
  return calibration
    ? (['accept', 'refuseBelow'] as const).map((name) => ({ name, threshold: calibration[name] }))
    : [];
}

function figuresInWords({ name, people, genuine, impostor, ...figures }: Figures & { readonly name: string }) {
  const point = ({ targetFmr, threshold, fnmr, fnmrInterval }: OperatingPoint): string =>
    `FMR <= ${targetFmr}: threshold ${threshold.toFixed(4)}, FNMR ${percent(fnmr)} (${between(fnmrInterval)})`;
  return [
    `${name}: ${people} people, ${genuine} pairs of one, ${impostor} of two; EER ${percent(figures.eer)}`,
    ...figures.points.map((one) => `  ${point(one)}`),
    ...figures.balanced.map((one) => `  every person once, ${point(one)}`),
    ...figures.atThresholds.map(
      ({ name: which, threshold, fmr, fnmr, fnmrInterval, fmrInterval }) =>
        `  ${which} ${threshold}: FMR ${percent(fmr)} (${between(fmrInterval)}), FNMR ${percent(fnmr)} (${between(fnmrInterval)})`,
    ),
  ];
}

const between = ([from, to]: Interval): string => `${percent(from)} to ${percent(to)}`;

function calibrationFrom(
  evaluation: Evaluation,
  { pairs, fmr, live = shippedCalibration.live }: EvalOptions,
): Calibration {
  const { embedder, antiSpoof } = modelsHere();
  return calibrationOf(evaluation, { pairs, fmr, embedder, antiSpoof, live, sameFace: shippedFor(embedder)?.sameFace });
}

/** One line on standard error that counts up, where somebody watches. */
function progressLine(what: string): (done: number, of: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, of) => void process.stderr.write(`\r${done} of ${of} ${what}${done === of ? '\n' : ''}`);
}

const countUpTo =
  (most: number) =>
  (text: string): number => {
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1 || count > most)
      throw new InvalidArgumentError(`a number from 1 to ${most}`);
    return count;
  };

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('a number from 0 to 1');
  return value;
}
