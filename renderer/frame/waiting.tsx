import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { ShellTrouble } from '../../contract/page/shell-trouble.ts';
import { usePage } from '../context.ts';
import type { Link } from '../link/station.ts';
import { WayOut } from '../proctor/way-out.tsx';

type BeforeProps = { readonly screen?: string; readonly reason?: string; readonly children: ReactNode };

/** Before the page and whatever is open in front of it; nothing closes it but the station. What was there stays behind it. */
function BeforeEverything({ screen, reason, children }: BeforeProps) {
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={screen ? `waiting ${screen}` : 'waiting'}>
      <Modal className="waiting-words">
        <Dialog role="alertdialog" data-screen={screen} data-reason={reason}>
          {children}
          <WayOut />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** There is no station to talk to now. */
export function Waiting({ link }: { readonly link: Exclude<Link, { state: 'open' }> }) {
  const { t, explain } = usePage();
  const connecting = link.state === 'connecting';
  return (
    <BeforeEverything {...(connecting ? {} : { reason: link.reason })}>
      {connecting && <div className="spinner" aria-hidden="true" />}
      <Heading slot="title" level={1}>
        {connecting ? t('app.connecting') : explain(link.reason)}
      </Heading>
    </BeforeEverything>
  );
}

/** The station cannot run: what is wrong, what to do, and what to say to whoever is called. It is tried again meanwhile. */
export function Trouble({ trouble: { reason, detail } }: { readonly trouble: ShellTrouble }) {
  const { t, explain } = usePage();
  return (
    <BeforeEverything screen="trouble" reason={reason}>
      <Heading slot="title" level={1}>
        {t('trouble.title')}
      </Heading>
      <p className="lead">{explain(reason)}</p>
      <p className="muted">{t('trouble.again')}</p>
      <code>
        {reason} {detail}
      </code>
    </BeforeEverything>
  );
}
