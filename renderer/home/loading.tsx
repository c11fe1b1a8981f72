import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { START } from './route.ts';

/** Until it is here; or why it cannot be, and the way on. */
export function Loading({ refused }: { readonly refused: Reason | undefined }) {
  const { t } = usePage();
  return (
    <Main screen={refused ? 'refused' : 'loading'} className="home-page narrow">
      <h1 className={refused ? undefined : 'visually-hidden'}>{t('home.title')}</h1>
      <Notice reason={refused} />
      {refused ? <a href={START}>{t('home.to-start')}</a> : <p className="lead">{t('home.loading')}</p>}
    </Main>
  );
}
