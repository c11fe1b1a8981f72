import { rmSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { SittingId, StationId } from '../../contract/words/ids.ts';
import { type Rescued, type RescueOrder, rescueFrom } from '../../station/offline/index.ts';
import { mustTake, writeOut } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { readPins } from '../secret.ts';

type Options = {
  readonly data: string;
  readonly to: StationId;
  readonly pin?: string;
  readonly note: string;
  readonly out: string;
  readonly sitting?: SittingId;
  readonly json?: boolean;
};

export function addRescue(program: Command): void {
  program
    .command('rescue')
    .description(
      'move an exam out of a station that does not start any more, as a file for another station of the firm',
    )
    .requiredOption('--to <id>', 'the station where it goes on', station)
    .option(
      '--pin <pin>',
      "a proctor's PIN or the recovery code; without it it is asked for, or read from what is piped in",
    )
    .requiredOption('--note <text>', 'why, for the ledger')
    .requiredOption('--out <file>', "where to write it: put it into the other station's inbox")
    .option('--data <dir>', 'data folder of the station, with its key file', 'data/station')
    .option('--sitting <id>', 'one that was moved before, to a station that could not take it', sitting)
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => rescue(options)));
}

async function rescue({ data, out, pin: given, ...order }: Options): Promise<CommandResult> {
  // Before anything is moved: what cannot be written down would be gone from here and nowhere else.
  mustTake(out, {});
  writeFileSync(out, '', { mode: 0o600, flag: 'wx' });
  const {
    sitting: id,
    answers,
    file,
  } = await rescued(data, given, order).catch((error) => {
    rmSync(out);
    throw error;
  });
  // In place of what kept the name free.
  await writeOut(out, file, { force: true });
  const text = [`${out}: ${id} with ${answers} answers, for ${order.to}; put it into the inbox of that station`];
  return { exit: 0, json: { ok: true, sitting: id, answers, to: order.to, file: out }, text };
}

async function rescued(data: string, given: string | undefined, order: Omit<RescueOrder, 'pin'>): Promise<Rescued> {
  const [pin = ''] = given === undefined ? await readPins(['PIN']) : [given];
  return rescueFrom(data, { ...order, pin });
}

function station(text: string): StationId {
  const { data } = StationId.safeParse(text);
  if (!data) throw new InvalidArgumentError('a station: it begins with st_');
  return data;
}

function sitting(text: string): SittingId {
  const { data } = SittingId.safeParse(text);
  if (!data) throw new InvalidArgumentError('a sitting: it begins with si_');
  return data;
}
