import { z } from 'zod';
import { CertificateNumber } from '../words/certificate-number.ts';
import { CandidateId, ExamId, Instant, Sha256, SittingId, TenantId } from '../words/ids.ts';
import { PublicKey } from '../words/keys.ts';
import { Localized } from '../words/localized.ts';
import { CenterKeyList } from './center-keys.ts';

/**
 * All that a center has of one person, at firms that whoever asked for it may see: one person, one file. Frozen: what a later one
 * says otherwise is an `@2`.
 */
export const PersonFacts = z
  .strictObject({
    name: z.string(),
    /** The last four of the ID number. With a hash of it, who has the file would soon have guessed the rest. */
    ending: z.string().max(4),
    /** Where they are or were on the roster, and under which id: what of other firms there is, this file does not say. */
    firms: z
      .array(
        z
          .strictObject({
            tenantId: TenantId,
            firm: z.string(),
            candidateId: CandidateId,
            from: z.string().nullable(),
            until: z.string().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    /** What was sat and studied, the newest first. */
    results: z
      .array(
        z
          .strictObject({
            tenantId: TenantId,
            sittingId: SittingId,
            recordHash: Sha256,
            logIndex: z.int().min(0),
            exam: z.strictObject({ id: ExamId, title: Localized, mode: z.string() }).readonly(),
            submittedAt: Instant,
            marks: z.number(),
            /** By a correction, where there is one. */
            corrected: z.number().nullable(),
            fullMarks: z.number(),
            passed: z.boolean(),
            /** What happened, each by its reason. */
            incidents: z.array(z.string()).readonly(),
            verdict: z.string().nullable(),
            settled: z.string().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    certificates: z
      .array(
        z
          .strictObject({
            number: CertificateNumber,
            tenantId: TenantId,
            examId: ExamId,
            title: Localized,
            passedAt: Instant,
            expiresAt: Instant.nullable(),
            standing: z.enum(['valid', 'suspended', 'revoked', 'expired']),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type PersonFacts = z.infer<typeof PersonFacts>;

export const PersonFile = z
  .strictObject({
    format: z.literal('exam-station/person-file@1'),
    centerKey: PublicKey,
    /** What the root says of the key that signed this, where that is another one. */
    keys: CenterKeyList.optional(),
    facts: PersonFacts,
    /** JWS over a {@link PersonStatement}. */
    signature: z.string().max(16_384),
  })
  .readonly();
export type PersonFile = z.infer<typeof PersonFile>;

/** What a center signs as `exam-station/person`: the SHA-256 of the facts in canonical JSON, and when they were so. */
export const PersonStatement = z
  .strictObject({ format: z.literal('exam-station/person@1'), facts: Sha256, at: Instant })
  .readonly();
export type PersonStatement = z.infer<typeof PersonStatement>;
