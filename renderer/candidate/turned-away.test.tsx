import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { TurnedAwayView } from '../../contract/page/view.ts';
import { explain, translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { sampleView } from '../gallery/samples.ts';
import { TurnedAway } from './turned-away.tsx';

/** The words on the screen of somebody who was turned away as in this sample, with these doubts of their card. */
function told(screen: string, doubts: TurnedAwayView['doubts']) {
  const { current } = sampleView(screen);
  if (current.stage !== 'idle' || !current.turnedAway) throw new Error('nobody was turned away');
  const page = { t: translator('zh'), locale: 'zh', explain: (reason) => explain(reason, 'zh') } as PageContext;
  const markup = renderToStaticMarkup(
    <Page value={page}>
      <TurnedAway away={{ ...current.turnedAway, doubts }} reads={false} />
    </Page>,
  );
  return { words: markup.replace(/<[^>]+>/g, ' '), name: current.turnedAway.who.name };
}

test.each([
  ['turned-away', '3-12'],
  ['moved', '二号考站'],
])('whoever belongs elsewhere is told where, by name: %s', (screen, where) => {
  const { words, name } = told(screen, []);
  expect(words).toContain(where);
  expect(words).toContain(name);
});

test.each(['turned-away', 'moved', 'card-in-doubt'])(
  'whose card is in doubt is told why, and not the name on the list: %s',
  (screen) => {
    const { words, name } = told(screen, ['card-name-differs', 'card-expired']);
    expect(words).not.toContain(name);
    for (const code of ['card-name-differs', 'card-expired']) expect(words).toContain(code);
  },
);
