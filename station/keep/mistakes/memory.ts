import { createEmptyCard, fsrs, Rating, State } from 'ts-fsrs';
import { z } from 'zod';
import { type Instant, instant } from '../../../contract/words/ids.ts';

/**
 * How well one item is remembered, as FSRS 6 describes it (https://github.com/open-spaced-repetition): for how many days nine of
 * ten would still know it, how hard it is, and when it was asked last.
 */
export const Memory = z
  .object({
    stability: z.number().positive(),
    difficulty: z.number().min(1).max(10),
    reviews: z.int().min(1),
    lapses: z.int().min(0),
    last: z.iso.datetime(),
    due: z.iso.datetime(),
  })
  .readonly();
export type Memory = z.infer<typeof Memory>;

/** Whole days only: practice on a terminal comes once a shift, not every ten minutes. Nothing by chance. */
const scheduler = fsrs({ enable_short_term: false, enable_fuzz: false });

/** Who would know an item for so many days has learnt it. */
const LEARNT_DAYS = 60;

/** What one more answer makes of it. @param before nothing where the item is new in the book */
export function remember(before: Memory | undefined, right: boolean, at: Instant): Memory {
  const now = new Date(at);
  const card = before
    ? {
        ...createEmptyCard(new Date(before.last)),
        ...{ stability: before.stability, difficulty: before.difficulty, due: new Date(before.due) },
        ...{ reps: before.reviews, lapses: before.lapses, state: State.Review },
        last_review: new Date(before.last),
      }
    : createEmptyCard(now);
  // A clock that was set back must not make an item older than its last answer.
  const asked = before && now < new Date(before.last) ? new Date(before.last) : now;
  const next = scheduler.next(card, asked, right ? Rating.Good : Rating.Again).card;
  return {
    ...{ stability: next.stability, difficulty: next.difficulty, reviews: next.reps, lapses: next.lapses },
    last: instant(asked),
    // What was wrong is asked again at once; what was right, when it would be forgotten.
    due: instant(right ? next.due : asked),
  };
}

export const isLearnt = ({ stability }: Memory): boolean => stability >= LEARNT_DAYS;
