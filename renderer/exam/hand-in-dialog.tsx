import { useEffect, useRef } from 'react';
import { usePage } from '../context.ts';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';

type HandInProps = {
  readonly blank: number;
  readonly flagged: number;
  readonly saving: boolean;
  readonly onClose: () => void;
};

export function HandInDialog({ blank, flagged, saving, onClose }: HandInProps) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const goOn = useRef<HTMLButtonElement>(null);
  // Enter pressed twice must not hand in.
  useEffect(() => goOn.current?.focus(), []);
  return (
    <Dialog title={t('handin.title')} onClose={onClose}>
      <p className="lead">{blank > 0 ? t('handin.blank', { count: blank }) : t('handin.complete')}</p>
      {flagged > 0 && <p>{t('handin.flagged', { count: flagged })}</p>}
      <Notice reason={refused} />
      <div className="row">
        <button
          type="button"
          className="primary"
          disabled={busy || saving}
          onClick={() => run(() => station.call('hand-in', {}))}
          data-action="confirm-hand-in"
        >
          {t(saving ? 'exam.saving' : 'handin.yes')}
        </button>
        <button type="button" className="secondary" onClick={onClose} ref={goOn}>
          {t('handin.no')}
        </button>
      </div>
    </Dialog>
  );
}
