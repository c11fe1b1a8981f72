import type { Command } from 'commander';
import { type ListedBeginning, ReleaseWish } from '../../contract/people-center/beginnings.ts';
import { type Disputes, type ListedDispute, SettleWish } from '../../contract/people-center/disputes.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type ReleaseOptions = CenterOptions & { readonly by: string; readonly note: string };
type SettleOptions = CenterOptions & { readonly by: string; readonly note: string; readonly void?: boolean };

/** Results that do not fit what the center knows, and what somebody decides on them. */
export function addDispute(program: Command): void {
  const dispute = program.command('dispute').description('results that do not fit what the center knows');
  atCenter(dispute, 'list', 'each with what was found, and what was decided').action((options: CenterOptions) =>
    present(options.json, () => list(options)),
  );
  atCenter(
    dispute,
    'begun',
    'exams that began and came to no record, or began where the center would have refused',
  ).action((options: CenterOptions) => present(options.json, () => begun(options)));
  atCenter(dispute, 'release', 'such an exam holds nobody any more, and uses up no attempt')
    .argument('<sitting>', 'as `dispute begun` says')
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--note <text>', 'why')
    .action((sitting: string, options: ReleaseOptions) => present(options.json, () => release(sitting, options)));
  atCenter(dispute, 'reveal', 'draw the forms of a series again, once nobody sits by it any more')
    .argument('<seed>', 'as `form reveal` says at the station that drew them')
    .action((seed: string, options: CenterOptions) => present(options.json, () => reveal(seed, options)));
  atCenter(dispute, 'settle', 'decide on one: it stands and counts; the dispute and every decision are kept')
    .argument('<sitting>', 'as `dispute list` says')
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--note <text>', 'why')
    .option('--void', 'it does not count, and uses up no attempt')
    .action((sitting: string, options: SettleOptions) => present(options.json, () => settle(sitting, options)));
}

async function begun({ center, token }: CenterOptions): Promise<CommandResult> {
  const { beginnings } = await openOperator(center, token).listBeginnings();
  const text = beginnings.map(beginningInALine);
  return { exit: 0, json: { ok: true, beginnings }, text: text.length > 0 ? text : ['none'] };
}

function beginningInALine(one: ListedBeginning): string {
  const { sittingId, candidateId, examId, stationId, askedAt, heardAt, against, releasedBy, releasedNote } = one;
  const said = releasedBy ? `released by ${releasedBy}: ${releasedNote}` : (against ?? 'no record');
  return `${sittingId}\t${candidateId}\t${examId}\t${stationId}\t${askedAt} to ${heardAt}\t${said}`;
}

async function release(sitting: string, { center, token, by, note }: ReleaseOptions): Promise<CommandResult> {
  const wish = ReleaseWish.parse({ sittingId: sitting, by, note });
  await openOperator(center, token).releaseBeginning(wish);
  return { exit: 0, json: { ok: true, ...wish }, text: [`${sitting}: released`] };
}

async function reveal(seed: string, { center, token }: CenterOptions): Promise<CommandResult> {
  const { records } = await openOperator(center, token).revealSeries({ seed });
  return { exit: 0, json: { ok: true, records }, text: [`${records} records were judged again by their forms`] };
}

async function list({ center, token }: CenterOptions): Promise<CommandResult> {
  const disputes = await openOperator(center, token).listDisputes();
  const text = inLines(disputes);
  return { exit: 0, json: { ok: true, ...disputes }, text: text.length > 0 ? text : ['none'] };
}

const inLines = ({ records, rivals, moves }: Disputes): readonly string[] => [
  ...records.map(inALine),
  ...rivals.map(({ stationId, kind, number, id }) => `${stationId}\tbatch ${number}\t${kind}\t${id}`),
  ...moves.map(({ stationId, sittingId, kind, detail }) => `${stationId}\t${sittingId}\tstray ${kind}: ${detail}`),
];

function inALine({ sittingId, candidateId, examId, verdict, findings, settlements }: ListedDispute): string {
  const found = findings.map(({ code, detail }) => `${code} (${detail})`).join(', ');
  const last = settlements.at(-1);
  const decided = last ? `${last.decision}, by ${last.by}: ${last.note}` : verdict === 'disputed' ? 'waits' : 'counts';
  return `${sittingId}\t${candidateId}\t${examId}\t${verdict}: ${found}\t${decided}`;
}

async function settle(
  sitting: string,
  { center, token, by, note, void: isVoid }: SettleOptions,
): Promise<CommandResult> {
  const decision = isVoid ? 'void' : 'stands';
  const wish = SettleWish.parse({ sittingId: sitting, decision, by, note });
  await openOperator(center, token).settleDispute(wish);
  return { exit: 0, json: { ok: true, ...wish }, text: [`${sitting}: ${decision}`] };
}
