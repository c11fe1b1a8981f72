import { type ReactNode, useEffect, useId, useRef } from 'react';
import { usePage } from '../context.ts';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** A modal of the platform's own: keeps the focus, closes on Escape, is announced. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titled = useId();
  useEffect(() => {
    dialog.current?.showModal();
    // What is usually typed first need not be what stands first.
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby={titled}>
      <h2 id={titled}>{title}</h2>
      {children}
    </dialog>
  );
}

/** A dialog to read, with a button that leads back. */
export function ReadingDialog({ title, onClose, children }: DialogProps) {
  const { t } = usePage();
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <form method="dialog">
        <button type="submit" className="primary">
          {t('common.back')}
        </button>
      </form>
    </Dialog>
  );
}
