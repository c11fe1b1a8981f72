import { type Command, Option } from 'commander';
import type { Statements } from '../../contract/people-center/operator-api.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { FORCE, mustTake, type OutOptions, writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';

type Options = CenterOptions & OutOptions & { readonly out: string; readonly names?: true };

/** What was studied, for other systems. */
export function addLearning(program: Command): void {
  const learning = program.command('learning').description('what was studied');
  atCenter(
    learning,
    'export',
    'write it as a file that a learning record store takes, its accounts and courses named under the address of the center: docs/courses.md',
  )
    .addOption(
      new Option('--format <format>', 'xAPI 1.0.3, sittings as cmi5 sessions').choices(['xapi']).default('xapi'),
    )
    .option('--out <file>', 'where to write it', 'statements.json')
    .option(...FORCE)
    .option('--names', 'say what people are called; without it they are accounts of the center')
    .action((options: Options) => present(options.json, () => exportStatements(options)));
}

async function exportStatements({ center, token, out, force, names }: Options): Promise<CommandResult> {
  mustTake(out, { force });
  const operator = openOperator(center, token);
  const all: Statements['statements'][number][] = [];
  let after: number | null | undefined;
  while (after !== null) {
    const { statements, next } = await operator.statements(names ?? false, after);
    all.push(...statements);
    after = next;
  }
  await writeOut(out, `${JSON.stringify(all, null, 1)}\n`, { force });
  return { exit: 0, json: { ok: true, statements: all.length, out }, text: [`${all.length} statements in ${out}`] };
}
