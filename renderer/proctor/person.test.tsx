import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LOCALES } from '../../contract/words/localized.ts';
import type { Reason, ReasonCode } from '../../contract/words/reasons.ts';
import { explain, translator } from '../../messages/index.ts';
import { Page, type PageContext } from '../context.ts';
import { sampleDossier, sampleView } from '../gallery/samples.ts';
import { Person } from './person.tsx';

test.each(LOCALES)('a proctor is told in words what of a card is in doubt: %s', (locale) => {
  const doubts: readonly Reason[] = ['card-name-differs', 'card-expired'];
  const { person, ...dossier } = sampleDossier('card-in-doubt');
  if (!person?.chip) throw new Error('no card was laid');
  const page = {
    t: translator(locale),
    locale,
    explain: (reason: ReasonCode) => explain(reason, locale),
    arrangements: {},
  };
  const view = sampleView('card-in-doubt');
  const unwatched = { ...view, devices: { ...view.devices, camera: { state: 'failed' } } } as typeof view;
  const markup = renderToStaticMarkup(
    <Page value={page as unknown as PageContext}>
      <Person
        dossier={{ ...dossier, person: { ...person, chip: { ...person.chip, doubts } } }}
        photos={[]}
        seen={[]}
        view={unwatched}
      />
    </Page>,
  );
  for (const doubt of doubts) expect(markup).toContain(`${explain(doubt, locale)} <code>${doubt}</code>`);
});
