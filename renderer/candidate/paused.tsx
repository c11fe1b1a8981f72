import { usePage } from '../context.ts';
import { CallProctor } from '../design/call-proctor.tsx';
import { asTime } from '../design/clock-time.ts';
import { FaceView } from '../design/face-view.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { AdviceNow } from './advice-now.tsx';
import { ClockStands } from './drawings.tsx';
import type { StageProps } from './stage-props.ts';

type PausedProps = StageProps<'paused'> & { readonly called: boolean };

/** The clock stands: whose exam, how much time is left, why, and what happens next. */
export function PausedScreen({ stage, called }: PausedProps) {
  const { t } = usePage();
  const { who, clock, reason, until, advice, challenge } = stage;
  const looks = until === 'match';
  return (
    <Scene screen="paused" picture={looks ? <FaceView /> : <ClockStands />} className="paused">
      <h1>{t('paused.title')}</h1>
      <dl className="standing">
        <div>
          <dt>{t('paused.who')}</dt>
          <dd>{who.name}</dd>
        </div>
        <div>
          <dt>{t('exam.remaining')}</dt>
          <dd>{asTime(clock.remainingMs)}</dd>
        </div>
      </dl>
      {!challenge && <Notice reason={reason} />}
      {looks && (challenge || (advice && advice !== reason)) ? (
        <AdviceNow advice={advice} challenge={challenge} settled="paused.match" />
      ) : (
        <p className="lead">{t(looks ? 'paused.match' : 'paused.proctor')}</p>
      )}
      <p className="muted">{t('paused.clock')}</p>
      <div className="deeds">
        <CallProctor called={called} large />
      </div>
    </Scene>
  );
}
