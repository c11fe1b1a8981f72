import { type BlueprintRow, fullMarks } from '../contract/blueprint.ts';
import { type Exam, USUAL_RECAPTURE } from '../contract/exam.ts';
import { ExamId } from '../contract/ids.ts';
import type { Bank, ItemKind } from '../contract/items.ts';

const WANTED: readonly (readonly [ItemKind, number, number])[] = [
  ['true-false', 10, 3],
  ['single', 10, 4],
  ['multiple', 5, 6],
];
const PASS = 0.8;

/**
 * A formal exam for a bank that came without a blueprint: the usual 100 marks, or what the bank has items for.
 * @param perKind at most so many items of each kind
 */
export function practicalExam(bank: Bank, { perKind = Number.POSITIVE_INFINITY } = {}): Exam {
  const has = (kind: ItemKind) => bank.items.filter((item) => item.kind === kind).length;
  const rows: BlueprintRow[] = WANTED.map(([kind, count, marks]) => ({
    kind,
    count: Math.min(count, has(kind), perKind),
    marks,
  })).filter(({ count }) => count > 0);
  return {
    id: ExamId.parse(`ex_${bank.hash.slice(0, 16)}`),
    title: bank.title,
    mode: 'formal',
    bankId: bank.id,
    blueprint: { rows },
    durationSeconds: 45 * 60,
    passMarks: Math.ceil(fullMarks({ rows }) * PASS),
    attempts: 2,
    recapture: USUAL_RECAPTURE,
  };
}
