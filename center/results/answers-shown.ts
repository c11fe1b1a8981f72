import { isRight } from '../../authoring/marking/index.ts';
import type { ResultAnswer, ResultField } from '../../contract/platform/results.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import type { Item } from '../../contract/words/items.ts';
import type { Localized } from '../../contract/words/localized.ts';

type Answer = ExamRecord['answers'][number];
type ItemOf = (id: Answer['itemId']) => Item | undefined;

/** How they did in each field, the widest part of the topics; what the center no longer has is in none. */
export function fieldsOf(answers: readonly Answer[], itemOf: ItemOf): readonly ResultField[] {
  const known = answers.flatMap((answer) => {
    const item = itemOf(answer.itemId);
    return item ? [{ answer, item }] : [];
  });
  const by = Map.groupBy(known, ({ item }) => item.topic.split('/')[0] ?? '');
  return [...by].map(([field, of]) => {
    const states = of.map(({ answer, item }) => stateOf(answer, item));
    const count = (state: State): number => states.filter((one) => one === state).length;
    return {
      ...{ field, items: of.length, right: count('right'), part: count('part'), wrong: count('wrong') },
      ...{ blank: count('blank'), marks: sum(of.map(({ answer }) => answer.marks)) },
    };
  });
}

type State = 'right' | 'part' | 'wrong' | 'blank';
function stateOf({ chosen, typed, marks }: Answer, item: Item): State {
  if (chosen.length === 0 && !typed) return 'blank';
  if (isRight({ chosen, ...(typed ? { typed } : {}) }, item)) return 'right';
  return marks > 0 ? 'part' : 'wrong';
}

/** Marks have at most a few decimals: what adding leaves behind them is dust. */
const sum = (marks: readonly number[]): number => Math.round(marks.reduce((all, one) => all + one, 0) * 1e6) / 1e6;

/** Each answer against its key, in the words of the item. */
export const answersShown = (answers: readonly Answer[], itemOf: ItemOf): readonly ResultAnswer[] =>
  answers.map(({ itemId, chosen, typed, marks }) => {
    const item = itemOf(itemId);
    if (!item) return { itemId, stem: null, given: chosen.map((id) => ({ zh: id })), key: [], marks };
    const { number, unit } = item;
    return {
      ...{ itemId, stem: item.stem, marks },
      given: number ? (typed ? [{ zh: typed }] : []) : chosen.map((id) => optionText(item, id)),
      key: number ? [{ zh: `${number.value}${unit ?? ''}` }] : item.key.map((id) => optionText(item, id)),
    };
  });

/** By its letter where it is a picture alone. */
function optionText({ options }: Item, id: string): Localized {
  const at = options.findIndex((option) => option.id === id);
  return options[at]?.text ?? { zh: at < 0 ? id : String.fromCodePoint(('A'.codePointAt(0) as number) + at) };
}
