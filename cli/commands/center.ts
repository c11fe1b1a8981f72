import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type CodeOptions = CenterOptions & { readonly days?: number };

/** @throws InvalidArgumentError where it is no number of days that a code may work */
function days(text: string): number {
  const { data } = z.coerce.number().int().min(1).max(30).safeParse(text);
  if (data === undefined) throw new InvalidArgumentError('it takes a number of days from 1 to 30');
  return data;
}

/** What there is in a center, and how another station comes to it. */
export function addCenter(program: Command): void {
  atCenter(program, 'list', 'exams, stations and proctors with the ids that other commands take').action(
    (options: CenterOptions) => present(options.json, () => list(options)),
  );
  atCenter(program, 'code', 'a one-time code with which another station enrols')
    .option('--days <n>', 'how long it works, 1 to 30; one day without it', days)
    .action((options: CodeOptions) => present(options.json, () => code(options)));
  atCenter(
    program,
    'heads',
    "lines of the stations' ledgers as the center saw them; with --json for `ledger --check --against`",
  ).action((options: CenterOptions) => present(options.json, () => heads(options)));
}

async function list({ center, token }: CenterOptions): Promise<CommandResult> {
  const { exams, stations, proctors, learning } = await openOperator(center, token).overview();
  const courses = learning?.courses ?? [];
  const text = [
    ...exams.map(({ id, title, mode }) => `exam\t${id}\t${mode}\t${title.zh}`),
    ...courses.map(({ examId, title }) => `course\t${examId}\t${title.zh}`),
    ...stations.map(({ id, name }) => `station\t${id}\t${name}`),
    ...proctors.map(
      ({ id, name, role, badge, number, pin = true }) =>
        `proctor\t${id}\t${[role, number ?? [], badge ? 'badge' : [], pin ? [] : 'no PIN yet'].flat().join(', ')}\t${name}`,
    ),
  ];
  return { exit: 0, json: { ok: true, exams, courses, stations, proctors }, text };
}

async function code({ center, token, days }: CodeOptions): Promise<CommandResult> {
  const made = await openOperator(center, token).newCode(days);
  return {
    exit: 0,
    json: { ok: true, code: made },
    text: [`${made} (once; on the station: EXAM_STATION_CODE=${made})`],
  };
}

async function heads({ center, token }: CenterOptions): Promise<CommandResult> {
  const seen = await openOperator(center, token).heads();
  const text = seen.map(({ stationId, sequence, head, seenAt }) => `${stationId}\t${sequence}\t${head}\t${seenAt}`);
  return { exit: 0, json: { ok: true, heads: seen }, text };
}
