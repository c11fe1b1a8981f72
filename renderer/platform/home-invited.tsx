import { useState } from 'react';
import { courseEndpoints, type HomeInvited } from '../../contract/platform/courses.ts';
import type { CandidateId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { QrCode } from './qr-code.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** Invites people to learn at home; what they are invited with is here once. */
export function useInviting(firm: Firm) {
  const { ask } = usePlatform();
  const { busy, run, refused, detail } = useDeed();
  const [invited, setInvited] = useState<readonly HomeInvited[]>();
  const invite = (ids: readonly CandidateId[]) =>
    run(async () => {
      const { invitations } = await ask(courseEndpoints.inviteHome, { params: { firm: firm.id }, body: { ids } });
      setInvited(invitations);
    });
  return { busy, refused, detail, invited, invite, close: () => setInvited(undefined) };
}

type SheetProps = { readonly invited: readonly HomeInvited[]; readonly onClose: () => void };

/** A card for each, to be cut out: name, code, and the link for whoever types it. Nothing else of the page is printed. */
export function InvitedSheet({ invited, onClose }: SheetProps) {
  const { t, locale } = usePlatform();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <section className="part sheet-to-print" aria-labelledby="invited">
      <div className="head not-printed">
        <h2 id="invited">{t('home-access.told', { count: invited.length })}</h2>
        <Button look="primary" icon="print" action="print" onPress={() => window.print()}>
          {t('home-access.print')}
        </Button>
        <Button action="close-sheet" onPress={onClose}>
          {t('home-access.close')}
        </Button>
      </div>
      <p className="not-printed notice warn">{t('told.once')}</p>
      <div className="slips">
        {invited.map(({ id, name, path, expiresAt }) => {
          const link = new URL(path, location.href).href;
          return (
            <article key={id} className="slip card" data-invited={id}>
              <h3>{name}</h3>
              <div className="with-code">
                <QrCode text={link} label={t('home-access.code-of', { name })} />
                <p>{t('home-access.how', { until: day.format(new Date(expiresAt)) })}</p>
              </div>
              <code style={{ overflowWrap: 'anywhere' }}>{link}</code>
            </article>
          );
        })}
      </div>
    </section>
  );
}
