import { z } from 'zod';
import { Exam } from '../words/exam.ts';
import { BankId, ExamId, Instant } from '../words/ids.ts';
import { Bank } from '../words/items.ts';
import { Localized } from '../words/localized.ts';

const BankChanges = z.object({ added: z.int(), removed: z.int(), changed: z.int() }).readonly();
/** Of each exam the banks that it ever drew from, the oldest first. */
export const BankVersions = z.object({
  exams: z
    .array(
      z.object({
        examId: ExamId,
        title: Localized,
        versions: z
          .array(
            z.object({
              /** Counted from 1. */
              number: z.int(),
              bankId: BankId,
              items: z.int(),
              putAt: Instant,
              /** The token with which it was put; nothing where the program itself did, or one from before this was kept. */
              putBy: z.string().nullable(),
              /** Whether the exam draws from it now. */
              current: z.boolean(),
              /** From the one before. */
              changes: BankChanges.optional(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});
export type BankVersions = z.infer<typeof BankVersions>;
/** A version whole, and the exams that drew from it as they were then, the newest first. */
export const BankVersion = z.object({ bank: Bank, exams: z.array(Exam).readonly() });
export type BankVersion = z.infer<typeof BankVersion>;
export const ExamMove = z.object({ examId: ExamId, bankId: BankId }).readonly();
export type ExamMove = z.infer<typeof ExamMove>;
