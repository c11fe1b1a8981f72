import { FILE_MOST, readUpTo } from '../authoring/read-up-to.ts';
import type { CenterKeyList } from '../contract/records/center-keys.ts';
import type { CertificateFacts } from '../contract/records/certificates.ts';
import type { Instant } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import type { Reason } from '../contract/words/reasons.ts';
import {
  isNumberOf,
  type ProvenCertificate,
  verifyCertificateCode,
  verifyCertificateOfPassing,
} from '../proof/certificates/index.ts';
import { keyId } from '../proof/index.ts';
import { type CommandResult, refused } from './output.ts';

export type CertificateQuestion = {
  /** A certificate as JSON, or what the QR code of one says. */
  readonly file: string;
  /** The root of the center, as it is published. */
  readonly key: PublicKey | undefined;
  /** Status lists, as the center serves them. */
  readonly status: readonly string[];
  readonly centerKeys: CenterKeyList | undefined;
  /** Of the person, with the salt that the firm told. */
  readonly number: string | undefined;
  readonly salt: string | undefined;
  readonly now: Instant;
};

const ENDED = {
  revoked: 'certificate-revoked',
  expired: 'certificate-expired',
  suspended: 'certificate-suspended',
} as const satisfies Record<string, Reason>;

/** 0 where it is genuine and good, 3 where nobody said whether it was revoked, 1 where it is refused or good no more. */
export function verifyCertificate(question: CertificateQuestion): CommandResult {
  const { file, key, centerKeys, now, number, salt } = question;
  const text = textOf(file);
  if (!text.trimStart().startsWith('{')) return verifyCode(question, text);
  const checked = verifyCertificateOfPassing(text, question.status.map(textOf), { root: key, centerKeys, now });
  if (!checked.ok) return refused(checked);
  if ((number === undefined) !== (salt === undefined)) throw new Error('--number and --salt go together');
  if (number !== undefined && salt !== undefined && !isNumberOf(checked, number, salt))
    return refused({
      reason: 'certificate-not-theirs',
      detail: `it was issued for a number that ends in ${checked.facts.ending}`,
    });
  return told(checked);
}

const textOf = (file: string): string => readUpTo(file, FILE_MOST.text, 'format-unknown').toString('utf8');

function verifyCode({ key, centerKeys, now }: CertificateQuestion, code: string): CommandResult {
  if (!key) throw new Error("the code of a certificate names no key: give the center's published key with --key");
  const checked = verifyCertificateCode(code, { root: key, centerKeys, now });
  if (!checked.ok) return refused(checked);
  const { facts, standing } = checked;
  return told({ facts, standing, root: key, trust: 'pinned', signedAt: facts.signedAt });
}

type Shown = Pick<CertificateFacts, 'number' | 'name' | 'ending' | 'title' | 'firm' | 'passedAt' | 'expiresAt'>;
type Told = Pick<ProvenCertificate, 'standing' | 'root' | 'trust' | 'signedAt' | 'asOf'> & { readonly facts: Shown };

function told({ facts, standing, root, trust, signedAt, asOf }: Told): CommandResult {
  if (standing in ENDED) {
    const reason = ENDED[standing as keyof typeof ENDED];
    return refused({ reason, detail: `${facts.number}, ${facts.name}, valid until ${facts.expiresAt ?? 'ever'}` });
  }
  const { number, name, ending, title, firm, passedAt, expiresAt } = facts;
  const text = [
    standing === 'valid'
      ? `VALID  ${number}`
      : `GENUINE  ${number}: no status lists of today say whether it was revoked since`,
    `${name}, ID number ends in ${ending}`,
    `${title.zh}${title.en ? ` (${title.en})` : ''}, ${firm}`,
    `passed ${passedAt}, ${expiresAt ? `valid until ${expiresAt}` : 'does not expire'}`,
    ...(asOf ? [`status as of ${asOf}`] : []),
    `signed ${signedAt} by center key ${keyId(root)} (${trust === 'pinned' ? 'given' : 'only if the key that came with the file is the center’s'})`,
  ];
  const json = { ok: true, standing, ...facts, centerKeyId: keyId(root), trust, signedAt, ...(asOf ? { asOf } : {}) };
  return { exit: standing === 'valid' ? 0 : 3, json, text };
}
