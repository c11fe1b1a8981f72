import { answerKey, questionKey } from '../../authoring/import/index.ts';
import type { BankUploadRow } from '../../contract/platform/bank-uploads.ts';
import type { Bank } from '../../contract/words/items.ts';

type Elsewhere = BankUploadRow['elsewhere'][number];
/** An exam that draws from a bank. */
export type Drawing = Pick<Elsewhere, 'examId' | 'title'>;

/** What another bank of the firm asks and calls right, and for which exams. */
export type Other = { readonly answers: ReadonlyMap<string, string>; readonly exams: readonly Drawing[] };

export const otherOf = ({ items }: Pick<Bank, 'items'>, exams: readonly Drawing[]): Other => ({
  answers: new Map(items.map((item) => [questionKey(item), answerKey(item)])),
  exams,
});

/** Where else a question is asked, and whether both call the same right. */
export const askedElsewhere = (
  others: readonly Other[],
  { question, answer }: { readonly question: string; readonly answer: string },
): readonly Elsewhere[] =>
  others.flatMap(({ answers, exams }) => {
    const other = answers.get(question);
    return other === undefined ? [] : exams.map((exam) => ({ ...exam, sameKey: other === answer }));
  });
