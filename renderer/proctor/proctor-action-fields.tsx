import { useEffect, useRef, useState } from 'react';
import { COMPARED_FIELDS } from '../../contract/words/entries.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { type Filled, type OfferedAction, USUAL_NOTES } from './proctor-actions.ts';

export const MINUTES = [5, 10, 15, 30] as const;

type ActionFieldsProps = {
  readonly offered: OfferedAction;
  readonly filled: Filled;
  readonly onFill: (filled: Filled) => void;
};

/** What has to be said for something to be done: how long, what was compared, where to, and why. */
export function ActionFields({ offered: { name, needs }, filled, onFill }: ActionFieldsProps) {
  const { t } = usePage();
  const usual = USUAL_NOTES[name] ?? [];
  const fill = (changes: Partial<Filled>) => onFill({ ...filled, ...changes });
  return (
    <>
      {needs.minutes && (
        <fieldset className="tiles">
          <legend>{t('proctor.minutes')}</legend>
          {MINUTES.map((choice) => (
            <label key={choice} className="tile">
              <input
                type="radio"
                name="minutes"
                checked={filled.minutes === choice}
                onChange={() => fill({ minutes: choice })}
                value={choice}
              />
              {choice}
            </label>
          ))}
        </fieldset>
      )}
      {needs.compared && (
        <fieldset className="tiles">
          <legend>{t('proctor.compared')}</legend>
          {COMPARED_FIELDS.map((field) => (
            <label key={field} className="tile">
              <input
                type="checkbox"
                name="compared"
                checked={filled.compared.includes(field)}
                onChange={({ target }) => {
                  const others = filled.compared.filter((one) => one !== field);
                  fill({ compared: target.checked ? [...others, field] : others });
                }}
                value={field}
              />
              {t(`compared.${field}`)}
            </label>
          ))}
        </fieldset>
      )}
      {needs.station && <StationChoice to={filled.to} onChoose={(to) => fill({ to })} />}
      <label className="field">
        {t(needs.note ? 'proctor.note' : 'proctor.note-may')}
        <input
          value={filled.note}
          placeholder={usual.length > 0 ? t('proctor.note-hint') : undefined}
          onChange={(event) => fill({ note: event.target.value })}
          name="note"
          maxLength={200}
        />
      </label>
      {usual.length > 0 && (
        <div className="row usual">
          {usual.map((one) => (
            <Button key={one} small onPress={() => fill({ note: t(one) })}>
              {t(one)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

type Stations = readonly { readonly id: NonNullable<Filled['to']>; readonly name: string }[];

function StationChoice({ to, onChoose }: { readonly to: Filled['to']; readonly onChoose: (to: Filled['to']) => void }) {
  const { t, station } = usePage();
  const [stations, setStations] = useState<Stations>();
  const { refused, run } = useCall();
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void run(async () => setStations((await station.call('stations', {})).stations));
  });
  return (
    <fieldset className="tiles stations">
      <legend>{t('proctor.stations')}</legend>
      {stations?.length === 0 && <p className="muted">{t('proctor.no-stations')}</p>}
      {stations?.map(({ id, name }) => (
        <label key={id} className="tile">
          <input type="radio" name="station" checked={to === id} onChange={() => onChoose(id)} value={id} />
          {name} <small className="muted">{id.slice(0, 9)}</small>
        </label>
      ))}
      <Notice reason={refused} />
    </fieldset>
  );
}
