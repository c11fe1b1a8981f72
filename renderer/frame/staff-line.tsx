import type { StationView } from '../../contract/page/view.ts';
import type { DeviceState } from '../../contract/words/device-state.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { type DeskProps, ProctorDesk } from '../proctor/proctor-desk.tsx';
import { deskFor } from './desk-for.ts';

const DEVICES = ['camera', 'reader', 'faces', 'center'] as const;

type StaffLineProps = {
  readonly view: StationView;
  /** Shows or hides how ready the station is; not while somebody sits here. */
  readonly onReadiness: (() => void) | undefined;
};

/** Where staff look and come in: quiet, at the foot of every screen, and nobody else's next step. */
export function StaffLine({ view, onReadiness }: StaffLineProps) {
  const { t } = usePage();
  const { station, devices, waitingRecords, refusedRecords, current } = view;
  const desk: DeskProps | undefined = deskFor(view);
  return (
    <footer className="staff-line">
      <span className="place">{[station.tenant, station.name].filter(Boolean).join(' · ')}</span>
      {/* Whoever sits an exam need not know what a camera is called, and be alarmed by none. */}
      {current.stage === 'idle' && (
        <ul className="devices">
          {DEVICES.map((device) => (
            <Device key={device} name={t(`device.${device}`)} device={devices[device]} />
          ))}
        </ul>
      )}
      {waitingRecords > 0 && <span>{t('app.waiting-records', { count: waitingRecords })}</span>}
      {refusedRecords > 0 && <strong>{t('app.refused-records', { count: refusedRecords })}</strong>}
      <div className="staff-end">
        {onReadiness && (
          <Button look="quiet" onPress={onReadiness} action="readiness">
            {t('readiness.button')}
          </Button>
        )}
        {desk && <ProctorDesk {...desk} />}
      </div>
    </footer>
  );
}

function Device({ name, device }: { readonly name: string; readonly device: DeviceState }) {
  const { t, explain } = usePage();
  const words = device.reason ? explain(device.reason) : t(`device.${device.state}`);
  return (
    <li className={`device ${device.state}`} title={words} data-reason={device.reason}>
      <span className="light" aria-hidden="true" />
      <span className="device-name">{name}</span>
      <span className="visually-hidden">: {words}</span>
    </li>
  );
}
