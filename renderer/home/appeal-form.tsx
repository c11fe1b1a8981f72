import { type FormEvent, useState } from 'react';
import { APPEAL_GROUNDS, type AppealGround, AppealWords, MOST_ADDED } from '../../contract/words/appeal-words.ts';
import type { SittingId } from '../../contract/words/ids.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import type { WorkerKey } from '../../messages/worker/index.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { useCall } from '../design/use-call.ts';
import { useHome } from './home-context.tsx';
import { useOwnWords } from './own-words.ts';

/** What the station's catalogue does not say, or says of something else. */
const SAID: Readonly<Partial<Record<Reason, WorkerKey>>> = {
  'appeal-open': 'appeal.waits',
  'result-unknown': 'appeal.unknown',
  'bad-message': 'appeal.form',
  'try-later': 'appeal.later',
};

type AppealFormProps = { readonly sittingId: SittingId; readonly onAppealed: () => void };

/** Says that a result is wrong: one of a few reasons, and what there is to add. */
export function AppealForm({ sittingId, onAppealed }: AppealFormProps) {
  const api = useHome();
  const { locale, explain } = usePage();
  const { w } = useOwnWords();
  const { busy, refused, run } = useCall();
  const [ground, setGround] = useState<AppealGround>();
  const [text, setText] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const { data: words } = AppealWords.safeParse({ ground, text });
    setIncomplete(!words);
    if (words && (await run(() => api.appeal(sittingId, { words, locale })))) onAppealed();
  };
  const said = refused && SAID[refused];
  const wrong = incomplete ? w('appeal.form') : refused && (said ? w(said) : explain(refused));
  return (
    <details className="appeal">
      <summary data-action="appeal">{w('appeal.begin')}</summary>
      <form onSubmit={send}>
        <p>{w('appeal.how')}</p>
        <fieldset>
          <legend>{w('appeal.why')}</legend>
          {APPEAL_GROUNDS.map((one) => (
            <label key={one} className="ground">
              <input type="radio" name="ground" value={one} checked={ground === one} onChange={() => setGround(one)} />
              <span>{w(`appeal.ground.${one}`)}</span>
            </label>
          ))}
        </fieldset>
        <label className="more-words">
          <span>{w('appeal.more')}</span>
          <textarea rows={4} maxLength={MOST_ADDED} value={text} onChange={({ target }) => setText(target.value)} />
          <small>{w('appeal.more-hint')}</small>
        </label>
        <div role="alert">{wrong && <p className="notice warn">{wrong}</p>}</div>
        <Button look="primary" submits disabled={busy} action="send-appeal">
          {w('appeal.send')}
        </Button>
      </form>
    </details>
  );
}
