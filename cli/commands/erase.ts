import type { Command } from 'commander';
import { SittingId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { eraseIn, eraseTenantIn } from '../../station/offline/index.ts';
import { present } from '../output.ts';

type Options = { readonly data: string; readonly sitting?: string; readonly tenant?: string; readonly json?: boolean };

export function addErase(program: Command): void {
  program
    .command('erase')
    .description(
      'erase pictures of check-in and incidents, and faces that check-ins left, whose time is over, or all of one sitting, or all that is kept of another firm; the ledger keeps their hashes',
    )
    .option('--data <dir>', 'data folder of a station that is not running', 'data/station')
    .option('--sitting <id>', 'all pictures of this sitting, whatever their time')
    .option(
      '--tenant <id>',
      'all that is kept of this firm, which used the station by a grant; its signed results stay',
    )
    .option('--json', 'print one JSON document')
    .action((options: Options) =>
      present(options.json, async () => {
        const erased = eraseWhat(options);
        return { exit: 0, json: { ok: true, erased }, text: [`${erased} pictures erased`] };
      }),
    );
}

/** @returns how many pictures */
function eraseWhat({ data, sitting, tenant }: Options): number {
  if (tenant === undefined) return eraseIn(data, sitting === undefined ? undefined : sittingOf(sitting));
  if (sitting !== undefined) throw new Refusal('bad-message', 'either a sitting or a firm');
  return eraseTenantIn(data, tenantOf(tenant));
}

function tenantOf(text: string): TenantId {
  const { data } = TenantId.safeParse(text);
  if (!data) throw new Refusal('bad-message', `${text} is no firm: it begins with tn_`);
  return data;
}

function sittingOf(text: string): SittingId {
  const { data } = SittingId.safeParse(text);
  if (!data) throw new Refusal('bad-message', `${text} is no sitting: it begins with si_`);
  return data;
}
