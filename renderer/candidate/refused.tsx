import { usePage } from '../context.ts';
import { FaceView } from '../design/face-view.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { ProctorDesk } from '../proctor/proctor-desk.tsx';
import { ExamFacts } from './exam-facts.tsx';
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
        <ProctorDesk actions={['override', 'send-away']} twoProctors={stage.exam.twoProctors} scores={stage.watched} />
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
