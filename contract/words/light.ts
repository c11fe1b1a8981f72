import { z } from 'zod';
import { ReasonCode } from './reasons.ts';

/** A colour of the screen, as pages write it. */
export const ScreenColour = z.string().regex(/^#[0-9a-f]{6}$/);
export type ScreenColour = z.infer<typeof ScreenColour>;

/**
 * Whether a face answered the light of the screen: it did; it did not, though it would have been seen; or nobody can tell
 * here.
 */
export const LightOutcome = z.enum(['answered', 'unanswered', 'cannot-tell']);
export type LightOutcome = z.infer<typeof LightOutcome>;

/** What came of it, as it is written down. */
export const LightAnswer = z
  .object({
    outcome: LightOutcome,
    /** What kept it from being told, or what answered in place of a face. */
    why: ReasonCode.optional(),
    /** How much the face followed what was shown, -1..1. */
    score: z.number().optional(),
    /** From the showing of a colour to the pictures that have it. */
    lagMs: z.int().optional(),
    /** The colours in the order in which they were shown, and what came back of each. */
    shown: z.array(ScreenColour).readonly().optional(),
    seen: z.array(ScreenColour).readonly().optional(),
  })
  .readonly();
export type LightAnswer = z.infer<typeof LightAnswer>;
