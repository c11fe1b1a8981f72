import { type FormEvent, useState } from 'react';
import type { ProctorAction } from '../../contract/station-api.ts';
import type { Scores } from '../../contract/view.ts';
import { usePage } from '../context.ts';
import { Dialog } from './dialog.tsx';
import { Keypad } from './keypad.tsx';
import { Notice } from './notice.tsx';
import { ScoresTable } from './scores.tsx';
import { useCall } from './use-call.ts';

type Kind = ProctorAction['kind'];

type DeskProps = {
  readonly actions: readonly Kind[];
  /** Whether the machine measured anything that the proctor may want to see. */
  readonly scores?: boolean;
};

/** A button that opens the proctor's actions, each authorised by the PIN. */
export function ProctorDesk({ prominent = false, ...desk }: DeskProps & { readonly prominent?: boolean }) {
  const { t } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={prominent ? 'primary' : 'quiet'}
        onClick={() => setOpen(true)}
        data-action="proctor"
      >
        {t('proctor.button')}
      </button>
      {open && <ProctorDialog {...desk} onClose={() => setOpen(false)} />}
    </>
  );
}

/** To touch, where there is no keyboard. */
const USUAL_NOTES = ['proctor.note.card', 'proctor.note.known'] as const;

function ProctorDialog({ actions, scores = false, onClose }: DeskProps & { readonly onClose: () => void }) {
  const { t, station } = usePage();
  const [pin, setPin] = useState('');
  const [note, setNote] = useState('');
  const [measured, setMeasured] = useState<Scores>();
  const { busy, refused, run } = useCall();
  const needsNote = actions.includes('override');

  const act = async (kind: Kind) => {
    const action: ProctorAction = kind === 'override' ? { kind, note } : { kind };
    if (await run(() => station.call('proctor.act', { pin, action }))) onClose();
    else setPin('');
  };
  const see = async () => {
    const seen = await run(async () => setMeasured(await station.call('proctor.scores', { pin })));
    if (!seen) setPin('');
  };
  const pinReady = !busy && /^\d{4,12}$/.test(pin);
  const ready = (kind: Kind) => pinReady && (kind !== 'override' || note.trim().length >= 2);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [first] = actions;
    if (first && ready(first)) void act(first);
  };
  return (
    <Dialog title={t('proctor.title')} onClose={onClose}>
      <form onSubmit={submit} className="proctor-form">
        <label>
          {t('proctor.pin')}
          <input
            type="password"
            inputMode="numeric"
            autoComplete="off"
            value={pin}
            onChange={(event) => setPin(event.target.value)}
            name="pin"
          />
        </label>
        <Keypad onDigit={(digit) => setPin(pin + digit)} onErase={() => setPin(pin.slice(0, -1))} />
        {needsNote && (
          <label>
            {t('proctor.note')}
            <input
              value={note}
              placeholder={t('proctor.note-hint')}
              onChange={(event) => setNote(event.target.value)}
              name="note"
              maxLength={200}
            />
          </label>
        )}
        {needsNote && (
          <div className="row usual">
            {USUAL_NOTES.map((usual) => (
              <button key={usual} type="button" className="secondary" onClick={() => setNote(t(usual))}>
                {t(usual)}
              </button>
            ))}
          </div>
        )}
        {measured && <ScoresTable scores={measured} />}
        <Notice reason={refused} />
        <div className="row">
          {actions.map((kind, i) => (
            <button
              key={kind}
              type={i === 0 ? 'submit' : 'button'}
              className={i === 0 ? 'primary' : 'secondary'}
              disabled={!ready(kind)}
              data-action={kind}
              onClick={i === 0 ? undefined : () => void act(kind)}
            >
              {busy ? t('proctor.busy') : t(`proctor.${kind}`)}
            </button>
          ))}
          {scores && !measured && (
            <button type="button" className="secondary" disabled={!pinReady} onClick={see} data-action="scores">
              {t('proctor.scores')}
            </button>
          )}
          <button type="button" className="quiet" onClick={onClose}>
            {t('common.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
