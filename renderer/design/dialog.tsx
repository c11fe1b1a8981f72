import { type ReactNode, useEffect, useRef } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { usePage } from '../context.ts';
import { Button } from './button.tsx';

type DialogProps = {
  readonly title: string;
  /** Where it stands, and how much room it takes. */
  readonly place?: 'middle' | 'wide' | 'side';
  readonly onClose: () => void;
  readonly children: ReactNode;
};

const SHEETS = { middle: 'sheet', wide: 'sheet wide', side: 'sheet beside' } as const;

/** Keeps the focus, closes on Escape, is announced, gives the focus back. */
export function Dialog({ title, place = 'middle', onClose, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || onClose()}
      className={place === 'side' ? 'veil to-the-side' : 'veil'}
    >
      <Modal className={SHEETS[place]}>
        <AriaDialog>
          <Heading slot="title">{title}</Heading>
          <Body onClose={onClose}>{children}</Body>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Body({ onClose, children }: Pick<DialogProps, 'onClose' | 'children'>) {
  const body = useRef<HTMLDivElement>(null);
  // A button that is disabled by its own press loses the focus, and with it whoever listens for Escape.
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      const topmost = [...document.querySelectorAll('.sheet-body')].at(-1) === body.current;
      if (key === 'Escape' && topmost && document.activeElement === document.body) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
  // What is usually typed first need not be what stands first.
  useEffect(() => body.current?.querySelector<HTMLElement>('[data-first]')?.focus(), []);
  return (
    <div className="sheet-body" ref={body}>
      {children}
    </div>
  );
}

/** A dialog to read, with a button that leads back. */
export function ReadingDialog({ onClose, children, ...rest }: DialogProps) {
  const { t } = usePage();
  return (
    <Dialog onClose={onClose} {...rest}>
      {children}
      <div className="sheet-deeds">
        <Button look="primary" action="close-dialog" onPress={onClose}>
          {t('common.back')}
        </Button>
      </div>
    </Dialog>
  );
}
