import { useState } from 'react';
import type { MessageKey } from '../../messages/index.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Keyboard } from '../design/keyboard.tsx';

const LONGEST = 200;

type NoteChoiceProps = {
  readonly note: string;
  readonly must: boolean;
  /** Reasons to touch. */
  readonly usual: readonly MessageKey[];
  readonly onNote: (note: string) => void;
};

/** Why: one touch on what is usual, or a word of one's own, also where there is no keyboard. */
export function NoteChoice({ note, must, usual, onNote }: NoteChoiceProps) {
  const { t } = usePage();
  const [keys, setKeys] = useState(false);
  // What is usual is one touch away; a word of one's own takes room.
  const [own, setOwn] = useState(usual.length === 0);
  const put = (text: string) => onNote(text.slice(0, LONGEST));
  return (
    <div className="note-choice">
      <fieldset className="usual">
        <legend>{t(must ? 'proctor.note' : 'proctor.note-may')}</legend>
        {usual.map((one) => (
          <Button
            key={one}
            className="chip"
            small
            icon={note === t(one) ? 'check' : undefined}
            pressed={note === t(one)}
            onPress={() => put(note === t(one) ? '' : t(one))}
          >
            {t(one)}
          </Button>
        ))}
        {!own && (
          <Button className="chip" small look="quiet" onPress={() => setOwn(true)} action="note-other">
            {t('desk.other-note')}
          </Button>
        )}
      </fieldset>
      {own && (
        <div className="note-field">
          <label className="field">
            {t('desk.own-note')}
            <input value={note} onChange={(event) => put(event.target.value)} name="note" maxLength={LONGEST} />
          </label>
          <Button
            small
            look="quiet"
            icon="keys"
            label={t('desk.keyboard')}
            pressed={keys}
            onPress={() => setKeys(!keys)}
            action="note-keys"
          />
        </div>
      )}
      {keys && <Keyboard onKey={(key) => put(note + key)} onErase={() => put(note.slice(0, -1))} />}
    </div>
  );
}
