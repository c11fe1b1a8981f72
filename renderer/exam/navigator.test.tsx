import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { FormItem } from '../../contract/words/form.ts';
import { ItemId, OptionId } from '../../contract/words/ids.ts';
import { translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { answerIn, changeAnswers, NO_ANSWERS } from './answers.ts';
import { Navigator } from './navigator.tsx';

const itemOf = (n: number) =>
  FormItem.parse({ itemId: `it_${n}`, kind: 'single', stem: { zh: `第 ${n} 题` }, options: [], marks: 1 });
const [FIRST, SECOND] = [ItemId.parse('it_1'), ItemId.parse('it_2')];

it('the navigator tells, for every item, whether it is answered, and whether it is marked', () => {
  const given = { chosen: [OptionId.parse('op_1')] };
  const answered = changeAnswers(NO_ANSWERS, { type: 'given', itemId: FIRST, given, revision: 1 });
  const answers = changeAnswers(answered, { type: 'flagged', itemId: SECOND, flagged: true, wish: 1 });
  const page = { t: translator('en') } as PageContext;
  const markup = renderToStaticMarkup(
    <Page value={page}>
      <Navigator items={[1, 2, 3].map(itemOf)} at={2} answerTo={(item) => answerIn(answers, item)} onGo={() => {}} />
    </Page>,
  );
  const buttons = [...markup.matchAll(/class="([^"]*)" aria-current="([^"]*)" aria-label="(\d), ([^"]*)"/g)];
  expect(buttons.map(([, state, current, number]) => [number, state, current])).toEqual([
    ['1', 'answered', 'false'],
    ['2', 'blank flagged', 'false'],
    ['3', 'blank', 'true'],
  ]);
  expect(buttons[1]?.[4]).toBe(`${page.t('exam.state.blank')}, ${page.t('exam.state.flagged')}`);
});
