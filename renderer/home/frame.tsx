import { useEffect } from 'react';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icons.tsx';
import { useHome, useStanding } from './home-context.tsx';
import { backFrom, go, routeOf, START, useFragment } from './route.ts';

/** What is always there: the way back, the language. */
export function HomeBar({ onLanguage }: { readonly onLanguage: () => void }) {
  const { t } = usePage();
  const back = backFrom(routeOf(useFragment()));
  const standing = useStanding();
  return (
    <header className="home-bar">
      {back && standing !== 'signed-out' ? (
        <a className="back" href={back} data-action="to-start">
          <Icon name="back" />
          {t('home.back')}
        </a>
      ) : (
        <span className="brand">
          <Icon name="learn" />
          {t('home.title')}
        </span>
      )}
      <Button look="quiet" small icon="language" onPress={onLanguage} action="language">
        {t('app.language')}
      </Button>
    </header>
  );
}

const PING_MS = 2_000;

/** The center is not heard: it says so, asks again by itself, and goes when it is back. */
export function AwayBar() {
  const { t } = usePage();
  const api = useHome();
  const away = useStanding() === 'away';
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(() => api.ping().catch(() => undefined), PING_MS);
    return () => clearInterval(timer);
  }, [api, away]);
  return (
    <div role="status" aria-live="polite">
      {away && (
        <p className="away" data-away>
          <span className="spinner" aria-hidden="true" />
          {t('home.away')}
        </p>
      )}
    </div>
  );
}

/** Ends it on this device; the others stay signed in. */
export function SignOut() {
  const { t } = usePage();
  const api = useHome();
  return (
    <Button
      look="quiet"
      icon="leave"
      action="sign-out"
      onPress={() =>
        api.signOut().then(
          () => go(START),
          () => undefined,
        )
      }
    >
      {t('home.sign-out')}
    </Button>
  );
}
