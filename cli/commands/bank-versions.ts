import type { Command } from 'commander';
import type { BankVersions } from '../../contract/people-center/bank-versions.ts';
import { BankId, ExamId } from '../../contract/words/ids.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type ListOptions = CenterOptions & { readonly exam?: string };
type UseOptions = CenterOptions & { readonly exam: string };

/** Which banks exams draw from, and drew from before. */
export function addBankVersions(bank: Command): void {
  atCenter(bank, 'versions', 'the banks that each exam ever drew from, with what changed from one to the next')
    .option('--exam <id>', 'of this exam alone')
    .action((options: ListOptions) => present(options.json, () => list(options)));
  atCenter(bank, 'use', 'let an exam draw from another version of its bank; what has begun goes on with what it has')
    .argument('<bank>', 'as `bank versions` says')
    .requiredOption('--exam <id>', 'the exam')
    .action((id: string, options: UseOptions) => present(options.json, () => use(id, options)));
}

async function list({ center, token, exam }: ListOptions): Promise<CommandResult> {
  const all = await openOperator(center, token).bankVersions();
  const exams = exam === undefined ? all : all.filter(({ examId }) => examId === exam);
  const text = exams.flatMap(({ examId, title, versions }) => [`${examId}\t${title.zh}`, ...versions.map(inALine)]);
  return { exit: 0, json: { ok: true, exams }, text: text.length > 0 ? text : ['none'] };
}

function inALine(version: BankVersions['exams'][number]['versions'][number]): string {
  const { number, bankId, items, putAt, putBy, current, changes } = version;
  const changed = changes ? `\t${changes.added} added, ${changes.removed} removed, ${changes.changed} changed` : '';
  return `  ${current ? '*' : ' '} ${number}\t${bankId}\t${items} items\t${putAt}\t${putBy ?? '-'}${changed}`;
}

async function use(text: string, { center, token, exam }: UseOptions): Promise<CommandResult> {
  const [bankId, examId] = [BankId.parse(text), ExamId.parse(exam)];
  await openOperator(center, token).moveExam({ examId, bankId });
  return {
    exit: 0,
    json: { ok: true, examId, bankId },
    text: [`${examId} draws from ${bankId}; stations within a minute`],
  };
}
