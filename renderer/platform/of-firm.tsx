import type { ReactNode } from 'react';
import type { PlatformKey } from '../../messages/platform/index.ts';
import { Main } from '../design/main.tsx';
import { usePlatform } from './context.tsx';
import { addressFor } from './route.ts';
import { type Firm, useFirm } from './use-firm.ts';

type OfFirmProps = {
  readonly screen: string;
  readonly heading: PlatformKey;
  readonly children: (firm: Firm) => ReactNode;
};

/** A page about one firm: whose it is stands above it; whoever supervises many chooses one first. */
export function OfFirm({ screen, heading, children }: OfFirmProps) {
  const { t } = usePlatform();
  const firm = useFirm();
  return (
    <Main screen={screen} className="page">
      {firm && !firm.isOwn && (
        <nav aria-label={t('organisations.above')} className="above">
          <a href={addressFor('organisation', firm.id)}>{firm.name}</a>
        </nav>
      )}
      <h1>{t(heading)}</h1>
      {firm === undefined && <p>{t('app.loading')}</p>}
      {firm === null && (
        <div className="empty">
          <p>{t('firm.choose')}</p>
          <a href={addressFor('organisations', '', { kind: 'firm' })}>{t('organisations.title')}</a>
        </div>
      )}
      {firm && children(firm)}
    </Main>
  );
}
