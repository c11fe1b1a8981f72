import { usePage } from '../context.ts';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { PracticeChoices } from '../practice/practice-choices.tsx';
import { ContinuedFacts } from './continued-facts.tsx';
import { Verified } from './drawings.tsx';
import { ExamFacts } from './exam-facts.tsx';
import { LeaveButton } from './leave-button.tsx';
import type { StageProps } from './stage-props.ts';
import { UnlockCodeEntry } from './unlock-code-entry.tsx';

export function UnlockScreen({ stage }: StageProps<'awaiting-unlock'>) {
  const { t } = usePage();
  const call = useCall();
  const { who, exam, identity } = stage;
  const own = exam.mode !== 'formal' && identity === 'verified';
  return (
    <Scene screen="awaiting-unlock" picture={<Verified />}>
      <h1>{t(identity === 'verified' ? 'unlock.title' : 'unlock.overridden', { name: who.name })}</h1>
      <ExamFacts exam={exam} />
      <ContinuedFacts continued={stage.continued} />
      {!own && <p className="lead">{t(stage.byCode ? 'unlock.wait-or-code' : 'unlock.wait')}</p>}
      <Notice reason={call.refused} />
      <div className="deeds">
        {own && <PracticeChoices offer={stage.practice} />}
        {stage.byCode && <UnlockCodeEntry />}
        {own && <LeaveButton call={call}>{t('unlock.leave')}</LeaveButton>}
      </div>
    </Scene>
  );
}
