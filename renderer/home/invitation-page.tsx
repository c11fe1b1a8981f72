import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { useHome } from './home-context.tsx';
import { go, START } from './route.ts';

/** Where a personal link leads. Only the button spends it: whatever looks at links beforehand has pressed nothing. */
export function InvitationPage({ secret }: { readonly secret: string }) {
  const { t } = usePage();
  const api = useHome();
  const { busy, refused, run } = useCall();
  const enter = () => run(() => api.enter(secret).then(() => go(START, 'replace')));
  return (
    <Main screen="invitation" className="home-page narrow">
      <h1>{t('home.welcome')}</h1>
      <p className="lead">{t('home.invited')}</p>
      <p className="unproven">{t('home.unproven')}</p>
      <Notice reason={refused} />
      <Button look="primary" disabled={busy} onPress={enter} action="enter">
        {t('home.enter')}
      </Button>
      <p className="muted">{t('home.keep-device')}</p>
    </Main>
  );
}
