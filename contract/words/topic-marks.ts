import { z } from 'zod';

/** How a candidate did in one field. A blank answer is not a wrong one: it tells something else. */
export const TopicMarks = z
  .object({
    field: z.string(),
    items: z.int(),
    right: z.int(),
    /** Some of the right options and no wrong one. */
    part: z.int(),
    wrong: z.int(),
    blank: z.int(),
    marks: z.number(),
    fullMarks: z.number(),
  })
  .readonly();
export type TopicMarks = z.infer<typeof TopicMarks>;
