import { z } from 'zod';
import { CertificateFacts } from '../records/certificates.ts';
import { CandidateId, ExamId, Instant } from '../words/ids.ts';

/** Whether a certificate holds. `suspended`: the result it rests on is disputed or void. */
export const Standing = z.enum(['valid', 'expired', 'suspended', 'revoked']);
export type Standing = z.infer<typeof Standing>;

/** Which certificates of a firm to show: the newest first; those that expire soon, the soonest first. */
export const CertificateWish = z
  .object({
    /** A number, the number of a person, or part of a name. */
    q: z.string().trim().min(1).max(100).optional(),
    examId: ExamId.optional(),
    /** Only those that are good and expire within so many days. */
    within: z.coerce.number().int().min(1).max(3_650).optional(),
    /** Where the page before ended. */
    after: z.string().max(200).optional(),
  })
  .readonly();
export type CertificateWish = z.infer<typeof CertificateWish>;

export const ListedCertificate = CertificateFacts.unwrap()
  .pick({ number: true, examId: true, title: true, name: true, ending: true, passedAt: true, expiresAt: true })
  .extend({ candidateId: CandidateId, standing: Standing })
  .readonly();
export type ListedCertificate = z.infer<typeof ListedCertificate>;
export const CertificateList = z.object({
  certificates: z.array(ListedCertificate).readonly(),
  /** Where to go on; none where these were the last. */
  next: z.string().nullable(),
});
export type CertificateList = z.infer<typeof CertificateList>;

export const OneCertificate = ListedCertificate.unwrap()
  .extend({
    issuedAt: Instant,
    /** For whoever may compare the whole number: what stands behind it in the certificate's hash. */
    salt: z.string(),
    revoked: z.object({ at: Instant, cause: z.string() }).readonly().nullable(),
  })
  .readonly();
export type OneCertificate = z.infer<typeof OneCertificate>;

/** Why a certificate is revoked, for good. The cause is for the firm and whoever supervises it. */
export const CertificateRevocationWish = z.object({ cause: z.string().trim().min(1).max(500) }).readonly();
export type CertificateRevocationWish = z.infer<typeof CertificateRevocationWish>;

/** How long certificates of an exam are good that are issued from now on; `null`: they do not expire. */
export const CertificateTerm = z.object({ examId: ExamId, months: z.int().min(1).max(600).nullable() }).readonly();
export type CertificateTerm = z.infer<typeof CertificateTerm>;
/** Those that somebody said; all others are {@link USUAL_MONTHS}. */
export const CertificateTerms = z.object({ terms: z.array(CertificateTerm).readonly() });
export type CertificateTerms = z.infer<typeof CertificateTerms>;
export const USUAL_MONTHS = 36;

/** Below where anybody is told whether a certificate holds: a file that checks without a network; and which are revoked or suspended. */
export const VERIFY_FILE_PATH = '/certificates/verify.html';
export const STATUS_PATH = '/v1/certificates/status/';
