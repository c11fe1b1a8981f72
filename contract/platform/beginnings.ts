import { z } from 'zod';
import { ListedBeginning } from '../people-center/beginnings.ts';
import { RevealReply, RevealWish } from '../people-center/disputes.ts';
import { SittingId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';

const firm = z.object(ofFirm);
const at = '/v1/platform/firms/:firm';

const Beginning = ListedBeginning.unwrap().extend({ name: z.string().nullable(), station: z.string() }).readonly();
export type Beginning = z.infer<typeof Beginning>;

export const beginningEndpoints = {
  list: endpoint({
    method: 'GET',
    path: `${at}/beginnings`,
    who: SEE_PEOPLE,
    says: 'Exams that began and came to no result, or began against what the center knew.',
    params: firm,
    reply: z.object({ beginnings: z.array(Beginning).readonly() }).readonly(),
  }),
  release: endpoint({
    method: 'POST',
    path: `${at}/beginnings/:id/release`,
    who: KEEP_PEOPLE,
    says: 'Such an exam holds nobody any more and uses up no attempt. Who decides so, and why, is kept.',
    params: z.object({ ...ofFirm, id: SittingId }),
    body: z.strictObject({ note: z.string().trim().min(2).max(1_000) }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
  reveal: endpoint({
    method: 'POST',
    path: `${at}/revealed-series`,
    who: KEEP_PEOPLE,
    says: 'Draws the forms of a series again that a station revealed, and judges their results by them.',
    params: firm,
    body: RevealWish,
    reply: RevealReply.readonly(),
  }),
} as const;
