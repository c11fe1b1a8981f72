import { z } from 'zod';
import { PersonFacts } from '../records/person-file.ts';
import { CandidateId, Instant, OrganisationId } from '../words/ids.ts';
import { Locale } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { pageOf } from './paging.ts';
import { SEE_RESULTS } from './results.ts';

/** Somebody who was found: once, at however many firms within reach they are known. */
export const FoundPerson = z
  .object({
    organisationId: OrganisationId,
    candidateId: CandidateId,
    name: z.string(),
    /** With its middle left out. */
    number: z.string(),
    firms: z.array(z.string()).readonly(),
  })
  .readonly();
export type FoundPerson = z.infer<typeof FoundPerson>;

/** All of one person, as it is signed. */
export type OnePerson = PersonFacts;

/** Of somebody who was erased, that is all there is. */
export const ErasedFacts = z.strictObject({ erasedAt: Instant }).readonly();
export type ErasedFacts = z.infer<typeof ErasedFacts>;

/** One of the firms where they are known, and the id there. */
const who = z.object({ organisationId: OrganisationId, candidateId: CandidateId });

export const personFileEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/people',
    who: SEE_RESULTS,
    says: 'People of the firms within reach whose name or number begins so; of nothing nobody. A search shows 200 at most.',
    query: z.object({ search: z.string().trim().max(60).default('') }),
    reply: pageOf(FoundPerson),
  }),
  read: endpoint({
    method: 'GET',
    path: '/v1/platform/people/:organisationId/:candidateId',
    who: SEE_RESULTS,
    says: 'All of one person at the firms within reach: where they are on the roster, what they sat and studied, their certificates. Each look is written down at each of the firms. Of somebody who was erased, when that was.',
    params: who,
    reply: z.union([PersonFacts, ErasedFacts]),
  }),
  file: endpoint({
    method: 'GET',
    path: '/v1/platform/people/:organisationId/:candidateId/file',
    who: SEE_RESULTS,
    says: 'The same as a file that the center signs, for `exam-station verify --person`.',
    params: who,
    reply: z.unknown(),
  }),
  pdf: endpoint({
    method: 'GET',
    path: '/v1/platform/people/:organisationId/:candidateId/pdf',
    who: SEE_RESULTS,
    says: 'The same on paper, a PDF: with the SHA-256 of the facts as a QR code, who asked for it on each page, and the signed file attached.',
    params: who,
    query: z.object({ language: Locale.default('zh') }),
    reply: z.unknown(),
  }),
} as const;
