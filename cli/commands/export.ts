import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { Refusal } from '../../contract/words/reasons.ts';
import { openArchive } from '../../station/offline/index.ts';
import { closing } from '../closing.ts';
import { FORCE, type OutOptions, writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';

type Options = OutOptions & {
  readonly data: string;
  readonly batch?: number;
  readonly heads?: boolean;
  readonly out?: string;
  readonly json?: boolean;
};

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write a signed batch as a file that `verify` checks anywhere')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--batch <number>', 'which batch; the newest one without it', positive)
    .option(
      '--heads',
      "the heads of the center's log that this station saw instead, with those that contradict each other",
    )
    .option('--out <file>', 'where to write it')
    .option(...FORCE)
    .option('--json', 'print one JSON document')
    .action((options: Options) =>
      present(options.json, () => (options.heads ? exportHeads(options) : exportBatch(options))),
    );
}

async function exportBatch({ data, batch, out, force }: Options): Promise<CommandResult> {
  if (!existsSync(join(data, 'station.db'))) throw new Refusal('data-missing', data);
  const file = await closing(openArchive(data), (archive) => archive.proofFile(batch));
  if (!file) throw new Refusal('batch-unknown', batch === undefined ? 'none was made yet' : `batch ${batch}`);
  const path = out ?? `batch-${file.number}.json`;
  await writeOut(path, file.text, { force });
  return {
    exit: 0,
    json: { ok: true, file: path, batch: file.number },
    text: [`batch ${file.number} written to ${path}`],
  };
}

async function exportHeads({ data, out = 'log-heads.json', force }: Options): Promise<CommandResult> {
  if (!existsSync(join(data, 'station.db'))) throw new Refusal('data-missing', data);
  const text = await closing(openArchive(data), (archive) => archive.heads());
  if (!text) throw new Refusal('log-empty', 'this station has seen no head of it yet');
  await writeOut(out, text, { force });
  return { exit: 0, json: { ok: true, file: out }, text: [`heads of the center's log written to ${out}`] };
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1 up');
  return number;
}
