import { usePage } from '../context.ts';
import { ExamFacts } from '../parts/exam-facts.tsx';
import { FaceView } from '../parts/face-view.tsx';
import { Main } from '../parts/main.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProctorDesk } from '../parts/proctor-desk.tsx';
import { useCall } from '../parts/use-call.ts';
import type { StageProps } from './stage-props.ts';

export function RefusedScreen({ stage }: StageProps<'refused'>) {
  const { t, station } = usePage();
  const { run } = useCall();
  return (
    <Main screen="refused">
      <h1>{t('refused.title')}</h1>
      <Notice reason={stage.reason} />
      {stage.watched && <FaceView small />}
      <p className="lead">
        {stage.who.name} {stage.who.number}
      </p>
      <ExamFacts exam={stage.exam} />
      <p className="lead">{t('refused.hint')}</p>
      <div className="row">
        <ProctorDesk
          actions={['override', 'send-away']}
          twoProctors={stage.exam.twoProctors}
          prominent
          scores={stage.watched}
        />
        {stage.reason === 'consent-declined' && (
          <button
            type="button"
            className="quiet"
            onClick={() => run(() => station.call('leave', {}))}
            data-action="leave"
          >
            {t('common.back')}
          </button>
        )}
      </div>
    </Main>
  );
}
