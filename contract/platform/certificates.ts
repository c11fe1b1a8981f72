import { z } from 'zod';
import { ListedCertificate, Standing } from '../people-center/certificates.ts';
import { ExamId, Instant, OrganisationId, SittingId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';
import { pageOf, paging } from './paging.ts';
import { SEE_RESULTS } from './results.ts';

export { USUAL_MONTHS } from '../people-center/certificates.ts';

export const STANDINGS = Standing.options;

/** Who sees certificates: whoever sees the results that they rest on. */
export const SEE_CERTIFICATES = SEE_RESULTS;
/** Who revokes them: whose they are, and an inspector. A bureau, which plans exams and decides on results, does not. */
export const REVOKE_CERTIFICATES = ['firm', 'agency', 'inspector'] as const;

const CertificateWish = z.object({
  ...paging,
  /** A certificate's number, the number of a person, or part of a name. */
  q: z.string().trim().max(100).optional(),
  /** A county or a street, and all below it; or one firm. */
  below: OrganisationId.optional(),
  /** What stands in the name of the firm. */
  firm: z.string().trim().max(100).optional(),
  examId: ExamId.optional(),
  standing: Standing.optional(),
  /** Only those that are good and expire within so many days: the soonest first. */
  within: z.coerce.number().int().min(1).max(3_650).optional(),
});
export type CertificatesWish = z.infer<typeof CertificateWish>;

/** As a list shows it. */
export const SeenCertificate = ListedCertificate.unwrap()
  .extend({ organisationId: OrganisationId, firm: z.string() })
  .readonly();
export type SeenCertificate = z.infer<typeof SeenCertificate>;

export const WholeCertificate = SeenCertificate.unwrap()
  .extend({
    issuedAt: Instant,
    sittingId: SittingId,
    /** Where the result it rests on stands in the log. */
    logIndex: z.int(),
    revoked: z.object({ at: Instant, cause: z.string() }).readonly().nullable(),
    /** Where anybody sees whether it holds; behind the center's address. */
    page: z.string(),
    /** For whoever may compare the whole number: what stands behind it in the certificate's hash. Of its firm alone. */
    salt: z.string().nullable(),
    mayRevoke: z.boolean(),
  })
  .readonly();
export type WholeCertificate = z.infer<typeof WholeCertificate>;

/** How long certificates of an exam are good that are issued from now on; `null`: they do not expire. */
const Term = z
  .object({ examId: ExamId, title: Localized, months: z.int().nullable(), isUsual: z.boolean() })
  .readonly();
export type ExamTerm = z.infer<typeof Term>;

const byNumber = z.object({ number: z.string().max(60) });
const one = '/v1/platform/certificates/:number';
const terms = '/v1/platform/firms/:firm/certificate-terms';
const Done = z.object({ ok: z.literal(true) }).readonly();

export const certificateEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/certificates',
    who: SEE_CERTIFICATES,
    says: 'Certificates of the firms within reach: the newest first, or those that end soon.',
    query: CertificateWish,
    reply: pageOf(SeenCertificate),
  }),
  read: endpoint({
    method: 'GET',
    path: one,
    who: SEE_CERTIFICATES,
    says: 'One certificate: whether it holds, why not, and what it rests on.',
    params: byNumber,
    reply: WholeCertificate,
  }),
  file: endpoint({
    method: 'GET',
    path: `${one}/certificate.json`,
    who: SEE_CERTIFICATES,
    says: 'The certificate as a verifiable credential, signed with the key of now.',
    params: byNumber,
    reply: z.unknown(),
  }),
  paper: endpoint({
    method: 'GET',
    path: `${one}/certificate.pdf`,
    who: SEE_CERTIFICATES,
    says: 'The certificate on paper: a PDF whose QR code is checked without a network.',
    params: byNumber,
    reply: z.unknown(),
  }),
  revoke: endpoint({
    method: 'POST',
    path: `${one}/revoke`,
    who: REVOKE_CERTIFICATES,
    says: 'Ends it for good, with a cause; the result it rests on stays what it is.',
    params: byNumber,
    body: z.strictObject({ cause: z.string().trim().min(2).max(500) }),
    reply: Done,
  }),
  terms: endpoint({
    method: 'GET',
    path: terms,
    who: SEE_PEOPLE,
    says: 'How long certificates of each formal exam of a firm are good.',
    params: z.object(ofFirm),
    reply: z.object({ terms: z.array(Term).readonly() }).readonly(),
  }),
  setTerm: endpoint({
    method: 'PUT',
    path: terms,
    who: KEEP_PEOPLE,
    says: 'How long those are good that are issued from now on, in months; `null`: they do not expire.',
    params: z.object(ofFirm),
    body: z.strictObject({ examId: ExamId, months: z.int().min(1).max(600).nullable() }),
    reply: Done,
  }),
} as const;
