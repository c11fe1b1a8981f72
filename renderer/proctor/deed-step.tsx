import { useEffect, useRef, useState } from 'react';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { ComparedChoice, MINUTES, MinutesChoice, StationChoice } from './deed-choices.tsx';
import { NoteChoice } from './note-choice.tsx';
import { isPin, PinEntry } from './pin-entry.tsx';
import { type Filled, type OfferedAction, USUAL_NOTES } from './proctor-actions.ts';

export type Perform = (action: ProctorAction, second?: string) => Promise<boolean>;

type DeedStepProps = {
  readonly deed: OfferedAction;
  /** Whether another proctor has to agree. */
  readonly two: boolean;
  readonly busy: boolean;
  readonly refused: Reason | undefined;
  readonly onPerform: Perform;
  readonly onBack: () => void;
};

const NOTHING: Filled = { note: '', minutes: MINUTES[0], compared: [], to: undefined };

/** One deed: what it will do, what has to be said for it, and the touch that does it. */
export function DeedStep({ deed, two, busy, refused, onPerform, onBack }: DeedStepProps) {
  const { t } = usePage();
  const { name, label, hint, needs, grave } = deed;
  const [filled, setFilled] = useState(NOTHING);
  const [second, setSecond] = useState('');
  const section = useRef<HTMLElement>(null);
  // It may begin where the screen ends.
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const fill = (changes: Partial<Filled>) => setFilled({ ...filled, ...changes });
  const action = deed.action(filled);
  const ready = action !== undefined && !busy && (!two || isPin(second));
  const perform = async () => {
    if (action && !(await onPerform(action, two ? second : undefined))) setSecond('');
  };
  return (
    <section className={grave ? 'deed-step grave' : 'deed-step'} aria-label={t(label)} data-step={name} ref={section}>
      <h3>
        {t(label)} <small className="muted step-hint">{t(hint)}</small>
      </h3>
      {needs.minutes && <MinutesChoice minutes={filled.minutes} onChoose={(minutes) => fill({ minutes })} />}
      {needs.compared && <ComparedChoice compared={filled.compared} onChoose={(compared) => fill({ compared })} />}
      {needs.station && <StationChoice to={filled.to} onChoose={(to) => fill({ to })} />}
      <NoteChoice
        note={filled.note}
        must={needs.note ?? false}
        usual={USUAL_NOTES[name] ?? []}
        onNote={(note) => fill({ note })}
      />
      {two && <PinEntry name="second" pin={second} onPin={setSecond} />}
      <Notice reason={refused} />
      <div className="row step-deeds">
        <Button look={grave ? 'danger' : 'primary'} disabled={!ready} onPress={() => perform()} action={name}>
          {t(busy ? 'proctor.busy' : label)}
        </Button>
        <Button look="quiet" icon="back" onPress={onBack} action="back-to-deeds">
          {t('common.back')}
        </Button>
      </div>
    </section>
  );
}
