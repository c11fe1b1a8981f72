import { isRight, pairsOf } from '../../authoring/marking/index.ts';
import type { ResultAnswer, ResultField } from '../../contract/platform/results.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import { givenOf, isBlankAnswer, type Pair } from '../../contract/words/form.ts';
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
function stateOf(answer: Answer, item: Item): State {
  if (isBlankAnswer(answer)) return 'blank';
  if (isRight(answer, item)) return 'right';
  return answer.marks > 0 ? 'part' : 'wrong';
}

/** Marks have at most a few decimals: what adding leaves behind them is dust. */
const sum = (marks: readonly number[]): number => Math.round(marks.reduce((all, one) => all + one, 0) * 1e6) / 1e6;

/** Each answer against its key, in the words of the item. */
export const answersShown = (answers: readonly Answer[], itemOf: ItemOf): readonly ResultAnswer[] =>
  answers.map((answer) => {
    const { itemId, chosen, marks } = answer;
    const item = itemOf(itemId);
    if (!item) return { itemId, stem: null, given: chosen.map((id) => ({ zh: id })), key: [], marks };
    return { ...{ itemId, stem: item.stem, marks }, given: wordsOfAnswer(answer, item), key: wordsOfKey(item) };
  });

/** In the order in which it was given. A gap that was left blank among others is a dash. */
function wordsOfAnswer(answer: Answer, item: Item): readonly Localized[] {
  const { chosen, typed, gaps = [], pairs = [] } = givenOf(answer);
  if (item.number) return typed ? [{ zh: typed }] : [];
  if (item.gaps) return isBlankAnswer(answer) ? [] : gaps.map((text) => ({ zh: text.trim() || '–' }));
  if (item.premises) return pairs.map((pair) => pairText(item, pair));
  return chosen.map((id) => optionText(item, id));
}

function wordsOfKey(item: Item): readonly Localized[] {
  const { number, unit = '', gaps, key } = item;
  if (number) return [{ zh: `${number.value}${unit}` }];
  if (gaps) return gaps.map(({ accepted }) => ({ zh: accepted.join(' / ') }));
  if (item.premises) return pairsOf(item).map((pair) => pairText(item, pair));
  return key.map((id) => optionText(item, id));
}

/** 灭火器 → 红色; a premise that is a picture alone by its number. */
function pairText(item: Item, { premise, choice }: Pair): Localized {
  const at = item.premises?.findIndex(({ id }) => id === premise) ?? -1;
  const [left, right] = [item.premises?.[at]?.text ?? { zh: at < 0 ? premise : `${at + 1}` }, optionText(item, choice)];
  const zh = `${left.zh} → ${right.zh}`;
  return left.en === undefined && right.en === undefined
    ? { zh }
    : { zh, en: `${left.en ?? left.zh} → ${right.en ?? right.zh}` };
}

/** By its letter where it is a picture alone. */
function optionText({ options }: Item, id: string): Localized {
  const at = options.findIndex((option) => option.id === id);
  return options[at]?.text ?? { zh: at < 0 ? id : String.fromCodePoint(('A'.codePointAt(0) as number) + at) };
}
