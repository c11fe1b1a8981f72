import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Feedback, FormItem, type Given } from '../../contract/words/form.ts';
import { translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { FeedbackNote } from './feedback-note.tsx';
import { GivenNote } from './given-note.tsx';

const asked = { itemId: 'it_1', stem: { zh: '题' }, marks: 1 };
const options = ['验电', '接地', '停电'].map((zh, at) => ({ id: `op_${at}`, text: { zh } }));
const ORDER = FormItem.parse({ ...asked, kind: 'order', options });
const TEXT = FormItem.parse({ ...asked, kind: 'text', options: [], gaps: 2 });
const MATCH = FormItem.parse({
  ...{ ...asked, kind: 'match', options },
  premises: ['先', '后'].map((zh, at) => ({ id: `op_p${at}`, text: { zh } })),
});

/** The words on the screen. */
function told(item: FormItem, given: object, feedback: object): string {
  const page = { t: translator('zh'), contentLocale: 'zh' } as PageContext;
  const markup = renderToStaticMarkup(
    <Page value={page}>
      <GivenNote item={item} given={{ chosen: [], ...given } as Given} />
      <FeedbackNote
        item={item}
        feedback={Feedback.parse({ itemId: 'it_1', right: false, rightOptions: [], ...feedback })}
      />
    </Page>,
  );
  return markup.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}

it('an order is told as it should be and as it was put, by the letters on the screen', () => {
  const words = told(ORDER, { chosen: ['op_1', 'op_0', 'op_2'] }, { rightOptions: ['op_2', 'op_0', 'op_1'] });
  expect(words).toContain('B → A → C');
  expect(words).toContain('C. 停电 → A. 验电 → B. 接地');
});

it('of words each gap is told, with all that counts there, and blank ones by a dash', () => {
  const words = told(TEXT, { gaps: ['断电 ', ' '] }, { rightGaps: [['停电', '切断电源'], ['验电']] });
  expect(words).toContain('断电 · –');
  expect(words).toContain('停电 / 切断电源 · 验电');
});

it('of pairs each premise is told by its number, with what belongs to it', () => {
  const pair = (premise: string, choice: string) => ({ premise, choice });
  const words = told(
    MATCH,
    { pairs: [pair('op_p1', 'op_0')] },
    { rightPairs: [pair('op_p0', 'op_2'), pair('op_p1', 'op_1')] },
  );
  expect(words).toContain('2 → A');
  expect(words).toContain('1 → C. 停电 · 2 → B. 接地');
});
