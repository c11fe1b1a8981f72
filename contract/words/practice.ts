import { z } from 'zod';

/** What a candidate may practise: the exam as it is, one field of it, or what went wrong before. */
export const PracticeChoice = z.discriminatedUnion('of', [
  z.object({ of: z.literal('all') }),
  z.object({ of: z.literal('topic'), topic: z.string().min(1).max(200) }),
  z.object({ of: z.literal('mistakes') }),
]);
export type PracticeChoice = z.infer<typeof PracticeChoice>;

/** What there is to choose from; fields only where there are several. */
export const PracticeOffer = z
  .object({
    topics: z.array(z.object({ topic: z.string(), items: z.int() }).readonly()).readonly(),
    /** Items in this candidate's book of mistakes. */
    mistakes: z.int().min(0),
  })
  .readonly();
export type PracticeOffer = z.infer<typeof PracticeOffer>;
