import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyCertificate } from '../../cli/verify-certificate.ts';
import type { StatusPurpose } from '../../contract/records/certificates.ts';
import type { Instant } from '../../contract/words/ids.ts';
import { factsOf, SALT } from '../../proof/certificates/certificates.fixture.ts';
import { certificateOf, type Issuing, statusListOf } from '../../proof/certificates/index.ts';
import { canonicalJson, openCenterKeys, type Signer } from '../../proof/index.ts';
import { newSigner } from '../../proof/proof.fixture.ts';
import type { Attack, Attacker, Outcome } from './attack.ts';

const NOW = '2027-01-02T12:00:00.000Z' as Instant;
const BEFORE = '2027-01-01T00:00:00.000Z' as Instant;

const issuerOf = (signer: Signer): Issuing => ({
  ...{ signer, logName: 'log.example', address: 'https://center.example' },
  keys: openCenterKeys(signer.publicKey, { keys: [], revocations: [] }),
});
const genuine = (center: Issuing): string => canonicalJson(certificateOf(center, factsOf(), BEFORE));
const list = (center: Issuing, purpose: StatusPurpose, set: readonly number[], at: Instant): string =>
  canonicalJson(statusListOf(center, { name: `${purpose}-1`, purpose }, set, at));

type Shown = { readonly certificate: string; readonly lists: readonly string[]; readonly number?: string };
type Forged = {
  readonly name: string;
  readonly attacker: Attacker;
  readonly does: string;
  readonly by: string;
  readonly outcome: Exclude<Outcome, 'open'>;
  readonly told: string;
  show(center: Issuing): Shown;
};

/** `verify --certificate` with the published key of the center, on what somebody shows. */
function asked(center: Issuing, { certificate, lists, number }: Shown) {
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-shown-'));
  const fileOf = (text: string, at: number): string => {
    writeFileSync(join(folder, `${at}.json`), text);
    return join(folder, `${at}.json`);
  };
  try {
    const [file = '', ...status] = [certificate, ...lists].map(fileOf);
    const whose = { number, salt: number === undefined ? undefined : SALT };
    return verifyCertificate({
      ...{ file, status, key: center.keys.root, centerKeys: undefined, now: NOW },
      ...whose,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FORGED: readonly Forged[] = [
  {
    name: 'certificate-of-nobody',
    attacker: 'stranger',
    does: 'signs a certificate with a key of their own, in all like one of the center',
    ...{ outcome: 'prevented', by: '`verify --certificate` with the published key', told: 'signature-invalid' },
    show: () => ({ certificate: genuine(issuerOf(newSigner())), lists: [] }),
  },
  {
    name: 'certificate-of-somebody-else',
    attacker: 'candidate',
    does: 'writes their own name into the certificate of somebody else',
    ...{ outcome: 'prevented', by: 'the signature is over every word of it', told: 'signature-invalid' },
    show: (center) => ({ certificate: genuine(center).replace('张示范', '李示范'), lists: [] }),
  },
  {
    name: 'certificate-of-a-namesake',
    attacker: 'candidate',
    does: 'shows the certificate of somebody of the same name as their own',
    by: 'the number, compared with the salt that the firm tells',
    ...{ outcome: 'prevented', told: 'certificate-not-theirs' },
    show: (center) => ({ certificate: genuine(center), lists: [], number: '110105194912310038' }),
  },
  {
    name: 'certificate-that-was-revoked',
    attacker: 'candidate',
    does: 'goes on showing a certificate that was revoked',
    ...{ outcome: 'prevented', by: 'the status list of the center', told: 'certificate-revoked' },
    show: (center) => ({ certificate: genuine(center), lists: [list(center, 'revocation', [5], NOW)] }),
  },
  {
    name: 'certificate-with-an-old-list',
    attacker: 'candidate',
    does: 'shows a revoked certificate with the status lists of before',
    by: 'a list is good for a day: `verify` says that nobody knows whether it was revoked since',
    ...{ outcome: 'detected', told: 'unknown' },
    show: (center) => ({
      certificate: genuine(center),
      lists: [list(center, 'revocation', [], BEFORE), list(center, 'suspension', [], BEFORE)],
    }),
  },
];

type Said = { readonly reason?: string; readonly standing?: string };

export const attacksOnCertificates: readonly Attack[] = FORGED.map(({ show, told, outcome, ...attack }) => ({
  ...attack,
  ...{ about: 'proof' as const, outcome, told: [told] },
  async replay() {
    const center = issuerOf(newSigner());
    const { exit, json } = asked(center, show(center));
    const { reason, standing } = json as Said;
    const said = reason ?? standing ?? '';
    if (exit === 0) return { outcome: 'open', said };
    return { outcome: exit === 1 ? 'prevented' : 'detected', said };
  },
}));
