import type { StationView } from '../../contract/page/view.ts';
import type { DeviceState } from '../../contract/words/device-state.ts';
import { usePage } from '../context.ts';
import { CallProctor } from '../design/call-proctor.tsx';
import { TextSize } from '../design/text-size.tsx';
import { IncidentList } from '../proctor/incident-list.tsx';

const CAN_CALL = ['consenting', 'capturing', 'refused', 'awaiting-unlock', 'in-progress', 'paused'] as const;
const DEVICES = ['camera', 'reader', 'faces', 'center'] as const;

type TopBarProps = {
  readonly view: StationView;
  readonly onLanguage: () => void;
  /** Shows or hides how ready the station is; not while somebody sits here. */
  readonly onReadiness: (() => void) | undefined;
};

export function TopBar({ view, onLanguage, onReadiness }: TopBarProps) {
  const { t } = usePage();
  const { station, devices, incidents, decisions, waitingRecords, refusedRecords } = view;
  return (
    <header className="top-bar" data-called={view.called}>
      <strong>{t('app.title')}</strong>
      <span className="muted">{[station.tenant, station.name].filter(Boolean).join(' · ')}</span>
      <ul className={view.current.stage === 'idle' ? 'devices' : 'devices quiet'}>
        {DEVICES.map((device) => (
          <Device key={device} name={t(`device.${device}`)} device={devices[device]} />
        ))}
      </ul>
      {CAN_CALL.some((one) => one === view.current.stage) && <CallProctor called={view.called ?? false} />}
      <IncidentList incidents={incidents} decisions={decisions} />
      {waitingRecords > 0 && <span className="badge">{t('app.waiting-records', { count: waitingRecords })}</span>}
      {refusedRecords > 0 && <span className="badge">{t('app.refused-records', { count: refusedRecords })}</span>}
      {onReadiness && (
        <button type="button" className="quiet" onClick={onReadiness} data-action="readiness">
          {t('readiness.button')}
        </button>
      )}
      {view.current.stage !== 'idle' && <TextSize />}
      <button type="button" className="quiet" onClick={onLanguage} data-action="language">
        {t('app.language')}
      </button>
    </header>
  );
}

function Device({ name, device }: { readonly name: string; readonly device: DeviceState }) {
  const { t, explain } = usePage();
  const words = device.reason ? explain(device.reason) : t(`device.${device.state}`);
  return (
    <li className={`device ${device.state}`} title={words} data-reason={device.reason}>
      <span className="light" aria-hidden="true" />
      {name}
      <span className="visually-hidden">: {words}</span>
    </li>
  );
}
