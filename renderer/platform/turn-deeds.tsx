import { useState } from 'react';
import { planningEndpoints, type Turn } from '../../contract/platform/planning.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type DeedsProps = { readonly turn: Turn; readonly onChanged: () => void };

/** What whoever plans a turn does next: what usually comes next stands out. */
export function TurnDeeds({ turn: { id, state }, onChanged }: DeedsProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [cancelling, setCancelling] = useState(false);
  const settle = (what: 'open' | 'close') =>
    run(() => ask(planningEndpoints[what], { params: { id } })).then(onChanged);
  if (state === 'held' || state === 'cancelled') return null;
  return (
    <>
      <div className="deeds">
        {state === 'planned' && (
          <Button look="primary" action="open" disabled={busy} onPress={() => settle('open')}>
            {t('turns.open')}
          </Button>
        )}
        {state !== 'planned' && (
          <Button action="provide" disabled={busy} onPress={() => settle('open')}>
            {t(state === 'open' ? 'turns.provide' : 'turns.open-again')}
          </Button>
        )}
        {state === 'open' && (
          <Button action="close" disabled={busy} onPress={() => settle('close')}>
            {t('turns.close')}
          </Button>
        )}
        <Button look="danger" action="cancel-turn" onPress={() => setCancelling(true)}>
          {t('turns.cancel')}
        </Button>
      </div>
      <Problem {...problem} />
      {cancelling && <Cancelling id={id} onClose={() => setCancelling(false)} onChanged={onChanged} />}
    </>
  );
}

type CancellingProps = { readonly id: Turn['id']; readonly onClose: () => void; readonly onChanged: () => void };

function Cancelling({ id, onClose, onChanged }: CancellingProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [note, setNote] = useState('');
  const send = async () => {
    if (!(await run(() => ask(planningEndpoints.cancel, { params: { id }, body: { note } })))) return;
    onClose();
    onChanged();
  };
  return (
    <Dialog title={t('turns.cancel')} onClose={onClose}>
      <Form onSend={send}>
        <p>{t('turns.cancel-means')}</p>
        <TextField name="note" label={t('turns.cancel-note')} value={note} onChange={setNote} required />
        <Problem {...problem} />
        <div className="sheet-deeds">
          <Button action="back" onPress={onClose}>
            {t('app.back')}
          </Button>
          <Button look="danger" submits action="cancel-really" disabled={busy || note.trim() === ''}>
            {t('turns.cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
