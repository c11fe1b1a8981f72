import { useEffect } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import type { Myself } from '../../contract/platform/roles.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icons.tsx';
import { usePlatform, useStanding } from './context.tsx';
import { isFor, PAGES } from './pages.ts';
import { addressFor, useRoute } from './route.ts';

/** What is always there: where one is, who one is, the language. */
export function Bar({ onLanguage }: { readonly onLanguage: () => void }) {
  const { t, me, ask, setMe } = usePlatform();
  const leave = () =>
    ask(accountEndpoints.logOut, {}).then(
      () => setMe(undefined),
      () => undefined,
    );
  return (
    <header className="platform-bar">
      <a className="brand" href={addressFor('start')}>
        <Icon name="shield" />
        {t('app.title')}
      </a>
      {me && <span className="who">{me.name}</span>}
      <Button look="quiet" small icon="language" onPress={onLanguage} action="language">
        {t('app.language')}
      </Button>
      {me && (
        <Button look="quiet" small icon="leave" onPress={leave} action="log-out">
          {t('app.log-out')}
        </Button>
      )}
    </header>
  );
}

/** The pages that are theirs. */
export function Menu({ me }: { readonly me: Myself }) {
  const { t } = usePlatform();
  const { page } = useRoute();
  return (
    <nav className="platform-menu" aria-label={t('app.menu')}>
      {PAGES.filter((one) => one.inMenu && isFor(one, me)).map(({ name, title, icon }) => (
        <a
          key={name}
          href={addressFor(name)}
          data-page={name}
          {...(name === page ? { 'aria-current': 'page' as const } : {})}
        >
          <Icon name={icon} />
          {t(title)}
        </a>
      ))}
    </nav>
  );
}

const PING_MS = 2_000;

/** The center is not heard: it says so, asks again by itself, and goes when it is back. */
export function AwayBar() {
  const { t, ask } = usePlatform();
  const away = useStanding() === 'away';
  useEffect(() => {
    if (!away) return undefined;
    const timer = setInterval(() => ask(accountEndpoints.welcome, {}).catch(() => undefined), PING_MS);
    return () => clearInterval(timer);
  }, [ask, away]);
  return (
    <div role="status" aria-live="polite">
      {away && (
        <p className="away" data-away>
          <span className="spinner" aria-hidden="true" />
          {t('app.away')}
        </p>
      )}
    </div>
  );
}
