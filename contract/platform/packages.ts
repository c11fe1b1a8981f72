import { z } from 'zod';
import { PackageWish } from '../people-center/operator-api.ts';
import { ExamId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm } from './firms.ts';

const firm = z.object(ofFirm);
const at = '/v1/platform/firms/:firm/packages';

export const packageEndpoints = {
  contents: endpoint({
    method: 'GET',
    path: `${at}/contents`,
    who: KEEP_PEOPLE,
    says: 'What an exam package would hold now: questions, people, those of them with a photo, and proctors.',
    params: firm,
    query: z.object({ examId: ExamId }),
    reply: z
      .object({ items: z.int(), candidates: z.int(), withPhoto: z.int(), proctors: z.int(), bankId: z.string() })
      .readonly(),
  }),
  make: endpoint({
    method: 'POST',
    path: at,
    who: KEEP_PEOPLE,
    says: 'An exam with all that one station needs for it, as a file that only that station opens, in its time.',
    params: firm,
    body: PackageWish,
    reply: z.unknown(),
  }),
} as const;
