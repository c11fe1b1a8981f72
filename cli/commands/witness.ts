import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { logPaths } from '../../contract/log/log-api.ts';
import { explain } from '../../messages/index.ts';
import { type NoteKey, writeNoteKey } from '../../proof/transparency/index.ts';
import { closing } from '../closing.ts';
import { type CommandResult, FORKED, present, UNPROVEN } from '../output.ts';
import { logKeyOf, wholeNumber } from '../values.ts';
import { type Look, lookAt } from '../witness/look.ts';
import { type Listening, serveWitness } from '../witness/serve.ts';
import { makeWitness, openWitness, type WitnessFolder } from '../witness/witness-folder.ts';

type Watch = {
  readonly dir: string;
  readonly log: string;
  readonly key: NoteKey;
  readonly post: boolean;
  readonly json?: boolean;
};
type Run = Watch & { readonly every: number; readonly listen?: Listening };

/** Watches the log of a center for somebody who is not the center. */
export function addWitness(program: Command): void {
  const witness = program
    .command('witness')
    .description("watch a center's log: that it only ever grows, and shows everybody the same");
  witness
    .command('init')
    .description('make the key of a new witness; the center and whoever verifies are told what it prints')
    .requiredOption('--dir <dir>', 'folder of the witness: its key, and what it saw last')
    .requiredOption('--name <name>', 'who it is, such as witness.county.example')
    .option('--json', 'print one JSON document')
    .action(({ dir, name, json }: { dir: string; name: string; json?: boolean }) =>
      present(json, () => init(dir, name)),
    );
  const watching = (name: string, description: string): Command =>
    witness
      .command(name)
      .description(description)
      .requiredOption('--dir <dir>', 'folder of the witness, as `witness init` made it')
      .requiredOption('--log <url>', 'address of the center')
      .requiredOption(
        '--key <key>',
        `key of its log, as the operator published it; the center shows it at ${logPaths.about}`,
        logKeyOf,
      )
      .option('--no-post', 'keep the cosignature, and do not bring it to the center')
      .option('--json', 'print one JSON document');
  watching('check', 'look once').action((options: Watch) => present(options.json, () => check(options)));
  watching('run', 'look again and again, until it is stopped or the log contradicts itself')
    .option('--every <seconds>', 'how often to look', wholeNumber, 60)
    .option('--listen <[host:]port>', 'take checkpoints that are brought, too; on 127.0.0.1 without a host', address)
    .action((options: Run) => present(options.json, () => run(options)));
}

function init(dir: string, name: string): CommandResult {
  const key = writeNoteKey(makeWitness(dir, name));
  return {
    exit: 0,
    json: { ok: true, key, dir },
    text: [
      key,
      'Give this key to the operator of the center, and to whoever verifies. witness.key stays in the folder.',
    ],
  };
}

const check = ({ dir, ...watch }: Watch): Promise<CommandResult> =>
  closing(openWitness(dir), async (folder) => resultOf(await lookAt(folder, watched(watch))));

const watched = ({ log, key, post }: Omit<Watch, 'dir'>) => ({ url: log, key, post });

async function run({ dir, every, listen, ...watch }: Run): Promise<CommandResult> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return closing(openWitness(dir), async (folder) => {
    const found: { forked?: Look } = {};
    const onForked = (evidence: string): void => {
      found.forked = { found: 'forked', why: 'somebody brought another tree with the signature of the log', evidence };
      stop.abort();
    };
    const server = listen && (await serveWitness(folder, watch.key, listen, onForked));
    if (server) tell(`add-checkpoint is at ${server.url}`);
    const last = await follow(folder, watch, every, stop.signal);
    await server?.[Symbol.asyncDispose]();
    return resultOf(found.forked ?? last);
  });
}

/** Looks until it is stopped or the log contradicts itself. @returns the last look */
async function follow(
  folder: WitnessFolder,
  watch: Omit<Watch, 'dir'>,
  every: number,
  signal: AbortSignal,
): Promise<Look> {
  for (;;) {
    const look = await lookAt(folder, watched(watch));
    if (look.found === 'forked' || signal.aborted) return look;
    if (look.found !== 'same') tell(inWords(look));
    await wait(Math.max(1, every) * 1_000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return look;
  }
}

/** While it runs; the result is for standard output. */
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function resultOf(look: Look): CommandResult {
  const json = { ok: look.found === 'cosigned' || look.found === 'same', ...look };
  if (look.found === 'forked')
    return {
      exit: FORKED,
      json: { ...json, reason: 'log-forked' },
      text: [inWords(look), explain('log-forked', 'zh'), explain('log-forked', 'en')],
    };
  if (look.found === 'unproven')
    return {
      exit: UNPROVEN,
      json: { ...json, reason: 'log-unproven' },
      text: [inWords(look), explain('log-unproven', 'zh'), explain('log-unproven', 'en')],
    };
  return { exit: json.ok ? 0 : 1, json, text: [inWords(look)] };
}

function inWords(look: Look): string {
  switch (look.found) {
    case 'cosigned':
      return `cosigned ${look.size} entries${look.posted ? ', and the center has it' : ''}`;
    case 'same':
      return `nothing new: ${look.size} entries`;
    case 'behind':
      return `the log shows ${look.size} entries, fewer than before, and they are the beginning of those`;
    case 'forked':
      return `FORKED  ${look.why}; both checkpoints are in ${look.evidence}`;
    default:
      return `${look.found}: ${look.why}`;
  }
}

/** @throws InvalidArgumentError */
function address(text: string): Listening {
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) throw new InvalidArgumentError('a port, or host:port');
  return { host, port: Number(port) };
}
