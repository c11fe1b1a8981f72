import type { Command } from 'commander';
import { destination, pino } from 'pino';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import { readVariable } from '../../contract/shell/variables.ts';
import { ExamId, type Instant, StationId } from '../../contract/words/ids.ts';
import { sayMoment } from '../../contract/words/typed-moment.ts';
import { installInto } from '../../station/offline/index.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { modelsHere } from '../faces.ts';
import { openOperator } from '../operator.ts';
import { FORCE, mustTake, type OutOptions, writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { time } from '../values.ts';

type MakeOptions = CenterOptions &
  OutOptions & {
    readonly station: string;
    readonly exam: string;
    readonly from: Instant;
    readonly until: Instant;
    readonly out: string;
  };
type InstallOptions = { readonly data: string; readonly pin?: string; readonly json?: boolean };

export function addPackage(program: Command): void {
  const group = program.command('package').description('exams as one file, for stations without a network');
  atCenter(
    group,
    'make',
    'write an exam, its bank and its candidates as a file that only one station can open, in its time',
  )
    .requiredOption('--station <id>', 'the station it is for')
    .requiredOption('--exam <id>', 'the exam')
    .requiredOption('--from <time>', 'opens from then on, such as 2026-12-01T08:00+08:00', time)
    .requiredOption('--until <time>', 'opens until then', time)
    .requiredOption('--out <file>', 'where to write it')
    .option(...FORCE)
    .action((options: MakeOptions) => present(options.json, () => make(options)));
  group
    .command('install')
    .description('take an exam package over into a station that is not running')
    .argument('<file>', 'file written by `package make`')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--pin <pin>', "a proctor's PIN, to open it before its time")
    .option('--json', 'print one JSON document')
    .action((file: string, options: InstallOptions) => present(options.json, () => install(file, options)));
}

async function make({ center, token, station, exam, from, until, out, force }: MakeOptions): Promise<CommandResult> {
  const wish = { stationId: StationId.parse(station), examId: ExamId.parse(exam), notBefore: from, notAfter: until };
  mustTake(out, { force });
  const bytes = await openOperator(center, token).makePackage(wish);
  await writeOut(out, bytes, { force });
  const text = [`${out}: ${bytes.length} bytes, for ${station}, from ${sayMoment(from)} until ${sayMoment(until)}`];
  return { exit: 0, json: { ok: true, file: out, bytes: bytes.length, ...wish }, text };
}

async function install(file: string, { data, pin }: InstallOptions): Promise<CommandResult> {
  const log = pino({ level: readVariable('log', process.env) ?? 'warn' }, destination(2));
  const installed = await installInto(data, readUpTo(file, FILE_MOST.package, 'package-invalid'), {
    models: modelsHere(),
    log,
    pin,
  });
  const nobody =
    installed.candidates === 0 ? ['nobody is on its roster: put candidates into the center, and make it again'] : [];
  const text = [`exam ${installed.exam}: ${installed.items} items, ${installed.candidates} candidates`, ...nobody];
  return { exit: 0, json: { ok: true, ...installed }, text };
}
