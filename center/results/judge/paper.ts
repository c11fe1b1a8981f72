import {
  COURSE_METHODS,
  casesIn,
  courseForm,
  cutToMistakes,
  cutToTopic,
  type DrawnForm,
  type FormMaker,
  METHODS,
  OF_MISTAKES,
  openFormMaker,
  partsIn,
  seedOf,
  turnOf,
} from '../../../authoring/drawing/index.ts';
import type { ExamRecord } from '../../../contract/records/index.ts';
import { type BlueprintRow, cellOf, difficultyOf, fullMarks, isIn } from '../../../contract/words/blueprint.ts';
import { courseItems } from '../../../contract/words/course.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import type { ItemId, Sha256 } from '../../../contract/words/ids.ts';
import type { Bank, Item } from '../../../contract/words/items.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { hashOf } from '../../../proof/index.ts';
import { type Case, type Finding, mustHave, unlessBefore } from './facts.ts';

/** The exam as it was sat, and the bank that its form was drawn from, where that is known. */
export type Paper = { readonly exam: Exam; readonly bank: Bank | undefined };

/** Lookups that are the same for all records of one bank or one exam, made once. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}
export const itemsById = once(
  ({ items }: Bank): ReadonlyMap<ItemId, Item> => new Map(items.map((item) => [item.id, item])),
);
const blueprintHash = once(({ blueprint }: Exam): Sha256 => hashOf(blueprint));
const parts = once((_: Exam): Map<string, Exam | undefined> => new Map());

export const fullMarksOf = ({ course, blueprint }: Exam): number =>
  course ? courseItems(course).length : fullMarks(blueprint);

/** Practice may be of a part: a field that the title names, or what went wrong before. */
export function paperOf(record: ExamRecord, exam: Exam, bank: Bank | undefined): Paper {
  const whole = `${exam.title.zh} · `;
  const { zh } = record.exam.title;
  if (exam.mode !== 'mock' || !bank || !zh.startsWith(whole)) return { exam, bank };
  return { exam: partOf(record, exam, bank, zh.slice(whole.length)) ?? exam, bank };
}

function partOf(record: ExamRecord, exam: Exam, bank: Bank, part: string): Exam | undefined {
  if (part === OF_MISTAKES.zh) {
    const known = itemsById(bank);
    return cutOrNone(
      () =>
        cutToMistakes(
          exam,
          record.answers.flatMap(({ itemId }) => known.get(itemId) ?? []),
        ).exam,
    );
  }
  const known = parts(exam);
  const key = `${bank.hash} ${part}`;
  // Titles are the station's words: it may not fill the memory with them.
  if (known.size > 1_000) known.clear();
  if (!known.has(key))
    known.set(
      key,
      cutOrNone(() => cutToTopic(exam, bank, part)),
    );
  return known.get(key);
}

function cutOrNone(cut: () => Exam): Exam | undefined {
  try {
    return cut();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Whether the record is of this exam, and its form of this bank by this blueprint. */
export function judgePaper(of: Case, paper: Paper): readonly Finding[] {
  const { record } = of;
  const { exam, bank } = paper;
  const { mode, title } = record.exam;
  const same = mode === exam.mode && title.zh === exam.title.zh && title.en === exam.title.en;
  const source = judgeSource(of, paper);
  return [
    ...mustHave(same, () => unlessBefore(of, 'exam-other', 'exam-before', `${mode} “${title.zh}”`)),
    ...source,
    ...(source.length === 0 && bank ? judgeForm(of, exam, bank) : []),
  ];
}

function judgeSource(of: Case, { exam, bank }: Paper): readonly Finding[] {
  const { form } = of.record;
  const unknown = (what: string) => [unlessBefore(of, 'paper-unknown', 'paper-before', what)];
  if (form.bankId !== exam.bankId) return unknown(`the exam never drew from ${form.bankId}`);
  if (bank?.hash !== form.bankHash) return unknown(`no bank has the hash ${form.bankHash}`);
  if (form.blueprintHash !== blueprintHash(exam))
    return unknown(`no blueprint of it has the hash ${form.blueprintHash}`);
  return [];
}

/** The form as bank and blueprint could have given it; and where its seed is in the open, as that one gave it. */
function judgeForm(of: Case, exam: Exam, bank: Bank): readonly Finding[] {
  const why = exam.course ? undefined : whyNoForm(of.record, exam, bank);
  if (why) return [{ code: 'paper-other', detail: why }];
  const asked = of.record.answers.map(({ itemId }) => itemId);
  const isSame = ({ formHash, items }: Redrawn): boolean =>
    formHash === of.record.form.formHash &&
    items.length === asked.length &&
    items.every(({ itemId }, at) => itemId === asked[at]);
  let first: Redrawn | undefined;
  for (const redrawn of redraw(of, exam, bank)) {
    if (isSame(redrawn)) return [];
    first ??= redrawn;
  }
  return first ? [{ code: 'paper-other', detail: `its seed gives the form ${first.formHash}` }] : [];
}

const COMMITTED = /^sha256:[0-9a-f]{64}\/\d+(?::\d+of\d+)?$/;

type Redrawn = Pick<DrawnForm, 'formHash' | 'items'>;

/**
 * The form that the seed gives, by each method there was, the latest first: no record says which. Of most there is only a
 * commitment to a series, until its station reveals that. What else a form hung on (what the candidate had seen, what they got
 * wrong, a solver) no record says: of such forms there is none.
 */
function* redraw({ record, here }: Case, exam: Exam, bank: Bank): Generator<Redrawn, void> {
  const { seed } = record.form;
  const { course } = exam;
  if (course) {
    for (const method of COURSE_METHODS) yield formOrNone(() => courseForm(bank, { ...exam, course }, seed, method));
    return;
  }
  const { unseenMonths, difficulty } = exam.blueprint.rules ?? {};
  if (unseenMonths || difficulty || record.exam.title.zh.endsWith(` · ${OF_MISTAKES.zh}`)) return;
  const { series } = here;
  if (COMMITTED.test(seed) && series === undefined) return;
  const open = COMMITTED.test(seed) && series !== undefined ? seedOf({ ...turnOf(seed), series }) : seed;
  for (const method of METHODS) yield formOrNone(() => makerOf(bank, exam).assemble(open, { method }));
}

const makers = once((_: Bank): WeakMap<Exam, FormMaker> => new WeakMap());

/** Opening one looks through the bank; forms then cost little. */
function makerOf(bank: Bank, exam: Exam): FormMaker {
  const known = makers(bank);
  const maker = known.get(exam) ?? openFormMaker(bank, exam.blueprint);
  known.set(exam, maker);
  return maker;
}

/** A seed that gives no form at all gives another one than the record's. */
function formOrNone(draw: () => DrawnForm): Redrawn {
  try {
    return draw();
  } catch (error) {
    if (error instanceof Refusal) return { formHash: hashOf([]), items: [] };
    throw error;
  }
}

/** Which row of a blueprint each item of a form is of. */
const rowsInOrder = once(({ blueprint }: Exam): readonly BlueprintRow[] =>
  blueprint.rows.flatMap((row) => Array.from({ length: row.count }, () => row)),
);

/** What an item of a form is worth, by its place. */
export const marksAt = (exam: Exam, at: number): number => (exam.course ? 1 : (rowsInOrder(exam)[at]?.marks ?? 0));

function whyNoForm(record: ExamRecord, exam: Exam, bank: Bank): string | undefined {
  const known = itemsById(bank);
  const rows = rowsInOrder(exam);
  const { answers, form } = record;
  if (answers.length !== rows.length) return `${answers.length} items, and the blueprint asks for ${rows.length}`;
  const places = new Set<string>();
  for (const [at, { itemId }] of answers.entries()) {
    const item = known.get(itemId);
    if (!item) return `the bank has no ${itemId}`;
    if (!isIn(cellOf(rows[at] as BlueprintRow), item)) return `${itemId} is none of what its row asks for`;
    const place = item.enemies === undefined ? itemId : `enemies of ${item.enemies}`;
    if (places.has(place)) return `${place} twice`;
    places.add(place);
  }
  const items = answers.map(({ itemId }) => known.get(itemId) as Item);
  return whyTooHard(exam, items) ?? whyTooNear(exam, bank, items, form.seed) ?? whyHalf(exam, bank, items);
}

function whyTooHard({ blueprint }: Exam, items: readonly Item[]): string | undefined {
  const rule = blueprint.rules?.difficulty;
  if (!rule) return undefined;
  const mean = items.reduce((sum, item) => sum + difficultyOf(item), 0) / items.length;
  return Math.abs(mean - rule.target) > rule.tolerance + 1e-9 ? `its mean difficulty is ${mean}` : undefined;
}

/** Of a case, where they stay whole, all questions are there or none. */
function whyHalf({ blueprint }: Exam, bank: Bank, items: readonly Item[]): string | undefined {
  if (!blueprint.rules?.wholeCases) return undefined;
  const there = new Set(items.map(({ id }) => id));
  const caseOf = casesIn(bank);
  const missing = bank.items.find(
    ({ id }, at) => !there.has(id) && caseOf(at).some((other) => there.has((bank.items[other] as Item).id)),
  );
  return missing && `${missing.id} is missing of its case`;
}

/** What its seat draws from, where neighbours are kept apart. */
function whyTooNear({ blueprint }: Exam, bank: Bank, items: readonly Item[], seed: string): string | undefined {
  const most = blueprint.rules?.maxOverlap;
  if (most === undefined || !COMMITTED.test(seed)) return undefined;
  const { part } = turnOf(seed);
  if (!part) return undefined;
  const isOfPart = partsIn(bank, blueprint);
  const outside = items.filter(({ id }) => !isOfPart(id, part)).length;
  return outside > (most * items.length + 1e-9) / 2 ? `${outside} items are of other seats' parts` : undefined;
}
