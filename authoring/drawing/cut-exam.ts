import { type Blueprint, type BlueprintRow, cellOf, fullMarks, isIn } from '../../contract/words/blueprint.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import type { Bank, Item } from '../../contract/words/items.ts';
import type { PracticeOffer } from '../../contract/words/practice.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** What the part of an exam is called that somebody got wrong before. */
export const OF_MISTAKES = { zh: '错题', en: 'My mistakes' } as const;

const fieldOf = ({ topic }: Item): string => topic.split('/', 1)[0] ?? '';

const known = new WeakMap<Blueprint, PracticeOffer['topics']>();

/** The fields of which an exam draws, with how many items each has; looked up once for each exam. O(rows x items). */
export function topicsOf({ blueprint }: Exam, { items }: Bank): PracticeOffer['topics'] {
  const before = known.get(blueprint);
  if (before) return before;
  const drawn = items.filter((item) => blueprint.rows.some((row) => isIn(cellOf(row), item)));
  const fields = Map.groupBy(drawn, fieldOf);
  const topics = [...fields].flatMap(([topic, all]) => (topic === '' ? [] : [{ topic, items: all.length }]));
  const offered = topics.length > 1 ? topics : [];
  known.set(blueprint, offered);
  return offered;
}

/**
 * The same exam of one field only: as many items as before, or as many as there are.
 * @throws Refusal `no-items` where the exam has none of it
 */
export function cutToTopic(exam: Exam, { items }: Bank, topic: string): Exam {
  const isBelow = (narrower: string | undefined): boolean =>
    narrower === topic || narrower?.startsWith(`${topic}/`) === true;
  const rows = exam.blueprint.rows.flatMap((row): BlueprintRow[] => {
    if (row.topic !== undefined && !isBelow(row.topic)) return [];
    return [{ ...row, topic: row.topic ?? topic }];
  });
  const cells = Map.groupBy(rows, (row) => JSON.stringify(cellOf(row)));
  const taken = new Set<Item | string>();
  const placeOf = (item: Item): Item | string => item.enemies ?? item;
  const fitting = [...cells.values()].flatMap((same): BlueprintRow[] => {
    const [row] = same as [BlueprintRow];
    const wanted = same.reduce((sum, { count }) => sum + count, 0);
    // Cells that overlap share what there is, and of enemies only one counts.
    let count = 0;
    for (const item of items) {
      if (count === wanted) break;
      if (!isIn(cellOf(row), item) || taken.has(placeOf(item))) continue;
      taken.add(placeOf(item));
      count += 1;
    }
    return count > 0 ? [{ ...row, count }] : [];
  });
  return cut(exam, fitting, { zh: topic, en: topic });
}

/**
 * The same exam of these items only: the first of them, as many as before.
 * @param items of its bank
 * @throws Refusal `no-items` where there are none
 */
export function cutToMistakes(
  exam: Exam,
  items: readonly Item[],
): { readonly exam: Exam; readonly only: ReadonlySet<ItemId> } {
  const most = exam.blueprint.rows.reduce((sum, { count }) => sum + count, 0);
  // Enemies are not asked together; the other one is asked another time.
  const apart = items
    .filter(({ enemies }, at) => !enemies || items.findIndex((other) => other.enemies === enemies) === at)
    .slice(0, most);
  const marks = new Map(exam.blueprint.rows.map((row) => [row.kind, row.marks]));
  const rows = [...Map.groupBy(apart, ({ kind }) => kind)].map(([kind, of]) => ({
    ...{ kind, count: of.length },
    marks: marks.get(kind) ?? 1,
  }));
  return {
    exam: cut(exam, rows, OF_MISTAKES),
    only: new Set(apart.map(({ id }) => id)),
  };
}

/** What holds for whole forms (difficulty, exposure, neighbours) holds for no part; what must be reached is the same part of it. */
function cut(exam: Exam, rows: readonly BlueprintRow[], part: { readonly zh: string; readonly en: string }): Exam {
  if (rows.length === 0) throw new Refusal('no-items', 'nothing of this to practise');
  const { scoring } = exam.blueprint;
  const blueprint: Blueprint = { rows, ...(scoring ? { scoring } : {}) };
  const share = exam.passMarks / fullMarks(exam.blueprint);
  const { zh, en } = exam.title;
  return {
    ...exam,
    blueprint,
    title: { zh: `${zh} · ${part.zh}`, ...(en ? { en: `${en} · ${part.en}` } : {}) },
    passMarks: Math.ceil(fullMarks(blueprint) * share * 100 - 1e-6) / 100,
  };
}
