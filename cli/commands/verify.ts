import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { PublicKey } from '../../contract/words/keys.ts';
import { explain } from '../../messages/index.ts';
import { type ProofSummary, type SeenBy, verifyProofFile, type WitnessWish, whoSaw } from '../../proof/index.ts';
import type { NoteKey } from '../../proof/transparency/index.ts';
import { type CommandResult, notValid, present } from '../output.ts';
import { publicKey, wholeNumber, witness } from '../values.ts';
import { verifyReceipt } from '../verify-receipt.ts';

type Options = {
  readonly key?: PublicKey;
  readonly receipt?: string;
  readonly record?: string;
  readonly witness?: readonly NoteKey[];
  readonly witnesses?: number;
  readonly json?: boolean;
};

const USAGE = 'name a file written by `export`, or a receipt of a result with --receipt';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('check an exported batch, or what a candidate took along, with public keys alone, offline')
    .argument('[file]', 'file written by `export`')
    .option(
      '--key <key>',
      "the center's published public key, without which the file's own is used, and the answer says so; where a receipt is checked without such a file, the station's",
      publicKey,
    )
    .option('--receipt <text>', 'what the QR code of a result says; with a file, its record is looked for there')
    .option('--record <file>', 'with --receipt: its record or a batch, where there is no proof file')
    .option(
      '--witness <key>',
      'one who watches the log, by the key that `witness init` printed; again for each',
      witness,
    )
    .option('--witnesses <number>', 'how many of them must have seen the log; all of them without it', wholeNumber)
    .option('--json', 'print one JSON document')
    .action((file: string | undefined, options: Options, command: Command) => {
      const { receipt, record, key, witness: witnesses = [] } = options;
      const wish = { witnesses, least: options.witnesses ?? witnesses.length };
      if (receipt !== undefined)
        return present(options.json, () => verifyReceipt({ code: receipt.trim(), key, proof: file, record }));
      if (file === undefined || record !== undefined) command.error(USAGE);
      return present(options.json, () => verify(file, key, wish));
    });
}

async function verify(file: string, pinned: PublicKey | undefined, wish: WitnessWish): Promise<CommandResult> {
  const result = await verifyProofFile(readFileSync(file), pinned);
  if (!result.ok) return notValid(result);
  const { summary } = result;
  const seen = whoSaw(summary.log, wish);
  if (!seen.ok) return notValid(seen);
  const text = [
    `VALID  ${summary.records} record(s), batch ${summary.batch} of station ${summary.stationId} (${summary.tenantId})`,
    ...whoseStation(summary),
    `station key ${summary.stationKeyId}, vouched for by center key ${summary.centerKeyId}`,
    `shown on: ${inWords(summary.hosts)}`,
    ...summary.unknownReasons.flatMap((code) => [explain(code, 'zh'), explain(code, 'en')]),
    `receipt of the center's log: ${summary.receipt}`,
    ...logInWords(summary, seen.seenBy),
    ...(summary.trust === 'pinned'
      ? []
      : [
          'The center key came with the file. Compare its id with the one the center publishes, or give it with --key.',
        ]),
  ];
  return { exit: 0, json: { ok: true, ...summary, seenBy: seen.seenBy }, text };
}

/** Which log, and who of those named has seen it. */
const logInWords = ({ log }: ProofSummary, seenBy: SeenBy): readonly string[] =>
  log
    ? [
        `in the log ${log.origin}, ${log.size} entries, with the certificate${seenBy.length > 0 ? ', seen by:' : ''}`,
        ...seenBy.map(({ witness, at }) => `  ${witness}, ${at}`),
      ]
    : [];

/** Where it is another firm's, what let this one use it. */
function whoseStation({ tenantId, ownerId, grants }: ProofSummary): readonly string[] {
  const used = grants.map(
    ({ id, exams, from, until }) =>
      `grant ${id}: ${exams === 'all' ? 'all exams' : exams.join(', ')}, ${from} to ${until}`,
  );
  return ownerId === tenantId ? used : [`the station is ${ownerId}'s, which let ${tenantId} use it`, ...used];
}

/** A record that was shown in more than one place counts for each. */
const inWords = (hosts: ProofSummary['hosts']): string =>
  Object.entries(hosts)
    .map(([host, records]) => `${host} (${records})`)
    .join(', ') || 'not said';
