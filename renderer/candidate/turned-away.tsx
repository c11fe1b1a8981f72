import type { TurnedAwayView } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { AnotherSeat } from './drawings.tsx';

type TurnedAwayProps = { readonly away: TurnedAwayView; readonly reads: boolean };

/** Somebody whose seat is another one, or whose exam was moved: where it is. */
export function TurnedAway({ away: { who, why }, reads }: TurnedAwayProps) {
  const { t, station } = usePage();
  const { run } = useCall();
  const moved = why.kind === 'moved';
  const sent = moved ? why.fromHere : undefined;
  return (
    <Scene screen="turned-away" picture={<AnotherSeat />}>
      <h1>{t(moved ? 'moved.title' : 'seat.title', { name: who.name })}</h1>
      <p className="seat-label">{moved ? why.to : why.seat}</p>
      {sent !== 'waiting' && <p className="lead">{t(moved ? 'moved.hint' : 'seat.hint')}</p>}
      {sent && (
        <p role="status" className={sent === 'delivered' ? 'notice info' : 'notice warn'} data-sent={sent}>
          {t(`moved.${sent}`)}
        </p>
      )}
      {reads && <p className="muted">{t('seat.next')}</p>}
      <div className="deeds">
        <Button look="primary" onPress={() => run(() => station.call('leave', {}))} action="leave">
          {t('common.back')}
        </Button>
      </div>
    </Scene>
  );
}
