import { usePage } from '../context.ts';
import { FaceSketch } from '../parts/face-sketch.tsx';
import { FaceView } from '../parts/face-view.tsx';
import { Main } from '../parts/main.tsx';
import { Notice } from '../parts/notice.tsx';
import { useCall } from '../parts/use-call.ts';
import type { StageProps } from './stage-props.ts';

type PromptProps = NonNullable<StageProps<'capturing'>['stage']['challenge']>;

/** What active liveness asks for now, drawn and in words. */
function Prompt({ gesture, at, of }: PromptProps) {
  const { t } = usePage();
  return (
    <div className="prompt" role="status" aria-live="assertive" data-gesture={gesture ?? 'settle'}>
      {gesture && <FaceSketch of={gesture} />}
      <p className="lead">{t(`gesture.${gesture ?? 'settle'}`)}</p>
      <p className="muted">{t('gesture.count', { at, of })}</p>
    </div>
  );
}

export function CapturingScreen({ stage }: StageProps<'capturing'>) {
  const { t, station } = usePage();
  const { run } = useCall();
  const mayLeave = stage.purpose === 'enrolment' || stage.attempt === 1;
  return (
    <Main screen="capturing">
      <h1>{t(stage.purpose === 'enrolment' ? 'capture.enrol-title' : 'capture.title')}</h1>
      <FaceView progress={stage.progress} />
      <progress value={stage.progress} aria-label={t('capture.progress')} className="visually-hidden" />
      {stage.challenge ? <Prompt {...stage.challenge} /> : <p className="lead">{t('capture.hint')}</p>}
      <Notice reason={stage.advice} tone="info" pictured />
      {stage.attempts > 1 && (
        <p className="muted">{t('capture.attempt', { attempt: stage.attempt, attempts: stage.attempts })}</p>
      )}
      {mayLeave && (
        <button
          type="button"
          className="quiet"
          onClick={() => run(() => station.call('leave', {}))}
          data-action="leave"
        >
          {t('common.back')}
        </button>
      )}
    </Main>
  );
}
