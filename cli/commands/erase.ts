import type { Command } from 'commander';
import { SittingId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { eraseIn } from '../../station/offline/index.ts';
import { present } from '../output.ts';

type Options = { readonly data: string; readonly sitting?: string; readonly json?: boolean };

export function addErase(program: Command): void {
  program
    .command('erase')
    .description(
      'erase pictures of check-in and incidents whose time is over, or all of one sitting; the ledger keeps their hashes',
    )
    .option('--data <dir>', 'data folder of a station that is not running', 'data/station')
    .option('--sitting <id>', 'all pictures of this sitting, whatever their time')
    .option('--json', 'print one JSON document')
    .action(({ data, sitting, json }: Options) =>
      present(json, async () => {
        const erased = eraseIn(data, sitting === undefined ? undefined : sittingOf(sitting));
        return { exit: 0, json: { ok: true, erased }, text: [`${erased} pictures erased`] };
      }),
    );
}

function sittingOf(text: string): SittingId {
  const { data } = SittingId.safeParse(text);
  if (!data) throw new Refusal('bad-message', `${text} is no sitting: it begins with si_`);
  return data;
}
