import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '../../contract/words/reasons.ts';
import { keyId, verifyCertificate } from '../../proof/index.ts';
import { type Archive, openArchive, stationRunsOn } from '../../station/offline/index.ts';
import { closing } from '../closing.ts';
import { type CommandResult, present } from '../output.ts';

type Options = { readonly data: string; readonly list?: boolean; readonly json?: boolean };

export function addRotateKey(program: Command): void {
  program
    .command('rotate-key')
    .description(
      'have the station sign with a new key: it changes it with the center once nobody sits there and no result waits; one that is stopped, when it starts',
    )
    .option('--data <dir>', 'data folder of the station', 'data/station')
    .option('--list', 'only say which keys it has and had')
    .option('--json', 'print one JSON document')
    .action((options: Options) => present(options.json, () => rotateKey(options)));
}

async function rotateKey({ data, list }: Options): Promise<CommandResult> {
  if (!existsSync(join(data, 'station.db'))) throw new Refusal('data-missing', data);
  return closing(openArchive(data), (archive) => {
    if (!archive.enrolment) throw new Refusal('not-enrolled', data);
    if (!list) archive.wishKeyChange();
    return inWords(archive, stationRunsOn(data));
  });
}

const STANDS = {
  none: 'no change is under way',
  wished: 'it is to change',
  begun: 'it changes: the center has still to answer',
} as const;

function inWords({ enrolment, keys }: Archive, running: boolean): CommandResult {
  const { certificate = '', centerKey } = enrolment ?? {};
  const vouched = centerKey && verifyCertificate(certificate, centerKey);
  const present = vouched?.ok ? vouched.certificate : undefined;
  const former = keys.former.map(({ publicKey, until, opensUntil }) => ({
    keyId: keyId(publicKey),
    until,
    opensUntil,
  }));
  const json = {
    ...{ ok: true, change: keys.change, running, former },
    ...(present ? { present: { keyId: keyId(present.publicKey), since: present.issuedAt } } : {}),
  };
  const text = [
    present ? `key ${keyId(present.publicKey)}, since ${present.issuedAt}` : 'the certificate is not of this center',
    ...former.map((key) => `key ${key.keyId}, until ${key.until}; opens files sealed for it until ${key.opensUntil}`),
    `${STANDS[keys.change]}${keys.change !== 'none' && !running ? '; the station does not run' : ''}`,
  ];
  return { exit: 0, json, text };
}
