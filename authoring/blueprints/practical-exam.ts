import { type Blueprint, type BlueprintRow, fullMarks } from '../../contract/words/blueprint.ts';
import { type Exam, USUAL_RECAPTURE } from '../../contract/words/exam.ts';
import { ExamId } from '../../contract/words/ids.ts';
import type { Bank, ItemKind } from '../../contract/words/items.ts';
import { hashOf } from '../../proof/index.ts';

const WANTED: readonly (readonly [ItemKind, number, number])[] = [
  ['true-false', 10, 3],
  ['single', 10, 4],
  ['multiple', 5, 6],
];
export const USUAL_ITEMS = WANTED.reduce((sum, [, count]) => sum + count, 0);
const PASS = 0.8;

/** What is drawn from a bank that came without a blueprint: the usual 100 marks, or what the bank has items for. */
export function usualBlueprint(bank: Bank, perKind = Number.POSITIVE_INFINITY): Blueprint {
  const has = (kind: ItemKind) => bank.items.filter((item) => item.kind === kind).length;
  const rows: BlueprintRow[] = WANTED.map(([kind, count, marks]) => ({
    kind,
    count: Math.min(count, has(kind), perKind),
    marks,
  })).filter(({ count }) => count > 0);
  return { rows };
}

/** A formal exam of the usual shape for a bank. Of another blueprint it is another exam. */
/** @param policy its rules, where it has some of its own: the same paper under other rules is another exam */
export function practicalExam(bank: Bank, blueprint?: Blueprint, policy?: unknown): Exam {
  const drawn = blueprint ?? usualBlueprint(bank);
  const source =
    policy === undefined
      ? blueprint
        ? hashOf([bank.hash, blueprint])
        : bank.hash
      : hashOf([bank.hash, drawn, policy]);
  return {
    id: ExamId.parse(`ex_${source.slice(0, 16)}`),
    title: bank.title,
    mode: 'formal',
    bankId: bank.id,
    blueprint: drawn,
    durationSeconds: 45 * 60,
    passMarks: Math.ceil(fullMarks(drawn) * PASS),
    attempts: 2,
    recapture: USUAL_RECAPTURE,
  };
}
