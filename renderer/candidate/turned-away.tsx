import type { TurnedAwayView } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { AnotherSeat, CardOnReader } from './drawings.tsx';

type TurnedAwayProps = { readonly away: TurnedAwayView; readonly reads: boolean };

/** Somebody whose seat is another one, whose exam was moved, or whose card a proctor must see: where to go, or whom to ask. */
export function TurnedAway({ away, reads }: TurnedAwayProps) {
  const { t, station } = usePage();
  const { run } = useCall();
  return (
    <Scene screen="turned-away" picture={away.why.kind === 'card' ? <CardOnReader /> : <AnotherSeat />}>
      {away.doubts.length > 0 && <CardInDoubt away={away} />}
      {away.why.kind !== 'card' && <Elsewhere away={away} why={away.why} />}
      {reads && <p className="muted">{t('seat.next')}</p>}
      <div className="deeds">
        <Button look="primary" onPress={() => run(() => station.call('leave', {}))} action="leave">
          {t('common.back')}
        </Button>
      </div>
    </Scene>
  );
}

/** Whoever holds the card need not be whoever it was given to: the roster's name is not shown to them. */
function CardInDoubt({ away: { doubts } }: Pick<TurnedAwayProps, 'away'>) {
  const { t } = usePage();
  return (
    <>
      <h1>{t('card-doubt.title')}</h1>
      {doubts.map((doubt) => (
        <Notice key={doubt} reason={doubt} />
      ))}
    </>
  );
}

type ElsewhereProps = {
  readonly away: TurnedAwayView;
  readonly why: Exclude<TurnedAwayView['why'], { kind: 'card' }>;
};

function Elsewhere({ away: { who, doubts }, why }: ElsewhereProps) {
  const { t } = usePage();
  const moved = why.kind === 'moved';
  const sent = moved ? why.fromHere : undefined;
  return (
    <>
      {doubts.length > 0 ? (
        <h2>{t(moved ? 'moved.title-in-doubt' : 'seat.title-in-doubt')}</h2>
      ) : (
        <h1>{t(moved ? 'moved.title' : 'seat.title', { name: who.name })}</h1>
      )}
      <p className="seat-label">{moved ? why.to : why.seat}</p>
      {sent !== 'waiting' && <p className="lead">{t(moved ? 'moved.hint' : 'seat.hint')}</p>}
      {sent && (
        <p role="status" className={sent === 'delivered' ? 'notice info' : 'notice warn'} data-sent={sent}>
          {t(`moved.${sent}`)}
        </p>
      )}
    </>
  );
}
