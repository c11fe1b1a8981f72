import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { makeBank } from '../../contract/proof/index.ts';
import { Refusal } from '../../contract/reasons.ts';
import { type ImportedWorkbook, importWorkbook, type WorkbookReport } from '../../station/items/index.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { practicalExam } from '../practical-exam.ts';

type ImportOptions = {
  readonly center: string;
  readonly token: string;
  readonly title?: string;
  readonly json?: boolean;
};

export function addBank(program: Command): void {
  const bank = program.command('bank').description('item banks');
  bank
    .command('check')
    .description('read workbooks and say what would be imported, row by row; changes nothing')
    .argument('<file...>', 'Excel workbooks (.xlsx)')
    .option('--json', 'print one JSON document')
    .action((files: string[], { json }: { json?: boolean }) => present(json, () => check(files)));
  bank
    .command('import')
    .description('put a workbook into the center as a bank with an exam of its own, from where its stations get it')
    .argument('<file>', 'Excel workbook (.xlsx)')
    .requiredOption('--center <url>', 'address of the center')
    .requiredOption('--token <token>', "the operator's token")
    .option('--title <text>', 'title of the bank; the file name without it')
    .option('--json', 'print one JSON document')
    .action((file: string, options: ImportOptions) => present(options.json, () => importBank(file, options)));
}

async function check(files: readonly string[]): Promise<CommandResult> {
  const reports = await Promise.all(files.map(checkFile));
  const ok = reports.every(({ problem, rejected }) => !problem && rejected.length === 0);
  const text = reports.flatMap((report) => [
    `${report.file}: ${report.rows} rows, ${report.accepted} accepted, ${report.repaired} repaired, ${report.rejected.length} rejected` +
      (report.problem ? `, ${report.problem}` : ''),
    ...report.rejected.map(({ sheet, row, reason }) => `  ${sheet} row ${row}: ${reason}`),
  ]);
  return { exit: ok ? 0 : 1, json: { ok, files: reports }, text };
}

async function checkFile(file: string): Promise<WorkbookReport & { problem?: string }> {
  try {
    return (await importWorkbook(readFileSync(file), file)).report;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { file, rows: 0, accepted: 0, repaired: 0, rejected: [], skippedSheets: [], problem: error.reason };
  }
}

async function importBank(file: string, { center, token, title }: ImportOptions): Promise<CommandResult> {
  const { items, report }: ImportedWorkbook = await importWorkbook(readFileSync(file), file);
  if (items.length === 0) throw new Refusal('no-items', 'every row was rejected; see `bank check`');
  const bank = makeBank({ zh: title ?? basename(file, '.xlsx') }, items);
  const exam = practicalExam(bank);
  await openOperator(center, token).putExam({ exam, bank });
  const text = [
    `${bank.items.length} items as bank ${bank.id}, exam ${exam.id}`,
    `${report.rejected.length} rows rejected; see \`bank check\``,
  ];
  return {
    exit: 0,
    json: { ok: true, bank: bank.id, hash: bank.hash, exam: exam.id, items: bank.items.length, report },
    text,
  };
}
