import { z } from 'zod';
import { ItemId, OptionId, SittingId } from './ids.ts';
import { ItemKind, ItemOption } from './items.ts';
import { Localized } from './localized.ts';
import { Pictures } from './pictures.ts';

/** One item as the candidate sees it: options in this candidate's order, and no key. */
export const FormItem = z
  .strictObject({
    itemId: ItemId,
    kind: ItemKind,
    stem: Localized,
    pictures: Pictures.optional(),
    options: z.array(ItemOption).readonly(),
    /** Behind the number that is asked for. */
    unit: z.string().optional(),
    marks: z.number(),
  })
  .readonly();
export type FormItem = z.infer<typeof FormItem>;

/** A number as the candidate typed it; empty is blank. */
export const Typed = z
  .string()
  .max(40)
  .refine((text) => text.isWellFormed(), { error: 'half a character' });

/** What a candidate answered: options, or a number. */
export const Given = z.object({ chosen: z.array(OptionId).readonly(), typed: Typed.optional() }).readonly();
export type Given = z.infer<typeof Given>;

/** Whether there is any answer at all. */
export const isBlankAnswer = ({ chosen, typed = '' }: Given): boolean => chosen.length === 0 && typed.trim() === '';

/** What an answer was worth and why. Only practice tells; of an exam that counts nothing of this leaves the station. */
export const Feedback = z
  .strictObject({
    itemId: ItemId,
    right: z.boolean(),
    /** None where keys are not told, as of an item that asks for a number. */
    rightOptions: z.array(OptionId).readonly(),
    rightNumber: z.number().optional(),
    explanation: Localized.optional(),
  })
  .readonly();
export type Feedback = z.infer<typeof Feedback>;

export const AnswerState = z
  .object({
    itemId: ItemId,
    chosen: z.array(OptionId).readonly(),
    typed: Typed.optional(),
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
export const Mistake = z
  .strictObject({ item: FormItem, chosen: z.array(OptionId).readonly(), typed: Typed.optional(), feedback: Feedback })
  .readonly();
export type Mistake = z.infer<typeof Mistake>;
