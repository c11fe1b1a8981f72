import type { Command } from 'commander';
import { GrantWish, type ListedGrant } from '../../contract/people-center/operator-api.ts';
import { GrantId, type Instant } from '../../contract/words/ids.ts';
import { sayMoment } from '../../contract/words/typed-moment.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';
import { time } from '../values.ts';

type AddOptions = CenterOptions & {
  readonly tenant: string;
  readonly station?: readonly string[];
  readonly exam?: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
};

/** Who else may use this firm's stations. */
export function addGrant(program: Command): void {
  const grant = program.command('grant').description("let another firm use this firm's stations for a while");
  atCenter(grant, 'add', 'give one: its people can sit their exams there from then until then')
    .requiredOption('--tenant <id>', 'the other firm; its operator has the id')
    .requiredOption('--from <time>', 'such as 2026-12-01T08:00+08:00', time)
    .requiredOption('--until <time>', 'such as 2026-12-01T18:00+08:00; what has begun by then goes on to its end', time)
    .option('--station <id...>', 'these stations; all of this firm without it')
    .option('--exam <id...>', "these of the other firm's exams; all without it")
    .action((options: AddOptions) => present(options.json, () => add(options)));
  atCenter(grant, 'list', 'those this firm gave, and those it was given').action((options: CenterOptions) =>
    present(options.json, () => list(options)),
  );
  atCenter(grant, 'end', 'end one now: nothing begins under it any more')
    .argument('<id>', 'as `grant list` says')
    .action((id: string, options: CenterOptions) => present(options.json, () => end(id, options)));
}

async function add({ center, token, tenant, station, exam, from, until }: AddOptions): Promise<CommandResult> {
  const wish = GrantWish.parse({ tenantId: tenant, stations: station ?? 'all', exams: exam ?? 'all', from, until });
  const ids = await openOperator(center, token).giveGrants(wish);
  const text = ids.map((id) => `${id}\t${tenant}\t${sayMoment(from)} to ${sayMoment(until)}`);
  return { exit: 0, json: { ok: true, ids, from, until }, text };
}

async function list({ center, token }: CenterOptions): Promise<CommandResult> {
  const grants = await openOperator(center, token).listGrants();
  return { exit: 0, json: { ok: true, grants }, text: grants.length > 0 ? grants.map(inALine) : ['none'] };
}

function inALine({ id, station, owner, tenant, exams, from, until, ended }: ListedGrant): string {
  const which = exams === 'all' ? 'all exams' : exams.join(', ');
  const who = `${owner.name} (${owner.id}) lets ${tenant.name} (${tenant.id})`;
  return `${id}\t${station.name} (${station.id})\t${who}\t${which}\t${sayMoment(from)} to ${sayMoment(until)}${ended ? ', ended' : ''}`;
}

async function end(text: string, { center, token }: CenterOptions): Promise<CommandResult> {
  const id = GrantId.parse(text);
  await openOperator(center, token).endGrant(id);
  return { exit: 0, json: { ok: true, id }, text: [`${id} has ended; who sits an exam under it goes on to the end`] };
}
