import type { Asked, BankReport } from '../authoring/import/index.ts';
import type { Reason } from '../contract/words/reasons.ts';

export type CheckedReport = BankReport & {
  /** Why none of it was read, and what of the file says so. */
  readonly problem?: Reason;
  readonly why?: string | undefined;
};
export type CheckedFile = { readonly asked: readonly Asked[]; readonly report: CheckedReport };

type FilePlace = { readonly file: string; readonly sheet: string; readonly row: number };
/** A question that another of the banks has too, with the same key or another. */
export type AcrossFiles = FilePlace & { readonly of: FilePlace; readonly sameKey: boolean };

/** Questions that are in more than one of these banks, each but the first; those whose keys differ come first. */
export function acrossFiles(files: readonly CheckedFile[]): readonly AcrossFiles[] {
  const firsts = new Map<string, { readonly place: FilePlace; readonly answer: string }>();
  const found = files.flatMap(({ asked, report: { file } }) =>
    asked.flatMap(({ sheet, row, question, answer }) => {
      const place = { file, sheet, row };
      const first = firsts.get(question);
      if (!first) firsts.set(question, { place, answer });
      return first ? [{ ...place, of: first.place, sameKey: first.answer === answer }] : [];
    }),
  );
  return found.toSorted((a, b) => Number(a.sameKey) - Number(b.sameKey));
}
