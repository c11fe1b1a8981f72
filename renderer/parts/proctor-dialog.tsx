import { type FormEvent, useState } from 'react';
import type { IncidentId } from '../../contract/ids.ts';
import { COMPARED_FIELDS, type ComparedField } from '../../contract/records.ts';
import type { Scores } from '../../contract/view.ts';
import { usePage } from '../context.ts';
import { Dialog } from './dialog.tsx';
import { Keypad } from './keypad.tsx';
import { Notice } from './notice.tsx';
import { type Deed, USUAL_NOTES } from './proctor-deeds.ts';
import { ScoresTable } from './scores.tsx';
import { useCall } from './use-call.ts';

type ProctorDialogProps = {
  readonly deeds: readonly Deed[];
  /** What takes two proctors here. */
  readonly twoProctors: readonly string[];
  /** Whether the machine measured anything that the proctor may want to see. */
  readonly scores: boolean;
  /** An incident of which a picture is kept. */
  readonly pictured?: IncidentId | undefined;
  readonly onClose: () => void;
};

const MINUTES = [5, 10, 15, 30] as const;
/** Digits, or the recovery code. */
const isPin = (text: string): boolean => /^\d{4,12}$/.test(text) || text.length >= 19;

/** What a proctor does: why, for whom it is written down, and the PIN that says who it is. */
export function ProctorDialog({ deeds, twoProctors, scores, pictured, onClose }: ProctorDialogProps) {
  const { t, station } = usePage();
  const [pins, setPins] = useState({ pin: '', second: '' });
  const [typing, setTyping] = useState<'pin' | 'second'>('pin');
  const [note, setNote] = useState('');
  const [minutes, setMinutes] = useState<number>(MINUTES[0]);
  const [compared, setCompared] = useState<readonly ComparedField[]>([]);
  const [measured, setMeasured] = useState<Scores>();
  const [picture, setPicture] = useState<string>();
  const { busy, refused, run } = useCall();
  const needsTwo = deeds.some(({ name }) => twoProctors.includes(name));
  const takesNote = deeds.some(({ name, needsNote }) => needsNote || name in USUAL_NOTES);
  const usual = [...new Set(deeds.flatMap(({ name }) => USUAL_NOTES[name] ?? []))];

  const clear = () => setPins({ pin: '', second: '' });
  const act = async (deed: Deed) => {
    const second = twoProctors.includes(deed.name) && pins.second ? { second: pins.second } : {};
    const action = deed.action({ note, minutes, compared });
    if (await run(() => station.call('proctor.act', { pin: pins.pin, ...second, action }))) onClose();
    else clear();
  };
  const see = async () => {
    const seen = await run(async () => setMeasured(await station.call('proctor.scores', { pin: pins.pin })));
    if (!seen) clear();
  };
  const look = async (incidentId: IncidentId) => {
    const seen = await run(async () =>
      setPicture((await station.call('proctor.picture', { pin: pins.pin, incidentId })).base64),
    );
    if (!seen) clear();
  };
  const pinReady = !busy && isPin(pins.pin);
  const ready = ({ name, needsNote, needsCompared }: Deed) =>
    pinReady &&
    (!needsNote || note.trim().length >= 2) &&
    (!needsCompared || compared.length >= 2) &&
    (!twoProctors.includes(name) || isPin(pins.second));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [first] = deeds;
    if (first && ready(first)) void act(first);
  };
  const pinField = (name: 'pin' | 'second') => (
    <label>
      {t(name === 'pin' ? 'proctor.pin' : 'proctor.second-pin')}
      <input
        type="password"
        autoComplete="off"
        value={pins[name]}
        onFocus={() => setTyping(name)}
        onChange={(event) => setPins({ ...pins, [name]: event.target.value })}
        name={name}
        maxLength={42}
      />
    </label>
  );
  return (
    <Dialog title={t('proctor.title')} onClose={onClose}>
      <form onSubmit={submit} className="proctor-form">
        {pinField('pin')}
        {needsTwo && pinField('second')}
        <div className="proctor-side">
          <Keypad
            onDigit={(digit) => setPins({ ...pins, [typing]: pins[typing] + digit })}
            onErase={() => setPins({ ...pins, [typing]: pins[typing].slice(0, -1) })}
          />
          {usual.length > 0 && (
            <div className="row usual">
              {usual.map((one) => (
                <button key={one} type="button" className="secondary" onClick={() => setNote(t(one))}>
                  {t(one)}
                </button>
              ))}
            </div>
          )}
        </div>
        {deeds.some(({ needsMinutes }) => needsMinutes) && (
          <fieldset className="row minutes">
            <legend>{t('proctor.minutes')}</legend>
            {MINUTES.map((choice) => (
              <label key={choice}>
                <input
                  type="radio"
                  name="minutes"
                  checked={minutes === choice}
                  onChange={() => setMinutes(choice)}
                  value={choice}
                />
                {choice}
              </label>
            ))}
          </fieldset>
        )}
        {deeds.some(({ needsCompared }) => needsCompared) && (
          <fieldset className="row minutes">
            <legend>{t('proctor.compared')}</legend>
            {COMPARED_FIELDS.map((field) => (
              <label key={field}>
                <input
                  type="checkbox"
                  name="compared"
                  checked={compared.includes(field)}
                  onChange={({ target }) =>
                    setCompared(target.checked ? [...compared, field] : compared.filter((one) => one !== field))
                  }
                  value={field}
                />
                {t(`compared.${field}`)}
              </label>
            ))}
          </fieldset>
        )}
        {takesNote && (
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
        {picture && <img className="evidence" src={`data:image/jpeg;base64,${picture}`} alt={t('incidents.picture')} />}
        {measured && <ScoresTable scores={measured} />}
        <Notice reason={refused} />
        <div className="row">
          {deeds.map((deed, i) => (
            <button
              key={deed.name}
              type={i === 0 ? 'submit' : 'button'}
              className={i === 0 ? 'primary' : 'secondary'}
              disabled={!ready(deed)}
              data-action={deed.name}
              onClick={i === 0 ? undefined : () => void act(deed)}
            >
              {busy ? t('proctor.busy') : t(deed.label)}
            </button>
          ))}
          {scores && !measured && (
            <button type="button" className="secondary" disabled={!pinReady} onClick={see} data-action="scores">
              {t('proctor.scores')}
            </button>
          )}
          {pictured && !picture && (
            <button
              type="button"
              className="secondary"
              disabled={!pinReady}
              onClick={() => look(pictured)}
              data-action="picture"
            >
              {t('incidents.picture')}
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
