import { z } from 'zod';
import { SeatWish } from '../people-center/operator-api.ts';
import { CandidateId, ExamId } from '../words/ids.ts';
import { SeatLabel } from '../words/seat-label.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';

const firm = z.object(ofFirm);
const at = '/v1/platform/firms/:firm/seats';

/** Who sits where at an exam. */
const Seated = z
  .object({ candidateId: CandidateId, name: z.string(), ending: z.string(), seat: SeatLabel.nullable() })
  .readonly();
export type Seated = z.infer<typeof Seated>;

export const seatEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_PEOPLE,
    says: 'The people of an exam with their seats, in the order of the seats; those without one last.',
    params: firm,
    query: z.object({ examId: ExamId }),
    reply: z.object({ people: z.array(Seated).readonly() }).readonly(),
  }),
  draw: endpoint({
    method: 'POST',
    path: at,
    who: KEEP_PEOPLE,
    says: 'Draws a seat at random for everybody of an exam who has none, or `again` for all.',
    params: firm,
    body: SeatWish,
    reply: z.object({ drawn: z.int() }).readonly(),
  }),
} as const;
