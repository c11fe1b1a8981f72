import { useCallback, useEffect, useState } from 'react';
import type { StationView } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icons.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { CardOnReader, NumberToType } from './drawings.tsx';
import { ShowSlip } from './show-slip.tsx';
import type { StageProps } from './stage-props.ts';
import { TurnedAway } from './turned-away.tsx';
import { TypeNumber } from './type-number.tsx';

type IdleProps = StageProps<'idle'> & { readonly devices: StationView['devices'] };

const GOOD_NEWS: readonly Reason[] = ['rescue-taken', 'package-taken'];

/** Nobody sits here: what is sat today, and the ways in that exist here. */
export function IdleScreen({ stage, devices }: IdleProps) {
  const { t, station } = usePage();
  const [way, setWay] = useState<'card' | 'typed' | 'slip'>('card');
  const back = useCallback(() => setWay('card'), []);
  const { refused, run } = useCall();
  const away = stage.turnedAway;
  const reads = devices.reader.state !== 'failed';
  // Whoever comes next begins with a card, not with what was typed before.
  useEffect(() => {
    if (away) setWay('card');
  }, [away]);
  if (away) return <TurnedAway away={away} reads={reads} />;
  if (way === 'typed') return <TypeNumber onBack={back} />;
  const sees = devices.camera.state === 'ready';
  if (way === 'slip' && sees) return <ShowSlip onBack={back} />;
  // Whose face cannot be seen cannot try what the camera does.
  const visitors = stage.visitors !== false && devices.camera.state !== 'failed';
  return (
    <Scene screen="idle" picture={reads ? <CardOnReader /> : <NumberToType />} className="idle">
      <ExamsToday exams={stage.exams} />
      <h1>{t(reads ? 'idle.title' : 'idle.no-card')}</h1>
      <p className="lead">{t(reads ? 'idle.hint' : 'idle.cannot-read')}</p>
      <Notice reason={stage.notice ?? refused} tone={GOOD_NEWS.some((one) => one === stage.notice) ? 'info' : 'warn'} />
      <div className="deeds">
        <Button look={reads ? 'secondary' : 'primary'} icon="keys" onPress={() => setWay('typed')} action="type">
          {t('idle.type')}
        </Button>
        {stage.slips && sees && (
          <Button icon="qr" onPress={() => setWay('slip')} action="show-slip">
            {t('idle.slip')}
          </Button>
        )}
        {visitors && (
          <Button icon="person" onPress={() => run(() => station.call('enrol.begin', {}))} action="visitor">
            {t('idle.visitor')}
          </Button>
        )}
      </div>
    </Scene>
  );
}

/** More names would hide the card that is to be laid down. */
const MOST_EXAMS = 3;

function ExamsToday({ exams = [] }: Pick<IdleProps['stage'], 'exams'>) {
  const { t, locale } = usePage();
  if (exams.length === 0) return null;
  const more = exams.length - MOST_EXAMS;
  return (
    <div className="exams-today">
      <p className="muted">{t('idle.today')}</p>
      <ul>
        {exams.slice(0, MOST_EXAMS).map((title) => (
          <li key={title.zh}>
            <Icon name="shield" />
            <strong>{inLocale(title, locale)}</strong>
          </li>
        ))}
        {more > 0 && <li className="muted">{t('idle.more-exams', { count: more })}</li>}
      </ul>
    </div>
  );
}
