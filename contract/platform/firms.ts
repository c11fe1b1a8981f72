import { z } from 'zod';
import { OrganisationId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';

/** Of which firm, agency or room: the one part of an address that all that is a firm's own has. */
export const ofFirm = { firm: OrganisationId };

/** Who sees what a firm has, and who changes it. How far each reaches, the tree says. */
export const SEE_PEOPLE = ['firm', 'agency', 'bureau', 'inspector'] as const;
export const KEEP_PEOPLE = ['firm', 'agency'] as const;
export const SEE_ROOM = ['firm', 'agency', 'room', 'bureau', 'inspector'] as const;
export const KEEP_ROOM = ['firm', 'agency', 'room'] as const;

/** How much there is of all that an exam needs. */
const FirmCounts = z
  .object({
    proctors: z.int(),
    /** Who have set their PIN. */
    ready: z.int(),
    exams: z.int(),
    workers: z.int(),
    photographed: z.int(),
    stations: z.int(),
    /** That have said anything yet. */
    heard: z.int(),
    /** Formal exams that were sat. */
    sat: z.int(),
  })
  .readonly();

export const firmEndpoints = {
  counts: endpoint({
    method: 'GET',
    path: '/v1/platform/firms/:firm/counts',
    who: SEE_ROOM,
    says: 'How many proctors, exams, workers and stations a firm has: what it still lacks for an exam.',
    params: z.object(ofFirm),
    reply: FirmCounts,
  }),
  addSeedExam: endpoint({
    method: 'POST',
    path: '/v1/platform/firms/:firm/seed-exam',
    who: KEEP_ROOM,
    says: 'Puts in the bank and the formal exam that come with the program. Asked again, nothing changes.',
    params: z.object(ofFirm),
    reply: z.object({ examId: z.string() }).readonly(),
  }),
  takeOn: endpoint({
    method: 'POST',
    path: '/v1/platform/firms/:firm/take-on',
    who: ['platform'],
    says: 'Whoever sets the platform up manages a firm that nobody has an account of yet.',
    params: z.object(ofFirm),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
} as const;
