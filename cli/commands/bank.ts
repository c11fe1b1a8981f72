import { basename, extname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { practicalExam, readBlueprint, USUAL_ITEMS } from '../../authoring/blueprints/index.ts';
import { describeLack, drawEverywhere, findLacks, openFormMaker, openSolver } from '../../authoring/drawing/index.ts';
import { EXPORT_FORMATS, exportBank } from '../../authoring/export/index.ts';
import {
  BANK_FORMATS,
  checkBank,
  type ImportOptions as ImportBankOptions,
  type ImportedBank,
  importBank,
} from '../../authoring/import/index.ts';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import { writeTerms } from '../../authoring/terms/index.ts';
import { readYaml } from '../../authoring/yaml/index.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { LOCALES, type Locale } from '../../contract/words/localized.ts';
import { ExamPolicy, underPolicy } from '../../contract/words/policy.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { translator } from '../../messages/index.ts';
import { makeBank } from '../../proof/index.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { acrossFiles, type CheckedFile } from '../bank-check.ts';
import { checkReport } from '../bank-report.ts';
import { COLUMNS_OPTION, columnsFrom } from '../columns.ts';
import { HIDDEN_OPTION } from '../hidden.ts';
import { type Operator, openOperator } from '../operator.ts';
import { FORCE, mustTake, type OutOptions, writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { TERMS_OPTION, termsFrom } from '../terms.ts';
import { addBankVersions } from './bank-versions.ts';
import { addStats } from './stats.ts';

type CheckOptions = {
  readonly report?: string;
  readonly lang: Locale;
  readonly terms?: string;
  readonly columns?: string;
  readonly hidden?: boolean;
  readonly json?: boolean;
};
type TermsOptions = { readonly terms?: string; readonly json?: boolean };
type ImportOptions = CenterOptions & {
  readonly title?: string;
  readonly blueprint?: string;
  readonly policy?: string;
  readonly exam?: string;
  readonly terms?: string;
  readonly columns?: string;
  readonly hidden?: boolean;
};
type ExportOptions = OutOptions & {
  readonly to: string;
  readonly title?: string;
  readonly terms?: string;
  readonly columns?: string;
  readonly hidden?: boolean;
  readonly json?: boolean;
};

const SOURCES = `item banks: ${BANK_FORMATS.join(' ')}`;

export function addBank(program: Command): void {
  const bank = program.command('bank').description('item banks');
  addStats(bank);
  addBankVersions(bank);
  bank
    .command('check')
    .description('read banks and say what would be imported, row by row; changes nothing')
    .argument('<file...>', SOURCES)
    .option('--report <file>', 'write an HTML report to work from')
    .addOption(new Option('--lang <language>', 'of the report').choices(LOCALES).default('zh'))
    .option(...TERMS_OPTION)
    .option(...COLUMNS_OPTION)
    .option(...HIDDEN_OPTION)
    .option('--json', 'print one JSON document')
    .action((files: string[], options: CheckOptions) => present(options.json, () => check(files, options)));
  atCenter(bank, 'import', 'put a bank into the center with an exam of its own, from where its stations get it')
    .argument('<file>', SOURCES)
    .option('--title <text>', 'title of the bank; the file name without it')
    .option('--blueprint <file>', 'how its forms are made: YAML, JSON or Excel; the usual 25 items without it')
    .option('--exam <id>', 'let this exam draw from it from now on, as it is; without it an exam of its own is made')
    .option('--policy <file>', 'what the exam does about what happens in it, YAML: docs/proctoring.md')
    .option(...TERMS_OPTION)
    .option(...COLUMNS_OPTION)
    .option(...HIDDEN_OPTION)
    .action((file: string, options: ImportOptions) => present(options.json, () => toCenter(file, options)));
  bank
    .command('terms')
    .description('the lists of sectors, key areas and categories of personnel, as a file to edit')
    .option('--terms <file>', 'lists of your own, to see whether they read')
    .option('--json', 'print one JSON document')
    .action((options: TermsOptions) => present(options.json, async () => terms(options)));
  bank
    .command('export')
    .description('write what was read from a bank as a file that reads back as the same items')
    .argument('<file>', SOURCES)
    .requiredOption('--to <file>', `where to: ${EXPORT_FORMATS.join(' ')}`)
    .option(...FORCE)
    .option('--title <text>', 'title of the bank; the file name without it')
    .option(...TERMS_OPTION)
    .option(...COLUMNS_OPTION)
    .option(...HIDDEN_OPTION)
    .option('--json', 'print one JSON document')
    .action((file: string, options: ExportOptions) => present(options.json, () => toFile(file, options)));
}

/** The lists to edit, or those of a file once they are read. */
function terms({ terms: file }: { readonly terms?: string }): CommandResult {
  const lists = termsFrom(file);
  return { exit: 0, json: { ok: true, terms: lists }, text: [writeTerms(lists).trimEnd()] };
}

type Lists = { readonly terms?: string; readonly columns?: string; readonly hidden?: boolean };

const optionsFrom = ({ terms: list, columns, hidden }: Lists): ImportBankOptions => ({
  terms: termsFrom(list),
  columns: columnsFrom(columns),
  hidden,
});

/** What is read must not be what is written over. */
function mustDiffer(to: string | undefined, from: readonly string[]): void {
  if (to !== undefined && from.some((path) => resolve(path) === resolve(to)))
    throw new Error(`${to} is what is read: name another file to write`);
}

const say = translator('en');

async function check(paths: readonly string[], { report, lang, ...lists }: CheckOptions): Promise<CommandResult> {
  mustDiffer(report, paths);
  const options = optionsFrom(lists);
  const checked: CheckedFile[] = [];
  for (const [at, path] of paths.entries()) {
    const onProgress = progressLine(`${at + 1} of ${paths.length} files`);
    checked.push(await checkFile(path, { onProgress, ...options }));
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  const files = checked.map((file) => file.report);
  const duplicatesAcross = acrossFiles(checked);
  const ok = files.every(({ problem, rejected }) => !problem && rejected.length === 0);
  if (report) await writeOut(report, checkReport(files, duplicatesAcross, lang), { force: true });
  const text = files.flatMap(
    ({
      file,
      rows,
      accepted,
      repaired,
      rejected,
      duplicates,
      unknownTerms,
      problem,
      why,
      withFormulas,
      withTables,
      ...also
    }) => [
      `${file}: ${rows} rows, ${accepted} accepted, ${repaired} repaired, ${rejected.length} rejected; ${duplicates.length} were there before` +
        (problem ? `, ${problem}${why ? `: ${why}` : ''}` : ''),
      ...(withFormulas + withTables > 0 ? [`  items with formulas: ${withFormulas}, with tables: ${withTables}`] : []),
      ...rejected.map(
        ({ sheet, row, cell, reason, construct, formula }) =>
          `  ${[sheet, cell ?? `row ${row}`].join(' ')}: ${reason}${construct ? ` ${construct}` : ''}${formula ? `: ${say('content.formula-unreadable', formula)}` : ''}`,
      ),
      ...also.leftOut.map(({ sheet, row, constructs }) => `  ${sheet} row ${row}: left out: ${constructs.join(', ')}`),
      ...also.hidden.map(
        ({ sheet, what, count, read: was }) => `  ${sheet}: hidden ${what}, ${count}: ${was ? 'read' : 'not read'}`,
      ),
      ...also.unreadFiles.map(({ file: part, why }) => `  ${part}: not read: ${why}`),
      ...unknownTerms.map(
        ({ field, text: name, rows: count }) => `  ${field} ${name} is in no list; ${count} rows have it`,
      ),
    ],
  );
  const across = `${duplicatesAcross.length} rows are in another of these banks too`;
  return {
    exit: ok ? 0 : 1,
    json: { ok, files, duplicatesAcross, report: report ?? null },
    text: [...text, ...(paths.length > 1 ? [across] : []), ...(report ? [`report in ${report}`] : [])],
  };
}

/** One line on standard error that counts up, where somebody watches. */
function progressLine(what: string): (part: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (part) => void process.stderr.write(`\r${what}, ${Math.round(part * 100)} %   `);
}

async function checkFile(path: string, options: ImportBankOptions): Promise<CheckedFile> {
  try {
    const { asked, report } = await checkBank(readUpTo(path, FILE_MOST.bank, 'not-a-workbook'), path, options);
    return { asked, report: { ...report, file: path } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const nothing = {
      rejected: [],
      repairs: [],
      duplicates: [],
      skippedSheets: [],
      unknownTerms: [],
      strayPictures: [],
      leftOut: [],
      hidden: [],
      unreadFiles: [],
      withFormulas: 0,
      withTables: 0,
    };
    const told = { problem: error.reason, why: error.detail };
    return { asked: [], report: { file: path, rows: 0, accepted: 0, repaired: 0, ...nothing, ...told } };
  }
}

const titleOf = (file: string, title: string | undefined) => ({ zh: title ?? basename(file, extname(file)) });

async function read(file: string, lists: Lists): Promise<ImportedBank> {
  const options = { onProgress: progressLine(file), ...optionsFrom(lists) };
  const bank = await importBank(readUpTo(file, FILE_MOST.bank, 'not-a-workbook'), file, options);
  if (process.stderr.isTTY) process.stderr.write('\n');
  if (bank.items.length === 0) throw new Refusal('no-items', 'every row was rejected; see `bank check`');
  return bank;
}

async function toCenter(
  file: string,
  { center, token, title, blueprint, policy, exam: moved, ...lists }: ImportOptions,
): Promise<CommandResult> {
  const { items, pictures, report } = await read(file, lists);
  const bank = makeBank(titleOf(file, title), items);
  const table = blueprint
    ? await readBlueprint(
        readUpTo(blueprint, FILE_MOST.text, 'blueprint-unreadable'),
        blueprint,
        termsFrom(lists.terms),
      )
    : undefined;
  const lacks = table ? findLacks(bank, table) : [];
  if (lacks.length > 0) throw new Refusal('bank-too-small', lacks.map(describeLack).join('; '));
  const rules = policy === undefined ? undefined : readPolicy(policy);
  const operator = openOperator(center, token);
  const known = moved === undefined ? undefined : await examNow(operator, ExamId.parse(moved));
  const made = known
    ? { ...known, bankId: bank.id, ...(table ? { blueprint: table } : {}) }
    : practicalExam(bank, table, rules);
  const exam = policed(made, rules, policy);
  // What nobody can draw, a difficulty that no form has, is found out here and not on the day.
  drawEverywhere(openFormMaker(bank, exam.blueprint, await openSolver()), exam.blueprint);
  for (const picture of pictures.values()) await operator.putPicture(picture);
  await operator.putExam({ exam, bank });
  const drawn = exam.blueprint.rows.reduce((sum, { count }) => sum + count, 0);
  const text = [
    `${bank.items.length} items with ${pictures.size} pictures as bank ${bank.id}, exam ${exam.id}`,
    ...(table || drawn === USUAL_ITEMS ? [] : [`a form has ${drawn} items, not ${USUAL_ITEMS}: the bank has no more`]),
    `${report.rejected.length} rows rejected; see \`bank check\``,
  ];
  return {
    exit: 0,
    json: {
      ok: true,
      bank: bank.id,
      hash: bank.hash,
      exam: exam.id,
      items: bank.items.length,
      pictures: pictures.size,
      formItems: drawn,
      report,
    },
    text,
  };
}

/** As it stands at the center. @throws Refusal `no-exam` */
async function examNow(operator: Operator, id: ExamId): Promise<Exam> {
  const listed = (await operator.bankVersions()).find(({ examId }) => examId === id);
  const bankId = listed?.versions.find(({ current }) => current)?.bankId;
  const exams = bankId ? (await operator.bankVersion(bankId)).exams : [];
  const exam = exams.find((one) => one.id === id);
  if (!exam || exam.course) throw new Refusal('no-exam', `the center has no exam ${id}`);
  return exam;
}

const unreadable = (file: string, error: unknown): Refusal =>
  new Refusal('policy-unreadable', `${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : error}`);

/** @throws Refusal `policy-unreadable` saying where; Error where there is no such file */
function readPolicy(file: string): ExamPolicy {
  const text = readUpTo(file, FILE_MOST.text, 'policy-unreadable').toString('utf8');
  try {
    return ExamPolicy.parse(readYaml(text));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function policed(exam: Exam, rules: ExamPolicy | undefined, file = ''): Exam {
  try {
    return rules ? underPolicy(exam, rules, fullMarks(exam.blueprint)) : exam;
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function toFile(file: string, { to, force, title, ...lists }: ExportOptions): Promise<CommandResult> {
  mustDiffer(to, [file]);
  mustTake(to, { force });
  const { items, pictures, report } = await read(file, lists);
  await writeOut(to, exportBank({ title: titleOf(file, title), items, pictures }, to), { force });
  const text = [`${items.length} items in ${to}; ${report.rejected.length} rows rejected, see \`bank check\``];
  return { exit: 0, json: { ok: true, items: items.length, to, rejected: report.rejected.length }, text };
}
