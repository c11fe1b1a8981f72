import { type Command, Option } from 'commander';
import { type DemoOptions, type DemoReport, demoFolders, runDemo } from '../demo/index.ts';
import { HOSTS } from '../demo/terminal.ts';
import { type CommandResult, present } from '../output.ts';

type Options = DemoOptions & { readonly json?: boolean };

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'play whole sittings unattended: real browser, real camera feeds, emulated reader, a center of its own',
    )
    .option('--camera <dir>', 'folder of motion JPEG feeds', demoFolders.camera)
    .option('--bank <file>', 'Excel workbook; the first usable one of the shared data without it')
    .option('--only <name>', 'one scenario')
    .addOption(
      new Option('--host <name>', 'a plain Chromium, or the kiosk on a real Electron')
        .choices(HOSTS)
        .default('browser'),
    )
    .option('--data <dir>', 'where it works; emptied first', demoFolders.work)
    .option('--verbose', "show the programs' logs")
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => demo(options)));
}

async function demo(options: Options): Promise<CommandResult> {
  const report = await runDemo(options, ({ ok, name }) => process.stderr.write(`${mark(ok)} ${name}\n`));
  return { exit: report.ok ? 0 : 1, json: report, text: inWords(report) };
}

const mark = (ok: boolean): string => (ok ? 'ok  ' : 'FAIL');

const inWords = ({ scenarios, seconds, export: path }: DemoReport): string[] => [
  ...scenarios.map(({ name, ok, outcome, reason, receipt }) =>
    [mark(ok), `${name}:`, outcome, reason, receipt].filter(Boolean).join(' '),
  ),
  path
    ? `${seconds} s; signed batch in ${path}; check it with: npm run -s cli -- verify ${path}`
    : `${seconds} s; no batch was made`,
];
