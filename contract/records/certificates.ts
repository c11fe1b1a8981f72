import { z } from 'zod';
import { CertificateNumber } from '../words/certificate-number.ts';
import { ExamId, Instant, Sha256, SittingId, TenantId } from '../words/ids.ts';

/**
 * A certificate of passing: a W3C Verifiable Credential 2.0 with the types of Open Badges 3.0, and a Data Integrity proof
 * (`eddsa-jcs-2022`). Frozen: what a later one says otherwise has another {@link TERMS}.
 */

/** `did:key` of an Ed25519 key: its 32 bytes in base58 behind the two of their kind. */
const DidKey = z.string().regex(/^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/);

/** Words that neither standard has, so that whoever reads it as linked data is told of each what it is. */
const TERM = 'urn:exam-station:certificate@1#';
const TERMS = {
  keyStatement: `${TERM}keyStatement`,
  log: `${TERM}log`,
  logIndex: { '@id': `${TERM}logIndex`, '@type': 'http://www.w3.org/2001/XMLSchema#integer' },
  recordHash: `${TERM}recordHash`,
  sittingId: `${TERM}sittingId`,
} as const;
export const CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  TERMS,
] as const;
export const STATUS_CONTEXT = ['https://www.w3.org/ns/credentials/v2'] as const;

const Terms = z
  .strictObject({
    keyStatement: z.literal(TERMS.keyStatement),
    log: z.literal(TERMS.log),
    logIndex: z
      .strictObject({ '@id': z.literal(TERMS.logIndex['@id']), '@type': z.literal(TERMS.logIndex['@type']) })
      .readonly(),
    recordHash: z.literal(TERMS.recordHash),
    sittingId: z.literal(TERMS.sittingId),
  })
  .readonly();
const Context = z.tuple([z.literal(CONTEXT[0]), z.literal(CONTEXT[1]), Terms]).readonly();
const StatusContext = z.tuple([z.literal(STATUS_CONTEXT[0])]).readonly();

const proofOver = <C extends z.ZodType>(context: C) =>
  z
    .strictObject({
      '@context': context,
      type: z.literal('DataIntegrityProof'),
      cryptosuite: z.literal('eddsa-jcs-2022'),
      created: Instant,
      verificationMethod: z.string().max(200),
      proofPurpose: z.literal('assertionMethod'),
      proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{64,90}$/),
    })
    .readonly();

const Text = z.string().min(1).max(300);
const Address = z.string().min(1).max(500);
const one = <T extends string>(name: T) => z.tuple([z.literal(name)]).readonly();
const two = <T extends string, U extends string>(first: T, second: U) =>
  z.tuple([z.literal(first), z.literal(second)]).readonly();

/** The center, by the key that signed; and its root, which vouched for that key in `keyStatement` (JWS `exam-station/center-key`). */
const Issuer = z
  .strictObject({
    id: DidKey,
    type: one('Profile'),
    name: Text,
    otherIdentifier: z
      .tuple([
        z
          .strictObject({
            type: z.literal('IdentifierEntry'),
            identifier: DidKey,
            identifierType: z.literal('ext:centerRootKey'),
          })
          .readonly(),
      ])
      .readonly(),
    /** Not where the root itself signed. */
    keyStatement: z.string().max(16_384).optional(),
  })
  .readonly();

const identity = <T extends string, H extends boolean, V extends z.ZodType>(type: T, hashed: H, value: V) =>
  z
    .strictObject({
      type: z.literal('IdentityObject'),
      hashed: z.literal(hashed),
      identityHash: value,
      identityType: z.literal(type),
    })
    .readonly();

/** Name, last four of the number, and SHA-256 of the number under a salt that is not in here: with it a number is soon guessed. */
const Identifiers = z
  .tuple([
    identity('name', false, Text),
    identity('ext:nationalIdentityNumberEnding', false, z.string().regex(/^\d{3}[\dX]$/)),
    identity('ext:nationalIdentityNumberUnderSalt', true, z.string().regex(/^sha256\$[0-9a-f]{64}$/)),
  ])
  .readonly();

const Achievement = z
  .strictObject({
    id: z.string().regex(/^urn:exam-station:exam:tn_[A-Za-z0-9-]{1,64}:ex_[A-Za-z0-9-]{1,64}$/),
    type: one('Achievement'),
    achievementType: z.literal('Certification'),
    creator: z
      .strictObject({
        id: z.string().regex(/^urn:exam-station:tenant:tn_[A-Za-z0-9-]{1,64}$/),
        type: one('Profile'),
        name: Text,
      })
      .readonly(),
    humanCode: ExamId,
    /** Its title in Chinese. */
    name: Text,
    /** Its title in English where it has one. */
    description: Text,
    criteria: z.strictObject({ narrative: Text }).readonly(),
  })
  .readonly();

export const StatusPurpose = z.enum(['revocation', 'suspension']);
export type StatusPurpose = z.infer<typeof StatusPurpose>;

const statusEntry = <P extends StatusPurpose>(purpose: P) =>
  z
    .strictObject({
      type: z.literal('BitstringStatusListEntry'),
      statusPurpose: z.literal(purpose),
      statusListIndex: z.string().regex(/^(0|[1-9]\d{0,5})$/),
      statusListCredential: Address,
    })
    .readonly();

/** The record that it rests on, where it is in the center's log. */
const Evidence = z
  .strictObject({
    type: one('Evidence'),
    name: Text,
    log: Text,
    logIndex: z.int().min(0),
    recordHash: Sha256,
    sittingId: SittingId,
  })
  .readonly();

export const NUMBER_LENGTH = 16;

export const Certificate = z
  .strictObject({
    '@context': Context,
    /** Ends in its number. */
    id: Address.refine((id) => CertificateNumber.safeParse(id.slice(-NUMBER_LENGTH)).success),
    type: two('VerifiableCredential', 'OpenBadgeCredential'),
    name: Text,
    issuer: Issuer,
    validFrom: Instant,
    /** Not from then on; without it, it does not expire. */
    validUntil: Instant.optional(),
    /** When the exam was passed. */
    awardedDate: Instant,
    credentialSubject: z
      .strictObject({ type: one('AchievementSubject'), identifier: Identifiers, achievement: Achievement })
      .readonly(),
    evidence: z.tuple([Evidence]).readonly(),
    credentialStatus: z.tuple([statusEntry('revocation'), statusEntry('suspension')]).readonly(),
    proof: proofOver(Context),
  })
  .readonly();
export type Certificate = z.infer<typeof Certificate>;

/** Which certificates of a center are revoked, or suspended: a bit each (W3C Bitstring Status List 1.0). Frozen. */
export const StatusList = z
  .strictObject({
    '@context': StatusContext,
    id: Address,
    type: two('VerifiableCredential', 'BitstringStatusListCredential'),
    issuer: z.strictObject({ id: DidKey, keyStatement: z.string().max(16_384).optional() }).readonly(),
    /** When it was so. */
    validFrom: Instant,
    /** A new one is to be had by then. */
    validUntil: Instant,
    credentialSubject: z
      .strictObject({
        id: Address,
        type: z.literal('BitstringStatusList'),
        statusPurpose: StatusPurpose,
        encodedList: z.string().regex(/^u[A-Za-z0-9_-]{1,200000}$/),
      })
      .readonly(),
    proof: proofOver(StatusContext),
  })
  .readonly();
export type StatusList = z.infer<typeof StatusList>;

/** So many certificates have a bit in one list: the fewest that the standard asks for, so that nobody is alone in one. */
export const LIST_SIZE = 131_072;

/** What a certificate says, in this program's own words. */
export const CertificateFacts = z
  .strictObject({
    number: CertificateNumber,
    tenantId: TenantId,
    firm: Text,
    examId: ExamId,
    title: z.strictObject({ zh: Text, en: Text.optional() }).readonly(),
    name: Text,
    ending: z.string().regex(/^\d{3}[\dX]$/),
    /** SHA-256 of the number and the salt behind it. */
    numberHash: Sha256,
    passedAt: Instant,
    issuedAt: Instant,
    expiresAt: Instant.nullable(),
    sittingId: SittingId,
    recordHash: Sha256,
    logIndex: z.int().min(0),
    /** Counts the certificates of the center, from 0: says its list and its place there. */
    place: z.int().min(0),
  })
  .readonly();
export type CertificateFacts = z.infer<typeof CertificateFacts>;
