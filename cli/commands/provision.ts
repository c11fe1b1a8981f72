import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import type { WrongField } from '../../contract/page/provision.ts';
import { TERMINAL_FILE } from '../../contract/shell/terminal-settings.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { translator } from '../../messages/index.ts';
import { isEnrolled, provision } from '../../station/provision/index.ts';
import { type CommandResult, present } from '../output.ts';
import { EXAMPLE, terminalIn } from '../provision-file.ts';

type Options = {
  readonly data: string;
  readonly name?: string;
  readonly again?: boolean;
  readonly example?: boolean;
  readonly json?: boolean;
};

export function addProvision(program: Command): void {
  program
    .command('provision')
    .description('write down what this terminal is: its name, its center, its devices, its administrator')
    .argument('[file]', 'JSON or YAML: one terminal, or several under `terminals:`')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--name <name>', 'which terminal of the file')
    .option('--again', 'also where the station is enrolled already')
    .option('--example', 'print a file to begin with')
    .option('--json', 'print one JSON document')
    .action((file: string | undefined, options: Options) => present(options.json, () => run(file, options)));
}

function run(file: string | undefined, { data, name, again, example }: Options): CommandResult {
  if (example) return { exit: 0, json: { ok: true, example: EXAMPLE }, text: [EXAMPLE.trimEnd()] };
  if (file === undefined) throw new Error('name a file; `exam-station provision --example` prints one to begin with');
  const folder = resolve(data);
  const enrolled = isEnrolled(folder);
  if (enrolled && !again) throw new Refusal('already-enrolled', folder);
  const done = provision(
    folder,
    terminalIn(readUpTo(file, FILE_MOST.text, 'settings-unreadable').toString('utf8'), name),
    enrolled,
  );
  if (!done.ok) return wrongFields(done.wrong);
  const { settings, recoveryCode } = done;
  const path = join(folder, TERMINAL_FILE);
  const text = [
    `${settings.name} is written down in ${path}; it counts from the next start of the station`,
    ...(settings.centerKey ? [] : ['No centerKey: whoever answers first at the address is believed.']),
    ...(recoveryCode ? [`recovery code  ${recoveryCode}  (shown this once: write it down and lock it away)`] : []),
  ];
  const json = { ok: true, name: settings.name, path, ...(recoveryCode ? { recoveryCode } : {}) };
  return { exit: 0, json, text };
}

const [zh, en] = [translator('zh'), translator('en')];

function wrongFields(fields: readonly WrongField[]): CommandResult {
  const wrong = fields.map(({ field, problem }) => {
    const key = `provision.wrong.${problem}` as const;
    return { field, problem, zh: zh(key), en: en(key) };
  });
  const text = wrong.map((one) => `${one.field}: ${one.zh} ${one.en}`);
  return { exit: 1, json: { ok: false, reason: 'bad-message', wrong }, text: [...text, 'Nothing was written.'] };
}
