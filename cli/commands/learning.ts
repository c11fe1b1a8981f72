import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Statements } from '../../contract/people-center/operator-api.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type Options = {
  readonly center: string;
  readonly token: string;
  readonly out: string;
  readonly names?: true;
  readonly json?: boolean;
};

/** What was studied, for other systems. */
export function addLearning(program: Command): void {
  program
    .command('learning')
    .description('what was studied')
    .command('export')
    .description('write it as a file that a learning record store takes: docs/courses.md')
    .requiredOption('--center <url>', 'address of the center; accounts and courses are named under it')
    .requiredOption('--token <token>', "the operator's token")
    .addOption(
      new Option('--format <format>', 'xAPI 1.0.3, sittings as cmi5 sessions').choices(['xapi']).default('xapi'),
    )
    .option('--out <file>', 'where to write it', 'statements.json')
    .option('--names', 'say what people are called; without it they are accounts of the center')
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => exportStatements(options)));
}

async function exportStatements({ center, token, out, names }: Options): Promise<CommandResult> {
  const operator = openOperator(center, token);
  const all: Statements['statements'][number][] = [];
  let after: number | null | undefined;
  while (after !== null) {
    const { statements, next } = await operator.statements(names ?? false, after);
    all.push(...statements);
    after = next;
  }
  writeFileSync(out, `${JSON.stringify(all, null, 1)}\n`);
  return { exit: 0, json: { ok: true, statements: all.length, out }, text: [`${all.length} statements in ${out}`] };
}
