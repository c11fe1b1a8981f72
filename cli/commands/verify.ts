import { type Command, InvalidArgumentError } from 'commander';
import { instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import type { NoteKey } from '../../proof/transparency/index.ts';
import { readCenterKeys } from '../center-keys.ts';
import { present } from '../output.ts';
import { publicKey, wholeNumber, witness } from '../values.ts';
import { verifyCertificate } from '../verify-certificate.ts';
import { verifyFiles } from '../verify-files.ts';
import { verifyPerson } from '../verify-person.ts';
import { verifyReceipt } from '../verify-receipt.ts';

type Options = {
  readonly key?: PublicKey;
  readonly centerKeys?: string;
  readonly maxGap?: number;
  readonly receipt?: string;
  readonly certificate?: string;
  readonly person?: string;
  readonly status?: readonly string[];
  readonly number?: string;
  readonly salt?: string;
  readonly record?: string;
  readonly witness?: readonly NoteKey[];
  readonly witnesses?: number;
  readonly json?: boolean;
};

const USAGE =
  'name files written by `export`, a receipt of a result with --receipt and one file at most, or a certificate with --certificate';

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('check exported batches, or what a candidate took along, with public keys alone, offline')
    .argument('[files...]', 'files written by `export`, or folders of them; several are checked against each other')
    .option(
      '--key <key>',
      "the center's published public key, without which the file's own is used, and the answer says so; where a receipt is checked without such a file, the station's",
      publicKey,
    )
    .option(
      '--center-keys <file>',
      'what the center serves at /v1/keys: which of its keys were revoked by now; a file says only what it was written with',
    )
    .option('--max-gap <hours>', 'how long after the exam a result may be logged before that is remarked (72)', hours)
    .option('--receipt <text>', 'what the QR code of a result says; with a file, its record is looked for there')
    .option('--record <file>', 'with --receipt: its record or a batch, where there is no proof file')
    .option('--certificate <file>', 'a certificate of passing, as JSON, or a text file with what its QR code says')
    .option('--person <file>', 'all that a center has of one person, as the platform gave it')
    .option('--status <file>', 'with --certificate: a status list of the center; again for the other one', another)
    .option('--number <number>', 'with --certificate: the ID number of the person, with --salt')
    .option('--salt <text>', 'as the firm tells it of a certificate, so that the whole number can be compared')
    .option(
      '--witness <key>',
      'one who watches the log, by the key that `witness init` printed; again for each',
      witness,
    )
    .option('--witnesses <number>', 'how many of them must have seen the log; all of them without it', wholeNumber)
    .option('--json', 'print one JSON document; a list for several files or a folder')
    .addHelpText(
      'after',
      '\nexit codes: 0 proven, 3 signed only (no receipt of a center; of a certificate, no status lists), 1 refused, 2 usage\n',
    )
    .action((paths: readonly string[], options: Options, command: Command) => {
      const { receipt, record, key, maxGap: maxGapHours, witness: witnesses = [] } = options;
      const { centerKeys: keysFile } = options;
      const centerKeys = () => (keysFile === undefined ? undefined : readCenterKeys(keysFile));
      const [proof, ...others] = paths;
      if (options.person !== undefined) {
        const { person } = options;
        if (proof !== undefined || receipt !== undefined || options.certificate !== undefined) command.error(USAGE);
        return present(options.json, () => verifyPerson(person, key));
      }
      const { certificate, status = [], number, salt } = options;
      if (certificate !== undefined) {
        if (proof !== undefined || receipt !== undefined || record !== undefined) command.error(USAGE);
        const now = instant(new Date());
        return present(options.json, () =>
          verifyCertificate({ file: certificate, status, number, salt, key, centerKeys: centerKeys(), now }),
        );
      }
      if (receipt !== undefined && others.length === 0)
        return present(options.json, () =>
          verifyReceipt({ code: receipt.trim(), key, proof, record, centerKeys: centerKeys() }),
        );
      if (proof === undefined || receipt !== undefined || record !== undefined) command.error(USAGE);
      const seen = { witnesses, least: options.witnesses ?? witnesses.length };
      return present(options.json, () =>
        verifyFiles({ paths, key, maxGapHours, seen, centerKeys: centerKeys(), now: instant(new Date()) }),
      );
    });
}

const another = (file: string, before: readonly string[] = []): readonly string[] => [...before, file];

function hours(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) throw new InvalidArgumentError('hours, from 0 up');
  return number;
}
