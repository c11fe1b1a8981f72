import { type FormEvent, useState } from 'react';
import { AbsenceWish, type OwnTurn } from '../../contract/home/own-file.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { useCall } from '../design/use-call.ts';
import { useHome } from './home-context.tsx';
import { useOwnWords } from './own-words.ts';

type AbsenceProps = { readonly turn: OwnTurn; readonly onSaid: () => void };

/** Somebody says that they cannot come: their firm decides what becomes of the seat. */
export function Absence({ turn: { id, absence, mayCancel }, onSaid }: AbsenceProps) {
  const api = useHome();
  const { explain } = usePage();
  const { w } = useOwnWords();
  const { busy, refused, run } = useCall();
  const [reason, setReason] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const { data: wish } = AbsenceWish.safeParse({ reason });
    if (wish && (await run(() => api.sayAbsent(id, wish)))) onSaid();
  };
  if (absence !== null)
    return (
      <p className="notice info own-note" role="status" data-absent>
        {w('own.cannot-said', { reason: absence })} {w('own.cannot-how')}
      </p>
    );
  if (!mayCancel) return null;
  return (
    <details className="appeal">
      <summary data-action="cannot-come">{w('own.cannot')}</summary>
      <form onSubmit={send}>
        <p>{w('own.cannot-how')}</p>
        <label className="more-words">
          <span>{w('own.cannot-why')}</span>
          <textarea
            rows={3}
            required
            minLength={2}
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        <div role="alert">
          {refused && (
            <p className="notice warn">{refused === 'turn-settled' ? w('own.cannot-late') : explain(refused)}</p>
          )}
        </div>
        <Button submits disabled={busy} action="say-absent">
          {w('own.cannot-send')}
        </Button>
      </form>
    </details>
  );
}
