import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import type { RosterReport, RosterRow } from '../../contract/people-center/roster-import.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { type Operator, openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type ImportOptions = CenterOptions & { readonly apply?: true; readonly report?: string };

/** The roster as one file: out of one, and into one. */
export function addRoster(program: Command): void {
  const group = program.command('roster').description('the whole roster as one file');
  atCenter(group, 'import', 'look at a workbook or CSV row by row; with --apply take over the rows that are right')
    .argument('<file>', 'headings: 姓名 身份证号 考试 岗位 行业 人员类别 加时 状态 单位 日期 原因; docs/operating.md')
    .option('--apply', 'take over what is right, all of it or nothing')
    .option('--report <file>', 'what becomes of each row, as CSV')
    .action((file: string, options: ImportOptions) => present(options.json, () => importRoster(file, options)));
  atCenter(group, 'export', 'everybody on the roster, as CSV')
    .argument('<file>', 'to write')
    .action((file: string, options: CenterOptions) => present(options.json, () => exportRoster(file, options)));
}

async function importRoster(file: string, options: ImportOptions): Promise<CommandResult> {
  const { center, token, apply, report: into, json } = options;
  const operator = openOperator(center, token);
  const bytes = readFileSync(file);
  const seen = await operator.importRoster(bytes);
  const report = apply ? await applied(operator, bytes, seen, json === true) : seen;
  if (into) writeFileSync(into, reportAsCsv(report));
  const { add, change, return: back, leave, same, refused } = report.counts;
  const counted = `${add} new, ${change} changed, ${back} back, ${leave} leaving, ${same} as they were, ${refused} refused`;
  const text = [
    ...report.rows.filter(({ outcome }) => outcome === 'refused').map(inALine),
    ...(report.ignored.length > 0 ? [`columns that say nothing here: ${report.ignored.join(', ')}`] : []),
    report.applied ? `taken over: ${counted}` : `looked at, nothing done: ${counted}; --apply takes it over`,
  ];
  return { exit: refused > 0 ? 1 : 0, json: { ok: refused === 0, ...report }, text };
}

const LOOK_MS = 500;

/** Says how far it is while it waits. */
async function applied(operator: Operator, bytes: Uint8Array, { plan }: RosterReport, quiet: boolean) {
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const { done, of } = await operator.rosterProgress();
      if (done !== undefined) process.stderr.write(`${done} of ${of}\n`);
      await setTimeout(LOOK_MS, undefined, { signal: over.signal });
    }
  };
  // Who is not told how far it is misses nothing.
  const watching = quiet ? undefined : watch().catch(() => undefined);
  try {
    return await operator.importRoster(bytes, plan);
  } finally {
    over.abort();
    await watching;
  }
}

const inALine = ({ row, name, number, words, problem }: RosterRow): string =>
  `row ${row}\t${name}\t${number}\t${words?.zh ?? ''} ${problem ?? ''}`;

/** Names are what somebody typed: no cell may become a formula where it is opened. */
const asCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify([...rows], { bom: true, escape_formulas: true });

const reportAsCsv = ({ rows }: RosterReport): string =>
  asCsv([
    ['行', '姓名', '身份证号', '结果', '问题', '说明'],
    ...rows.map(({ row, name, number, outcome, problem, words }) => [
      ...[row, name, number, outcome, problem ?? '', words?.zh ?? ''],
    ]),
  ]);

async function exportRoster(file: string, { center, token }: CenterOptions): Promise<CommandResult> {
  const candidates = await openOperator(center, token).listCandidates();
  const rows = candidates.map(({ name, number, examId, arrangements }) => [
    ...[name, number, examId, arrangements?.extraMinutes ?? ''],
  ]);
  writeFileSync(file, asCsv([['姓名', '身份证号', '考试', '加时'], ...rows]), { mode: 0o600 });
  return { exit: 0, json: { ok: true, file, people: rows.length }, text: [`${rows.length} people in ${file}`] };
}
