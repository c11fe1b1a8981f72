import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { PublicKey } from '../../contract/words/keys.ts';
import { explain } from '../../messages/index.ts';
import { type ProofSummary, verifyProofFile } from '../../proof/index.ts';
import { type CommandResult, present } from '../output.ts';
import { publicKey } from '../values.ts';

type Options = { readonly key?: PublicKey; readonly json?: boolean };

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('check an exported batch with public keys alone, offline')
    .argument('<file>', 'file written by `export`')
    .option(
      '--key <key>',
      "the center's published public key; without it the file's own is used, and the answer says so",
      publicKey,
    )
    .option('--json', 'print one JSON document')
    .action((file: string, options: Options) => present(options.json, () => verify(file, options.key)));
}

async function verify(file: string, pinned: PublicKey | undefined): Promise<CommandResult> {
  const result = await verifyProofFile(readFileSync(file), pinned);
  if (!result.ok) {
    const text = [
      `NOT VALID  ${result.reason}: ${result.detail}`,
      explain(result.reason, 'zh'),
      explain(result.reason, 'en'),
    ];
    return { exit: 1, json: result, text };
  }
  const { summary } = result;
  const text = [
    `VALID  ${summary.records} record(s), batch ${summary.batch} of station ${summary.stationId} (${summary.tenantId})`,
    ...whoseStation(summary),
    `station key ${summary.stationKeyId}, vouched for by center key ${summary.centerKeyId}`,
    `shown on: ${inWords(summary.hosts)}`,
    ...summary.unknownReasons.flatMap((code) => [explain(code, 'zh'), explain(code, 'en')]),
    `receipt of the center's log: ${summary.receipt}`,
    ...(summary.trust === 'pinned'
      ? []
      : [
          'The center key came with the file. Compare its id with the one the center publishes, or give it with --key.',
        ]),
  ];
  return { exit: 0, json: { ok: true, ...summary }, text };
}

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
