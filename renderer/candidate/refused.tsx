import { usePage } from '../context.ts';
import { CallProctor } from '../design/call-proctor.tsx';
import { FaceView } from '../design/face-view.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { ProctorComes } from './drawings.tsx';
import { ExamFacts } from './exam-facts.tsx';
import { LeaveButton } from './leave-button.tsx';
import type { StageProps } from './stage-props.ts';

type RefusedProps = StageProps<'refused'> & { readonly called: boolean };

/** Somebody has to come. Why, in words that accuse nobody, and what happens then. */
export function RefusedScreen({ stage, called }: RefusedProps) {
  const { t } = usePage();
  const call = useCall();
  const { who, exam, reason, watched, mayLeave } = stage;
  return (
    <Scene screen="refused" picture={watched ? <FaceView /> : <ProctorComes />}>
      <h1>{t('refused.title')}</h1>
      <Notice reason={reason} />
      <p className="lead">
        <strong>{who.name}</strong> <span className="number">{who.number}</span>
      </p>
      <ExamFacts exam={exam} />
      <p className="lead">{t('refused.hint')}</p>
      <Notice reason={call.refused} />
      <div className="deeds">
        <CallProctor called={called} large />
        {mayLeave && <LeaveButton call={call}>{t('refused.leave')}</LeaveButton>}
      </div>
    </Scene>
  );
}
