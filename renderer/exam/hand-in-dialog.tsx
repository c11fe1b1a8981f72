import { useEffect, useRef } from 'react';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';

type HandInProps = {
  /** Numbers of the items without an answer, from 1, and of those that are marked. */
  readonly blank: readonly number[];
  readonly flagged: readonly number[];
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
      <Numbers of={blank} label={t('handin.numbers')} onGo={onGo} />
      {flagged.length > 0 && <p className="lead">{t('handin.flagged', { count: flagged.length })}</p>}
      <Numbers of={flagged} label={t('handin.flagged-numbers')} onGo={onGo} />
      <Notice reason={refused} />
      <div className="sheet-deeds">
        {first && (
          <Button look="primary" onPress={() => onGo(first)} buttonRef={goOn} action="first-blank">
            {t('handin.first', { number: first })}
          </Button>
        )}
        <Button
          look={first ? 'secondary' : 'primary'}
          disabled={busy || saving}
          onPress={() => run(() => station.call('hand-in', {}))}
          action="confirm-hand-in"
        >
          {t(saving ? 'exam.saving' : 'handin.yes')}
        </Button>
        <Button onPress={onClose} buttonRef={first ? undefined : goOn} action="go-on">
          {t('handin.no')}
        </Button>
      </div>
    </Dialog>
  );
}

type NumbersProps = {
  readonly of: readonly number[];
  readonly label: string;
  readonly onGo: (number: number) => void;
};

/** Each leads to its item. */
function Numbers({ of, label, onGo }: NumbersProps) {
  if (of.length === 0) return null;
  return (
    <fieldset className="numbers">
      <legend className="visually-hidden">{label}</legend>
      {of.map((number) => (
        <Button key={number} small onPress={() => onGo(number)}>
          {number}
        </Button>
      ))}
    </fieldset>
  );
}
