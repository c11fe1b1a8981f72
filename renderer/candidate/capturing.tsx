import { usePage } from '../context.ts';
import { FaceView } from '../design/face-view.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { GesturePrompt } from './gesture-prompt.tsx';
import type { StageProps } from './stage-props.ts';

export function CapturingScreen({ stage }: StageProps<'capturing'>) {
  const { t, station } = usePage();
  const { run } = useCall();
  const mayLeave = stage.purpose === 'enrolment' || stage.attempt === 1;
  return (
    <Main screen="capturing">
      <h1>{t(stage.purpose === 'enrolment' ? 'capture.enrol-title' : 'capture.title')}</h1>
      <FaceView progress={stage.progress} />
      <progress value={stage.progress} aria-label={t('capture.progress')} className="visually-hidden" />
      {stage.challenge ? <GesturePrompt {...stage.challenge} /> : <p className="lead">{t('capture.hint')}</p>}
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
