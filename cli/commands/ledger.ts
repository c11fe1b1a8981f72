import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { explainOfCenter } from '../../messages/of-center.ts';
import { type LedgerFound, ledgerOf, ledgerStretch, witnessedIn } from '../../station/offline/index.ts';
import { FORCE, type OutOptions, writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';

type Lines = readonly [first: number, last: number];
type Options = OutOptions & {
  readonly data: string;
  readonly against: readonly string[];
  readonly stretch?: Lines;
  readonly out?: string;
  readonly check?: boolean;
  readonly json?: boolean;
};

const USAGE = 'say what to do: --check, with files to hold it against, or --stretch';

export function addLedger(program: Command): void {
  program
    .command('ledger')
    .description(
      'go over the ledger in a data folder, and hold it against lines that were seen elsewhere; nothing is changed',
    )
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--check', 'every line must follow the one before it')
    .option(
      '--against <file>',
      'with --check: proof files, batches, records, or heads that the center kept (`heads`); may be given more than once',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--stretch <first-last>', 'write these lines as they were hashed', lines)
    .option('--out <file>', 'with --stretch: where to; standard output without it')
    .option(...FORCE)
    .option('--json', 'print one JSON document')
    .action((options: Options, command: Command) => {
      const { data, against, stretch, out, force, check, json } = options;
      if (stretch && !check) return present(json, () => cutOut(data, stretch, { out, force }));
      if (!check) command.error(USAGE);
      return present(json, () =>
        inWords(
          ledgerOf(
            data,
            against.flatMap((file) => witnessedIn(readFileSync(file, 'utf8'))),
          ),
        ),
      );
    });
}

function lines(text: string): Lines {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!first || !last || last < first) throw new InvalidArgumentError('two lines are meant, such as 10-25');
  return [first, last];
}

async function cutOut(
  data: string,
  [first, last]: Lines,
  { out, force }: OutOptions & { readonly out: string | undefined },
): Promise<CommandResult> {
  const json = ledgerStretch(data, first, last);
  const text = `${JSON.stringify(json, null, 2)}\n`;
  if (out) await writeOut(out, text, { force });
  return { exit: 0, json, text: [out ? `${json.lines.length} lines: ${out}` : text.trimEnd()] };
}

function inWords(found: LedgerFound): CommandResult {
  const { stationId, lines: count, head, broken, compared, missed } = found;
  const ok = broken === undefined && missed.length === 0;
  const reason = broken === undefined ? ('ledger-rewritten' as const) : ('ledger-broken' as const);
  const text = [
    `${stationId ?? 'not enrolled'}: ${count} lines, the last is ${head}`,
    ...(broken === undefined
      ? ['every line follows the one before it']
      : [`line ${broken} does not follow the one before it`]),
    `${compared} line(s) of it were seen elsewhere, ${compared - missed.length} are the same here`,
    ...missed.map(
      ({ sequence, head: seen, here }) => `line ${sequence}: seen as ${seen}, here ${here ?? 'there is none'}`,
    ),
    ...(ok ? [] : [explainOfCenter(reason, 'zh'), explainOfCenter(reason, 'en')]),
  ];
  return { exit: ok ? 0 : 1, json: { ok, ...(ok ? {} : { reason }), ...found }, text };
}
