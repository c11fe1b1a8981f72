import { useEffect, useRef } from 'react';
import { usePage } from '../context.ts';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';

type HandInProps = {
  /** Numbers of the items without an answer, from 1. */
  readonly blank: readonly number[];
  readonly flagged: number;
  readonly saving: boolean;
  /** Goes to an item, by its number. */
  readonly onGo: (number: number) => void;
  readonly onClose: () => void;
};

export function HandInDialog({ blank, flagged, saving, onGo, onClose }: HandInProps) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const goOn = useRef<HTMLButtonElement>(null);
  const [first] = blank;
  // Enter pressed twice must not hand in.
  useEffect(() => goOn.current?.focus(), []);
  return (
    <Dialog title={t('handin.title')} onClose={onClose}>
      <p className="lead">{first ? t('handin.blank', { count: blank.length }) : t('handin.complete')}</p>
      {first && <p>{t('handin.numbers', { numbers: blank.join(' · ') })}</p>}
      {flagged > 0 && <p>{t('handin.flagged', { count: flagged })}</p>}
      <Notice reason={refused} />
      <div className="row">
        {first && (
          <button type="button" className="primary" onClick={() => onGo(first)} ref={goOn} data-action="first-blank">
            {t('handin.first', { number: first })}
          </button>
        )}
        <button
          type="button"
          className={first ? 'secondary' : 'primary'}
          disabled={busy || saving}
          onClick={() => run(() => station.call('hand-in', {}))}
          data-action="confirm-hand-in"
        >
          {t(saving ? 'exam.saving' : 'handin.yes')}
        </button>
        <button type="button" className="secondary" onClick={onClose} ref={first ? undefined : goOn}>
          {t('handin.no')}
        </button>
      </div>
    </Dialog>
  );
}
