import { CenterKeyStatement } from '../../contract/records/center-keys.ts';
import {
  Certificate,
  type CertificateFacts,
  CONTEXT,
  LIST_SIZE,
  NUMBER_LENGTH,
  type StatusPurpose,
} from '../../contract/records/certificates.ts';
import { CertificateNumber } from '../../contract/words/certificate-number.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import type { CenterKeySet } from '../center-keys.ts';
import { sha256 } from '../hash.ts';
import { keyId, payloadOf, type Signer } from '../jws.ts';
import { parseWritten } from '../written-json.ts';
import { signDocument } from './data-integrity.ts';
import { didOf } from './multibase.ts';

/** A center that issues: what it signs with, and what its things are called. */
export type Issuing = {
  readonly signer: Signer;
  readonly keys: CenterKeySet;
  readonly logName: string;
  /** Its address as everybody reaches it, such as `https://center.example`; without it, things are named and have no address. */
  readonly address?: string | undefined;
};

type Named = Pick<Issuing, 'keys' | 'address'>;

const nameOf = ({ keys, address }: Named, path: string, urn: string): string =>
  address ? `${address.replace(/\/+$/, '')}${path}` : `urn:exam-station:center:${keyId(keys.root)}:${urn}`;

export const certificateId = (center: Named, number: CertificateNumber): string =>
  nameOf(center, `/certificates/${number}`, `certificate:${number}`);

/** What the list is called that has the bit of the certificate at this place: `revocation-1`. */
const listNameOf = (purpose: StatusPurpose, place: number): string => `${purpose}-${Math.floor(place / LIST_SIZE) + 1}`;

export const listId = (center: Named, name: string): string =>
  nameOf(center, `/v1/certificates/status/${name}`, `status:${name}`);

/** What the root said of the key that signs; nothing where that is the root. */
export function statementOf(keys: CenterKeySet, key: PublicKey): { readonly keyStatement?: string } {
  const keyStatement = keys.keys.find((jws) => {
    const { data } = CenterKeyStatement.safeParse(parseWritten(payloadOf(jws) ?? ''));
    return data?.publicKey === key;
  });
  return keyStatement && key !== keys.root ? { keyStatement } : {};
}

/** @param salt that stays with the center, for whoever is told it to compare the whole number */
export const numberHashOf = (number: string, salt: string) => sha256(number + salt);

/** The certificate, signed with what the center signs with now. */
export function certificateOf(center: Issuing, facts: CertificateFacts, now: Instant): Certificate {
  const { signer, keys, logName } = center;
  const { number, tenantId, firm, examId, title, expiresAt, place } = facts;
  const signed = signDocument(
    {
      '@context': CONTEXT,
      id: certificateId(center, number),
      type: ['VerifiableCredential', 'OpenBadgeCredential'] as const,
      name: title.zh,
      issuer: {
        id: didOf(signer.publicKey),
        type: ['Profile'] as const,
        name: logName,
        otherIdentifier: [
          { type: 'IdentifierEntry', identifier: didOf(keys.root), identifierType: 'ext:centerRootKey' },
        ] as const,
        ...statementOf(keys, signer.publicKey),
      },
      validFrom: facts.issuedAt,
      ...(expiresAt ? { validUntil: expiresAt } : {}),
      awardedDate: facts.passedAt,
      credentialSubject: {
        type: ['AchievementSubject'] as const,
        identifier: [
          { type: 'IdentityObject', hashed: false, identityHash: facts.name, identityType: 'name' },
          {
            ...{ type: 'IdentityObject', hashed: false, identityHash: facts.ending },
            identityType: 'ext:nationalIdentityNumberEnding',
          },
          {
            ...{ type: 'IdentityObject', hashed: true, identityHash: `sha256$${facts.numberHash}` },
            identityType: 'ext:nationalIdentityNumberUnderSalt',
          },
        ] as const,
        achievement: {
          id: `urn:exam-station:exam:${tenantId}:${examId}`,
          type: ['Achievement'] as const,
          achievementType: 'Certification' as const,
          creator: { id: `urn:exam-station:tenant:${tenantId}`, type: ['Profile'] as const, name: firm },
          humanCode: examId,
          name: title.zh,
          description: title.en ?? title.zh,
          criteria: { narrative: 'Passed the formal exam, in person and identified, at a supervised station.' },
        },
      },
      evidence: [
        {
          type: ['Evidence'] as const,
          name: 'The record of the exam in the log of the center',
          log: logName,
          logIndex: facts.logIndex,
          recordHash: facts.recordHash,
          sittingId: facts.sittingId,
        },
      ] as const,
      credentialStatus: [entry(center, 'revocation', place), entry(center, 'suspension', place)] as const,
    },
    signer,
    now,
  );
  return Certificate.parse(signed);
}

const entry = <P extends StatusPurpose>(center: Named, statusPurpose: P, place: number) => ({
  type: 'BitstringStatusListEntry' as const,
  statusPurpose,
  statusListIndex: String(place % LIST_SIZE),
  statusListCredential: listId(center, listNameOf(statusPurpose, place)),
});

/** What it says, whoever signed it. */
export function factsIn(certificate: Certificate): Omit<CertificateFacts, 'place' | 'tenantId'> {
  const { credentialSubject, evidence, validUntil, validFrom, awardedDate, id } = certificate;
  const [name, ending, hash] = credentialSubject.identifier;
  const { creator, humanCode, name: zh, description } = credentialSubject.achievement;
  const [{ logIndex, recordHash, sittingId }] = evidence;
  return {
    number: CertificateNumber.parse(id.slice(-NUMBER_LENGTH)),
    ...{ firm: creator.name, examId: humanCode, title: zh === description ? { zh } : { zh, en: description } },
    ...{ name: name.identityHash, ending: ending.identityHash, numberHash: sha256Of(hash.identityHash) },
    ...{ passedAt: awardedDate, issuedAt: validFrom, expiresAt: validUntil ?? null },
    ...{ sittingId, recordHash, logIndex },
  };
}
const sha256Of = (text: string) => text.slice('sha256$'.length) as CertificateFacts['numberHash'];
