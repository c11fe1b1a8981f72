import { type ComponentType, lazy } from 'react';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';

/** A page is told of what it is: nothing where it is a list. */
export type PageComponent = ComponentType<{ readonly id: string }>;

/** A page that is fetched when somebody first goes there: nobody waits at the door for what they may never open. */
export const later = <Name extends string>(
  load: () => Promise<Readonly<Record<Name, PageComponent>>>,
  name: Name,
): PageComponent =>
  lazy(() =>
    load().then(
      (module) => ({ default: module[name] as PageComponent }),
      () => ({ default: NotFetched }),
    ),
  );

/** The line broke, or the center has newer pages by now: read anew, both are over. */
function NotFetched() {
  const { t } = usePlatform();
  return (
    <Main screen="not-fetched" className="page">
      <h1>{t('app.not-fetched')}</h1>
      <div>
        <Button look="primary" action="reload" onPress={() => location.reload()}>
          {t('app.reload')}
        </Button>
      </div>
    </Main>
  );
}
