import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import { MOST_EVIDENCE_BYTES } from '../../contract/records/evidence.ts';
import type { ExchangeKey, PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { NO_KEYS, openCenterKeys, sha256 } from '../../proof/index.ts';
import { inspectorKeyOf, newInspectorKey, readEvidence } from '../../proof/sealed/index.ts';
import { readCenterKeys } from '../center-keys.ts';
import { FORCE, mustTake, throughDraft } from '../out-file.ts';
import { type CommandResult, present } from '../output.ts';
import { publicKey } from '../values.ts';

type KeyOptions = { readonly out: string; readonly force?: boolean; readonly json?: boolean };
type OpenOptions = {
  readonly key: string;
  readonly out: string;
  readonly centerKey?: PublicKey;
  readonly centerKeys?: string;
  readonly force?: boolean;
  readonly json?: boolean;
};

/** Pictures of sittings that an inspector asked for, for whoever keeps their key in a file instead of a browser. */
export function addEvidence(program: Command): void {
  const evidence = program.command('evidence').description('pictures of sittings that inspectors asked for');
  evidence
    .command('key')
    .description('make a key that stations seal pictures to; its public half is typed in at the page of a result')
    .requiredOption('--out <file>', 'where its secret half goes, which nobody else may read')
    .option(...FORCE)
    .option('--json', 'print one JSON document')
    .action((options: KeyOptions) => present(options.json, () => makeKey(options)));
  evidence
    .command('open')
    .description('open a picture that was downloaded from the page of a result')
    .argument('<file>', 'as it was sealed')
    .requiredOption('--key <file>', 'as `evidence key` wrote it')
    .requiredOption('--out <file>', 'where the picture goes, a JPEG, which nobody else may read')
    .option(
      '--center-key <key>',
      "the center's published public key: without it nobody says that the station is one of its stations",
      publicKey,
    )
    .option('--center-keys <file>', 'what the center serves at /v1/keys')
    .option(...FORCE)
    .option('--json', 'print one JSON document')
    .action((file: string, options: OpenOptions) => present(options.json, () => open(file, options)));
}

/** Written so that nobody else may read it at any time. */
const writePrivate = (path: string, content: string | Uint8Array, force: boolean | undefined): Promise<void> =>
  throughDraft(path, { force }, (draft) => writeFileSync(draft, content, { mode: 0o600 }));

async function makeKey({ out, force }: KeyOptions): Promise<CommandResult> {
  const { secret, key } = newInspectorKey();
  const pem = createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
  await writePrivate(out, String(pem.export({ format: 'pem', type: 'pkcs8' })), force);
  const said = fingerprintOf(key);
  return {
    exit: 0,
    json: { ok: true, key, fingerprint: said, out },
    text: [key, `${said}, its secret half in ${out}`],
  };
}

async function open(file: string, options: OpenOptions): Promise<CommandResult> {
  const { key, out, centerKey, centerKeys, force } = options;
  mustTake(out, { force });
  const secret = secretIn(key);
  const center =
    centerKey && openCenterKeys(centerKey, centerKeys === undefined ? NO_KEYS : readCenterKeys(centerKeys));
  const sealed = readEvidence(readUpTo(file, MOST_EVIDENCE_BYTES, 'picture-unreadable'), center);
  await writePrivate(out, sealed.open(secret), force);
  const { of, picture, sittingId, stationId, wish } = sealed.manifest;
  const json = { ok: true, of, picture, sittingId, stationId, wish, vouchedFor: center !== undefined, out };
  const text = [
    `${of} of sitting ${sittingId}, by station ${stationId}, in ${out}`,
    `picture ${picture}: hold this against the ledger of the station; of check-in, against the record as well`,
    ...(center ? [] : ['nobody vouched for that station: give --center-key']),
  ];
  return { exit: 0, json, text };
}

/** @throws Refusal `key-missing` */
function secretIn(file: string): Uint8Array {
  const text = readUpTo(file, FILE_MOST.text, 'key-missing');
  try {
    const secret = createPrivateKey(text).export({ format: 'der', type: 'pkcs8' });
    inspectorKeyOf(secret);
    return secret;
  } catch {
    throw new Refusal('key-missing', `${file} is no key of \`evidence key\``);
  }
}

/** As the page says it. */
const fingerprintOf = (key: ExchangeKey): string =>
  sha256(Buffer.from(key, 'base64url'))
    .slice(0, 16)
    .replace(/(.{4})(?=.)/g, '$1 ');
