import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '../../contract/words/reasons.ts';
import { openArchive } from '../../station/offline/index.ts';
import { closing } from '../closing.ts';
import { type CommandResult, present } from '../output.ts';

type Options = { readonly data: string; readonly list?: boolean; readonly json?: boolean };

export function addResend(program: Command): void {
  program
    .command('resend')
    .description('try results again that the center refused; the station sends them at its next turn')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--list', 'only say which they are, and why')
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => resend(options)));
}

async function resend({ data, list }: Options): Promise<CommandResult> {
  if (!existsSync(join(data, 'station.db'))) throw new Refusal('data-missing', data);
  const refused = await closing(openArchive(data), (archive) => (list ? archive.setAside() : archive.resend()));
  const text = refused.map(
    ({ sitting, reason, detail, since }) =>
      `${sitting}  refused since ${since}: ${detail ? `${reason}: ${detail}` : reason}`,
  );
  const end = list ? `${refused.length} refused` : `${refused.length} to be sent again`;
  return { exit: 0, json: { ok: true, refused }, text: [...text, end] };
}
