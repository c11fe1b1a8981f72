import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { Blueprint } from '../../contract/blueprint.ts';
import { makeBank } from '../../contract/proof/index.ts';
import { drawForm } from '../../station/forms/index.ts';
import { importWorkbook } from '../../station/items/index.ts';
import { type CommandResult, present } from '../output.ts';
import { practicalExam } from '../practical-exam.ts';

type Options = { readonly bank: string; readonly blueprint?: string; readonly seed?: string; readonly json?: boolean };

export function addForm(program: Command): void {
  const form = program.command('form').description('forms');
  form
    .command('draw')
    .description('draw a form from a workbook; the same seed gives the same form')
    .requiredOption('--bank <file>', 'Excel workbook (.xlsx)')
    .option('--blueprint <file>', 'JSON: {"rows": [{"kind", "count", "marks"}]}')
    .option('--seed <text>', 'a seed; random without it', seedText)
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => draw(options)));
}

async function draw({
  bank: file,
  blueprint: table,
  seed = randomBytes(16).toString('hex'),
}: Options): Promise<CommandResult> {
  const { items } = await importWorkbook(readFileSync(file), file);
  const bank = makeBank({ zh: basename(file, '.xlsx') }, items);
  const blueprint = table ? Blueprint.parse(JSON.parse(readFileSync(table, 'utf8'))) : practicalExam(bank).blueprint;
  const form = drawForm(bank, blueprint, seed);
  const stemOf = new Map(bank.items.map((item) => [item.id, item.stem.zh]));
  const text = [
    `seed ${form.seed}`,
    `form ${form.formHash}`,
    ...form.items.map(({ itemId }, i) => `${i + 1}. ${stemOf.get(itemId)}`),
  ];
  return { exit: 0, json: { ok: true, ...form }, text };
}

function seedText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('an empty seed draws the same form for everybody');
  return text;
}
