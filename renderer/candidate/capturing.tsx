import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { FaceView } from '../design/face-view.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { AdviceNow } from './advice-now.tsx';
import { FailedLook } from './failed-look.tsx';
import { LitScreen } from './lit-screen.tsx';
import type { StageProps } from './stage-props.ts';

export function CapturingScreen({ stage }: StageProps<'capturing'>) {
  const { t, station } = usePage();
  const { run } = useCall();
  const { purpose, attempt, attempts, failed } = stage;
  if (stage.light) return <LitScreen {...stage.light} />;
  const mayLeave = purpose === 'enrolment' || attempt === 1;
  return (
    <Scene screen="capturing" picture={<FaceView progress={stage.progress} />} className="capture-screen">
      <p className="lead muted">{t(purpose === 'enrolment' ? 'capture.enrol-title' : 'capture.title')}</p>
      {failed ? (
        <FailedLook reason={failed} attempt={attempt} attempts={attempts} />
      ) : (
        <AdviceNow advice={stage.advice} challenge={stage.challenge} settled="capture.hint" />
      )}
      <progress value={stage.progress} aria-label={t('capture.progress')} className="visually-hidden" />
      {attempts > 1 && !failed && (
        <ol className="attempts" aria-label={t('capture.attempt', { attempt, attempts })}>
          {Array.from({ length: attempts }, (_, i) => i + 1).map((one) => (
            <li key={one} className={one < attempt ? 'spent' : one === attempt ? 'now' : ''} />
          ))}
        </ol>
      )}
      {mayLeave && (
        <div className="deeds">
          <Button look="quiet" icon="back" onPress={() => run(() => station.call('leave', {}))} action="leave">
            {t('common.back')}
          </Button>
        </div>
      )}
    </Scene>
  );
}
