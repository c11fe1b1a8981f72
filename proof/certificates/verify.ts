import type { CenterKeyList } from '../../contract/records/center-keys.ts';
import {
  Certificate,
  type CertificateFacts,
  StatusList,
  type StatusPurpose,
} from '../../contract/records/certificates.ts';
import { DOCUMENT_KINDS, parseIdNumber } from '../../contract/words/id-number.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import { canonicalJson } from '../canonical.ts';
import { type CenterKey, joinKeys, NO_KEYS, openCenterKeys } from '../center-keys.ts';
import { keyId, verifyPacked } from '../jws.ts';
import { no, type Rejection, type Verified } from '../verdict.ts';
import { type CodeFacts, openCertificateCode } from './code.ts';
import { factsIn, numberHashOf } from './credential.ts';
import { isSignedBy } from './data-integrity.ts';
import { keyOfDid, methodOf } from './multibase.ts';
import { isSet } from './status-list.ts';

/** What somebody knows of the center who checks what it issued. */
export type CheckedWith = {
  /** Its root, as it is published; without it, the one that the file names. */
  readonly root?: PublicKey | undefined;
  /** What the root has said of its keys by now. */
  readonly centerKeys?: CenterKeyList | undefined;
  readonly now: Instant;
};

/** What a certificate comes to. `unknown`: it holds, and nobody said whether it was revoked since. */
export type CertificateStanding = 'valid' | 'unknown' | 'expired' | 'suspended' | 'revoked';

export type ProvenCertificate = {
  readonly facts: Omit<CertificateFacts, 'place' | 'tenantId'>;
  readonly root: PublicKey;
  /** `file`: only if the root that came with it is the center's. */
  readonly trust: 'pinned' | 'file';
  readonly signedAt: Instant;
  readonly standing: CertificateStanding;
  /** When the lists said so, the older one; nothing where there was none. One that is no longer good says nothing of what was not revoked. */
  readonly asOf?: Instant;
};

/**
 * Checks a certificate with public keys alone.
 * @param lists status lists as the center serves them
 * @returns its standing where every signature holds; a rejection where one does not, or a list is another's
 */
export function verifyCertificateOfPassing(
  text: string,
  lists: readonly string[],
  by: CheckedWith,
): Verified<ProvenCertificate> {
  const certificate = readSigned(text, Certificate, 'certificate');
  if (!certificate.ok) return certificate;
  const { said } = certificate;
  const root = by.root ?? keyOfDid(said.issuer.otherIdentifier[0].identifier);
  if (!root) return no('signature-invalid', 'it names no key of a center');
  const bad = whyNotSigned(said, root, by);
  if (bad) return bad;
  const facts = factsIn(said);
  const opened: StatusList[] = [];
  for (const list of lists) {
    const read = readSigned(list, StatusList, 'status list');
    if (!read.ok) return read;
    const wrong = whyNotSigned(read.said, root, by);
    if (wrong) return wrong;
    opened.push(read.said);
  }
  const status = statusIn(said, opened, by.now);
  if (!status.ok) return status;
  const standing = standingOf(facts.expiresAt, status, by.now);
  const signedAt = said.proof.created;
  const trust = by.root ? 'pinned' : 'file';
  return { ok: true, facts, root, trust, signedAt, standing, ...(status.asOf ? { asOf: status.asOf } : {}) };
}

/** Whether this is the number that it was issued for, of whichever document; the salt is the center's to tell. */
export const isNumberOf = ({ facts }: Pick<ProvenCertificate, 'facts'>, number: string, salt: string): boolean =>
  numbersMeant(number).some((one) => numberHashOf(one, salt) === facts.numberHash);

/** As it was always held against a certificate, and as each document's is kept. */
function numbersMeant(typed: string): readonly string[] {
  const parsed = [undefined, ...DOCUMENT_KINDS].map((kind) => parseIdNumber(typed, kind));
  return [typed.toUpperCase(), ...parsed.flatMap((one) => (one.ok ? [one.id] : []))];
}

export type ProvenCode = { readonly facts: CodeFacts; readonly standing: 'unknown' | 'expired' };

/** What the QR code of a certificate says, by the root and what it said of its keys. */
export function verifyCertificateCode(
  code: string,
  { root, centerKeys = NO_KEYS, now }: CheckedWith & { readonly root: PublicKey },
): Verified<ProvenCode> {
  const opened = openCertificateCode(code);
  if (!opened) return no('format-unknown', 'this is no code of a certificate, or not all of it');
  const { facts, packed, signature } = opened;
  const key = openCenterKeys(root, centerKeys).byId.get(facts.keyId);
  if (!key || !verifyPacked(packed, 'exam-station/certificate-code@1', signature, key.publicKey))
    return no('signature-invalid', `the code is signed by no key of this center that is known here: ${facts.keyId}`);
  const bad = whyNotThen(key, facts.signedAt, now);
  if (bad) return bad;
  return { ok: true, facts, standing: isOver(facts.expiresAt, now) ? 'expired' : 'unknown' };
}

type Signed = Certificate | StatusList;

function readSigned<S extends typeof Certificate | typeof StatusList>(text: string, schema: S, what: string) {
  const value = parsedOnce(text);
  if (value === undefined) return no('statement-unclear', `the ${what} is no JSON, or says something twice`);
  const { data } = (schema as typeof Certificate).safeParse(value);
  if (!data) return no('format-unknown', `this is no ${what} that this program knows`);
  return { ok: true as const, said: data as unknown as S['_output'] };
}

/** Written as programs write it: with a member named twice, two programs could read two things out of one signature. */
function parsedOnce(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const ways = [canonicalJson(value), JSON.stringify(value), JSON.stringify(value, undefined, 2)];
    return ways.includes(text.trim()) ? value : undefined;
  } catch {
    return undefined;
  }
}

function whyNotSigned(
  said: Signed,
  root: PublicKey,
  { centerKeys = NO_KEYS, now }: CheckedWith,
): Rejection | undefined {
  const { issuer, proof } = said;
  const publicKey = keyOfDid(issuer.id);
  const { keyStatement } = issuer;
  const own = { keys: keyStatement ? [keyStatement] : [], revocations: [] };
  const key = publicKey && openCenterKeys(root, joinKeys(own, centerKeys)).byId.get(keyId(publicKey));
  if (key?.publicKey !== publicKey || !key) return no('signature-invalid', 'its issuer is no key of this center');
  if (proof.verificationMethod !== methodOf(issuer.id) || !isSignedBy(said, key.publicKey))
    return no('signature-invalid', 'its proof is not by its issuer over what it says');
  return whyNotThen(key, proof.created, now);
}

/** Whoever stole a key writes any date: of a revoked one nothing stands, and the center signs it anew for whoever asks. */
function whyNotThen(
  { publicKey, from, until, revokedAt }: CenterKey,
  at: Instant,
  now: Instant,
): Rejection | undefined {
  const name = `center key ${keyId(publicKey)}`;
  if (revokedAt) return no('center-key-revoked', `the ${name} was revoked at ${revokedAt}: ask the center for it anew`);
  if ((from && at < from) || (until && at >= until))
    return no('center-key-ended', `the ${name} is good from ${from} until ${until}, this is of ${at}`);
  if (Date.parse(at) > Date.parse(now) + MAX_SKEW_MS)
    return no('times-inconsistent', `it was signed at ${at}, later than now`);
  return undefined;
}

type Status = {
  readonly ok: true;
  readonly asOf?: Instant;
  readonly set: ReadonlySet<StatusPurpose>;
  readonly full: boolean;
};

/** What lists say of it; each must be one that it names. Of several of one kind the newest counts. */
function statusIn(certificate: Certificate, lists: readonly StatusList[], now: Instant): Status | Rejection {
  const set = new Set<StatusPurpose>();
  const dates: Instant[] = [];
  let fresh = 0;
  const entries = certificate.credentialStatus;
  const stray = lists.find(({ id, credentialSubject }) =>
    entries.every(
      (entry) => entry.statusListCredential !== id || entry.statusPurpose !== credentialSubject.statusPurpose,
    ),
  );
  if (stray) return no('status-list-other', `${stray.id} is no list that this certificate names`);
  for (const { statusPurpose, statusListCredential, statusListIndex } of entries) {
    const newest = lists
      .filter(({ id }) => id === statusListCredential)
      .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1))[0];
    if (!newest) continue;
    const bit = isSet(newest.credentialSubject.encodedList, Number(statusListIndex));
    if (bit === undefined) return no('format-unknown', `${newest.id} has no place ${statusListIndex}`);
    if (bit) set.add(statusPurpose);
    dates.push(newest.validFrom);
    fresh += newest.validUntil > now ? 1 : 0;
  }
  const asOf = dates.toSorted()[0];
  return { ok: true, set, full: fresh === entries.length, ...(asOf ? { asOf } : {}) };
}

function standingOf(expiresAt: Instant | null, { set, full }: Status, now: Instant): CertificateStanding {
  if (set.has('revocation')) return 'revoked';
  if (isOver(expiresAt, now)) return 'expired';
  if (set.has('suspension')) return 'suspended';
  return full ? 'valid' : 'unknown';
}

const isOver = (expiresAt: Instant | null, now: Instant): boolean => expiresAt !== null && expiresAt <= now;
