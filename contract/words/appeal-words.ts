import { z } from 'zod';

export const APPEAL_STATES = ['open', 'upheld', 'rejected'] as const;

/** Why somebody says that their own result is wrong: one of these, and what they add. */
export const APPEAL_GROUNDS = ['marks', 'question', 'disturbed', 'not-me', 'unfair', 'other'] as const;
const AppealGround = z.enum(APPEAL_GROUNDS);
export type AppealGround = z.infer<typeof AppealGround>;

/** So many letters are added to it at most; whose ground is another one has to say which. */
export const MOST_ADDED = 500;

/** An appeal as whoever sat the exam makes it. */
export const AppealWords = z
  .strictObject({ ground: AppealGround, text: z.string().trim().max(MOST_ADDED) })
  .refine(({ ground, text }) => ground !== 'other' || text.length >= 2, { error: 'say why', path: ['text'] })
  .readonly();
export type AppealWords = z.infer<typeof AppealWords>;
