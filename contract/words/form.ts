import { z } from 'zod';
import { ItemId, OptionId, SittingId } from './ids.ts';
import { ItemKind, ItemOption, MOST_GAPS, MOST_OPTIONS, MOST_PREMISES, MOST_WORDS, Passage } from './items.ts';
import { Localized } from './localized.ts';
import { Pictures } from './pictures.ts';

/** One item as the candidate sees it: options in this candidate's order, and no key. */
export const FormItem = z
  .strictObject({
    itemId: ItemId,
    kind: ItemKind,
    stem: Localized,
    pictures: Pictures.optional(),
    /** Above the stem. */
    passage: Passage.optional(),
    options: z.array(ItemOption).readonly(),
    /** What an option is put beside. */
    premises: z.array(ItemOption).readonly().optional(),
    /** Behind the number that is asked for. */
    unit: z.string().optional(),
    /** How many gaps there are to type words into. */
    gaps: z.int().min(1).optional(),
    marks: z.number(),
  })
  .readonly();
export type FormItem = z.infer<typeof FormItem>;

/** A number as the candidate typed it; empty is blank. */
const Typed = z
  .string()
  .max(40)
  .refine((text) => text.isWellFormed(), { error: 'half a character' });

/** Words as the candidate typed them into one gap; empty is blank. */
const Words = z
  .string()
  .max(MOST_WORDS)
  .refine((text) => text.isWellFormed(), { error: 'half a character' });

/** What was put beside a premise. */
const Pair = z.object({ premise: OptionId, choice: OptionId }).readonly();
export type Pair = z.infer<typeof Pair>;

/** The parts of an answer, for whatever has more parts besides. */
export const GIVEN = {
  /** Options; of an item that asks for an order, in the order they were put into. */
  chosen: z.array(OptionId).max(MOST_OPTIONS).readonly(),
  typed: Typed.optional(),
  /** What was typed into each gap, in the order of the gaps. */
  gaps: z.array(Words).max(MOST_GAPS).readonly().optional(),
  /** What was put beside each premise; one that has nothing beside it is in none. */
  pairs: z.array(Pair).max(MOST_PREMISES).readonly().optional(),
};

/** What a candidate answered: options, a number, words, or pairs. */
export const Given = z.object(GIVEN).readonly();
export type Given = z.infer<typeof Given>;

/** The answer in something that has more parts. */
export const givenOf = ({ chosen, typed, gaps, pairs }: Given): Given => ({
  chosen,
  ...(typed === undefined ? {} : { typed }),
  ...(gaps === undefined ? {} : { gaps }),
  ...(pairs === undefined ? {} : { pairs }),
});

/** Whether there is any answer at all. */
export const isBlankAnswer = ({ chosen, typed = '', gaps = [], pairs = [] }: Given): boolean =>
  chosen.length === 0 && pairs.length === 0 && [typed, ...gaps].every((text) => text.trim() === '');

/** What an answer was worth and why. Only practice tells; of an exam that counts nothing of this leaves the station. */
export const Feedback = z
  .strictObject({
    itemId: ItemId,
    right: z.boolean(),
    /** None where keys are not told, as of an item that asks for a number. */
    rightOptions: z.array(OptionId).readonly(),
    rightNumber: z.number().optional(),
    /** Of each gap, what counts as right there. */
    rightGaps: z.array(z.array(z.string()).readonly()).readonly().optional(),
    rightPairs: z.array(Pair).readonly().optional(),
    explanation: Localized.optional(),
  })
  .readonly();
export type Feedback = z.infer<typeof Feedback>;

export const AnswerState = z
  .object({
    itemId: ItemId,
    ...GIVEN,
    flagged: z.boolean(),
    revision: z.int().min(0),
    /** Once the candidate has asked for it; from then on the answer stands. */
    feedback: Feedback.optional(),
  })
  .readonly();
export type AnswerState = z.infer<typeof AnswerState>;

/** The candidate's paper with everything answered so far: what a screen needs after a restart. */
export const Form = z
  .strictObject({
    sittingId: SittingId,
    items: z.array(FormItem).readonly(),
    answers: z.array(AnswerState).readonly(),
  })
  .readonly();
export type Form = z.infer<typeof Form>;

/** After practice: one item that was not right, with the answer and what would have been. */
export const Mistake = z.strictObject({ item: FormItem, ...GIVEN, feedback: Feedback }).readonly();
export type Mistake = z.infer<typeof Mistake>;
