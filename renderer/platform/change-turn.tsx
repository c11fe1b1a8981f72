import { useState } from 'react';
import { planningEndpoints, type Turn } from '../../contract/platform/planning.ts';
import { instant } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { typedMoment } from './turn-words.ts';
import { useDeed } from './use-deed.ts';

type ChangeProps = { readonly turn: Turn; readonly onClose: () => void; readonly onChanged: () => void };

const TIMES = ['begins', 'ends', 'signUpUntil'] as const;
const WORDS = { begins: 'turns.begins', ends: 'turns.ends', signUpUntil: 'turns.sign-up-until' } as const;

/** When a turn is, and how many may come. */
export function ChangeTurn({ turn, onClose, onChanged }: ChangeProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [typed, setTyped] = useState(() => ({
    ...{ begins: typedMoment(new Date(turn.begins)), ends: typedMoment(new Date(turn.ends)) },
    ...{ signUpUntil: typedMoment(new Date(turn.signUpUntil)), seats: String(turn.seats) },
  }));
  const send = async () => {
    const changed = await run(() => {
      const [begins, ends, signUpUntil] = TIMES.map((time) => instant(new Date(typed[time])));
      const body = { begins, ends, signUpUntil, seats: Number(typed.seats) };
      return ask(planningEndpoints.change, { params: { id: turn.id }, body });
    });
    if (!changed) return;
    onClose();
    onChanged();
  };
  return (
    <Dialog title={t('turns.change')} place="wide" onClose={onClose}>
      <Form onSend={send}>
        <div className="fields">
          {TIMES.map((time) => (
            <TextField
              key={time}
              name={time}
              type="datetime-local"
              label={t(WORDS[time])}
              value={typed[time]}
              onChange={(value) => setTyped({ ...typed, [time]: value })}
              required
            />
          ))}
          <TextField
            name="seats"
            type="number"
            min={1}
            label={t('turns.seats')}
            value={typed.seats}
            onChange={(seats) => setTyped({ ...typed, seats })}
            required
          />
        </div>
        <Problem {...problem} />
        <div className="sheet-deeds">
          <Button action="cancel" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button look="primary" submits action="save" disabled={busy}>
            {t('app.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
