import { useEffect, useRef, useState } from 'react';
import { COMPARED_FIELDS } from '../../contract/words/entries.ts';
import { usePage } from '../context.ts';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import type { Filled } from './proctor-actions.ts';

export const MINUTES = [5, 10, 15, 30] as const;

type MinutesProps = { readonly minutes: number; readonly onChoose: (minutes: number) => void };

export function MinutesChoice({ minutes, onChoose }: MinutesProps) {
  const { t } = usePage();
  return (
    <fieldset className="tiles minutes">
      <legend>{t('proctor.minutes')}</legend>
      {MINUTES.map((choice) => (
        <label key={choice} className="tile">
          <input
            type="radio"
            name="minutes"
            checked={minutes === choice}
            onChange={() => onChoose(choice)}
            value={choice}
          />
          {choice}
        </label>
      ))}
    </fieldset>
  );
}

type ComparedProps = { readonly compared: Filled['compared']; readonly onChoose: (to: Filled['compared']) => void };

/** What was held against the document, by the proctor's own eyes. */
export function ComparedChoice({ compared, onChoose }: ComparedProps) {
  const { t } = usePage();
  return (
    <fieldset className="tiles">
      <legend>{t('proctor.compared')}</legend>
      {COMPARED_FIELDS.map((field) => (
        <label key={field} className="tile">
          <input
            type="checkbox"
            name="compared"
            checked={compared.includes(field)}
            onChange={({ target }) => {
              const others = compared.filter((one) => one !== field);
              onChoose(target.checked ? [...others, field] : others);
            }}
            value={field}
          />
          {t(`compared.${field}`)}
        </label>
      ))}
    </fieldset>
  );
}

type Stations = readonly { readonly id: NonNullable<Filled['to']>; readonly name: string }[];

/** Where an exam may go on. */
export function StationChoice({
  to,
  onChoose,
}: {
  readonly to: Filled['to'];
  readonly onChoose: (to: Filled['to']) => void;
}) {
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
