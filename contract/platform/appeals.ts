import { z } from 'zod';
import { APPEAL_STATES } from '../words/appeal-words.ts';
import { AppealId, Instant, SittingId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';
import { LogIndex, SEE_RESULTS } from './results.ts';

const AppealState = z.enum(APPEAL_STATES);

/** Somebody says that a result is wrong, and what an inspector made of it. */
export const Appeal = z
  .object({
    id: AppealId,
    logIndex: z.int(),
    sittingId: SittingId,
    firm: z.string(),
    name: z.string().nullable(),
    exam: Localized,
    marks: z.number(),
    /** The firm, by whom; or whoever sat it: by their receipt, or at home. */
    madeBy: z.string().nullable(),
    reason: z.string(),
    /** Its texts are gone, by a rule or with the person: only that it was, and how it was decided, is known. */
    forgotten: z.boolean(),
    madeAt: Instant,
    state: AppealState,
    decided: z.object({ by: z.string(), note: z.string(), at: Instant }).readonly().nullable(),
  })
  .readonly();
export type Appeal = z.infer<typeof Appeal>;

const Reason = z.string().trim().min(5).max(1_000);
const note = z.string().trim().min(2).max(1_000);

/** `upheld` says how many marks it counts with since: a correction is signed with it. */
export const AppealDecision = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('upheld'), note, marks: z.number().min(0).max(10_000) }),
  z.strictObject({ state: z.literal('rejected'), note }),
]);
export type AppealDecision = z.infer<typeof AppealDecision>;

const AppealWish = z.object({ ...paging, state: AppealState.optional() });
export type AppealWish = z.infer<typeof AppealWish>;

export const appealEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/appeals',
    who: SEE_RESULTS,
    says: 'Appeals against results of the firms within reach, the newest first.',
    query: AppealWish,
    reply: pageOf(Appeal),
  }),
  make: endpoint({
    method: 'POST',
    path: '/v1/platform/results/:logIndex/appeals',
    who: ['firm', 'agency'],
    says: 'A firm appeals against a result of its own; one appeal at a time waits for an inspector.',
    params: z.object({ logIndex: LogIndex }),
    body: z.strictObject({ reason: Reason }),
    reply: z.object({ id: AppealId }).readonly(),
  }),
  makeByReceipt: endpoint({
    method: 'POST',
    path: '/v1/platform/appeals/by-receipt',
    who: 'anyone',
    says: 'Whoever sat an exam appeals against its result, with the receipt that the station gave them: the letters that its code holds.',
    body: z.strictObject({ receipt: z.string().min(10).max(2_000), reason: Reason }),
    reply: z.object({ id: AppealId }).readonly(),
  }),
  decide: endpoint({
    method: 'POST',
    path: '/v1/platform/appeals/:id/decision',
    who: ['inspector'],
    says: 'Upholds an appeal, with the marks that count since, or rejects it; with a reason.',
    params: z.object({ id: AppealId }),
    body: AppealDecision,
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
} as const;
