import type { Command } from 'commander';
import { FirmName } from '../../contract/people-center/operator-api.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

/** What a firm is called at the center. */
export function addFirm(program: Command): void {
  const firm = program.command('firm').description('this firm at the center');
  atCenter(firm, 'rename', 'call it something else; stations show the new name within a minute')
    .requiredOption('--name <text>', 'its new name')
    .action((options: CenterOptions & { readonly name: string }) => present(options.json, () => rename(options)));
}

async function rename({ center, token, name }: CenterOptions & { readonly name: string }): Promise<CommandResult> {
  const firm = await openOperator(center, token).renameFirm({ name: FirmName.parse(name) });
  return { exit: 0, json: { ok: true, ...firm }, text: [`${firm.id} is called ${firm.name}`] };
}
