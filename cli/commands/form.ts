import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readBlueprint, usualBlueprint } from '../../authoring/blueprints/index.ts';
import {
  type Drawing,
  type DrawnForm,
  describeLack,
  drawEverywhere,
  findLacks,
  METHODS,
  openFormMaker,
  openSolver,
  simulate,
} from '../../authoring/drawing/index.ts';
import { BANK_FORMATS, importBank } from '../../authoring/import/index.ts';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import { plainText } from '../../contract/content/plain-text.ts';
import type { Blueprint } from '../../contract/words/blueprint.ts';
import { BankId, type ExamId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeBank } from '../../proof/index.ts';
import { revealSeed } from '../../station/offline/index.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { COLUMNS_OPTION, columnsFrom } from '../columns.ts';
import { exposureReport } from '../form-report.ts';
import { HIDDEN_OPTION } from '../hidden.ts';
import { openOperator } from '../operator.ts';
import { writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { TERMS_OPTION, termsFrom } from '../terms.ts';

type Source = {
  readonly bank: string;
  readonly blueprint?: string;
  readonly seed?: string;
  readonly terms?: string;
  readonly columns?: string;
  readonly hidden?: boolean;
  readonly json?: boolean;
};
type RedrawOptions = CenterOptions & { readonly bank: string; readonly seed: string; readonly form?: string };
type SimulateOptions = Source & { readonly n: number; readonly report?: string };

const BLUEPRINT =
  'YAML, JSON or Excel: rows of kind, count, marks and what else they ask for; the usual 25 items without it';

export function addForm(program: Command): void {
  const form = program.command('form').description('forms, drawn from a bank by a blueprint');
  const sources = (command: Command): Command =>
    command
      .requiredOption('--bank <file>', `a bank: ${BANK_FORMATS.join(' ')}`)
      .option('--blueprint <file>', BLUEPRINT)
      .option(...TERMS_OPTION)
      .option(...COLUMNS_OPTION)
      .option(...HIDDEN_OPTION)
      .option('--json', 'print one JSON document');
  sources(form.command('draw'))
    .description('draw a form; the same seed gives the same form')
    .option('--seed <text>', 'SERIES/NUMBER, or any text; random without it', seedText)
    .action((options: Source) => present(options.json, () => draw(options)));
  sources(form.command('check'))
    .description('whether a bank has what a blueprint asks for, and if not, which cells lack how many items')
    .action((options: Source) => present(options.json, () => check(options)));
  form
    .command('reveal')
    .description(
      'the seed behind the one that a record shows, from the station that drew the form, for `form draw --seed`',
    )
    .argument('<seed>', 'sha256:HASH/NUMBER, as in the record')
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--json', 'print one JSON document')
    .action((shown: string, { data, json }: { data: string; json?: boolean }) =>
      present(json, () => reveal(data, shown)),
    );
  atCenter(form, 'redraw', 'draw a form of years ago again, from the bank and the blueprint that the center had then')
    .requiredOption('--bank <id>', 'as the record says: bankId; `bank versions` lists them')
    .requiredOption('--seed <text>', 'SERIES/NUMBER, as `form reveal` says', seedText)
    .option('--form <hash>', 'the form that the record says: whether it is that one')
    .action((options: RedrawOptions) => present(options.json, () => redraw(options)));
  sources(form.command('simulate'))
    .description(
      'draw many forms and count: how often each item comes up, how much neighbours share; against drawing at random',
    )
    .option('--n <number>', 'how many forms', formCount, 10_000)
    .option('--seed <text>', 'a seed', seedText, 'simulation')
    .option('--report <file>', 'write an HTML report with plots')
    .action((options: SimulateOptions) => present(options.json, () => runSimulation(options)));
}

async function sourcesOf({
  bank: file,
  blueprint: table,
  terms: list,
  columns,
  hidden,
}: Source): Promise<{ bank: Bank; blueprint: Blueprint }> {
  const terms = termsFrom(list);
  const { items } = await importBank(readUpTo(file, FILE_MOST.bank, 'not-a-workbook'), file, {
    terms,
    columns: columnsFrom(columns),
    hidden,
  });
  const bank = makeBank({ zh: basename(file, '.xlsx') }, items);
  return {
    bank,
    blueprint: table
      ? await readBlueprint(readUpTo(table, FILE_MOST.text, 'blueprint-unreadable'), table, terms)
      : usualBlueprint(bank),
  };
}

async function draw({ seed = randomBytes(16).toString('hex'), ...source }: Source): Promise<CommandResult> {
  const { bank, blueprint } = await sourcesOf(source);
  const form = openFormMaker(bank, blueprint, await openSolver()).assemble(seed);
  const stemOf = new Map(bank.items.map((item) => [item.id, item.stem.zh]));
  const text = [
    `seed ${form.seed}`,
    `form ${form.formHash}`,
    ...form.items.map(({ itemId }, i) => `${i + 1}. ${plainText(stemOf.get(itemId) ?? '')}`),
  ];
  return { exit: 0, json: { ok: true, ...form }, text };
}

async function redraw({ center, token, bank: id, seed, form: said }: RedrawOptions): Promise<CommandResult> {
  const { bank, exams } = await openOperator(center, token).bankVersion(BankId.parse(id));
  // An exam may have had several blueprints while it drew from this bank.
  const drawn: (DrawnForm & { readonly examId: ExamId })[] = [];
  for (const exam of exams.filter(({ course }) => !course)) {
    const maker = openFormMaker(bank, exam.blueprint, await openSolver());
    for (const method of METHODS) {
      const form = maker.assemble(seed, { method });
      // Who does not know which form it was sees each that it may have been.
      const isNew = drawn.every(({ examId, formHash }) => examId !== exam.id || formHash !== form.formHash);
      if (isNew && (said === undefined || form.formHash === said)) drawn.push({ examId: exam.id, ...form });
    }
  }
  const [first] = drawn;
  if (!first) throw new Refusal('hash-mismatch', `no exam that drew from ${id} gives this form by this seed`);
  const stemOf = new Map(bank.items.map((item) => [item.id, item.stem.zh]));
  const text = drawn.flatMap(({ examId, formHash, items }) => [
    `${examId}\tform ${formHash}`,
    ...items.map(({ itemId }, i) => `${i + 1}. ${plainText(stemOf.get(itemId) ?? '')}`),
  ]);
  return { exit: 0, json: { ok: true, bankId: bank.id, forms: drawn }, text };
}

function reveal(data: string, shown: string): CommandResult {
  const seed = revealSeed(data, shown);
  return { exit: 0, json: { ok: true, seed }, text: [seed] };
}

async function check(source: Source): Promise<CommandResult> {
  const { bank, blueprint } = await sourcesOf(source);
  const lacks = findLacks(bank, blueprint);
  if (lacks.length === 0) drawEverywhere(openFormMaker(bank, blueprint, await openSolver()), blueprint);
  const ok = lacks.length === 0;
  const text = ok ? [`${bank.items.length} items: every row has what it asks for`] : lacks.map(describeLack);
  return { exit: ok ? 0 : 1, json: { ok, items: bank.items.length, lacks }, text };
}

async function runSimulation({ n, seed = '', report, ...source }: SimulateOptions): Promise<CommandResult> {
  const { bank, blueprint } = await sourcesOf(source);
  const lacks = findLacks(bank, blueprint).filter(({ why }) => why !== 'exposure');
  if (lacks.length > 0) throw new Refusal('bank-too-small', lacks.map(describeLack).join('; '));
  const simulation = simulate(bank, blueprint, { forms: n, seed, solver: await openSolver() });
  if (report)
    await writeOut(report, exposureReport(simulation, `${basename(source.bank)}: ${n} forms`), { force: true });
  const { rotation, random, ...rest } = simulation;
  const text = [
    `${n} forms from ${rest.items} items`,
    ...inWords('in rotation', rotation),
    ...inWords('at random', random),
    ...(report ? [`report in ${report}`] : []),
  ];
  const json = { ok: rotation.violations === 0, ...rest, rotation: figures(rotation), random: figures(random) };
  return { exit: rotation.violations === 0 ? 0 : 1, json: { ...json, report: report ?? null }, text };
}

const figures = ({ counts: _, ...rest }: Drawing): Omit<Drawing, 'counts'> => rest;

const inWords = (name: string, { exposure, overlap, violations, msPerForm }: Drawing): readonly string[] => [
  `${name}: ${violations} forms break a rule; neighbours share ${percent(overlap.mean)}, at most ${percent(overlap.max)}; ${msPerForm.median.toFixed(2)} ms a form, p99 ${msPerForm.p99.toFixed(2)}`,
  ...exposure.map(
    ({ cell, items, mean, max, maxToMean, unused }) =>
      `  ${cell}: ${items} items, each ${mean.toFixed(1)} times, at most ${max} (${maxToMean.toFixed(2)} x), ${unused} never`,
  ),
];

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function seedText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('an empty seed draws the same form for everybody');
  return text;
}

function formCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1_000_000)
    throw new InvalidArgumentError('a number from 1 to 1000000');
  return count;
}
