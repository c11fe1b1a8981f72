import { usePage } from '../context.ts';
import { ContinuedFacts } from '../parts/continued-facts.tsx';
import { ExamFacts } from '../parts/exam-facts.tsx';
import { Main } from '../parts/main.tsx';
import { Notice } from '../parts/notice.tsx';
import { PracticeChoices } from '../parts/practice-choices.tsx';
import { ProctorDesk } from '../parts/proctor-desk.tsx';
import { SessionCodeEntry } from '../parts/unlock-code-entry.tsx';
import { useCall } from '../parts/use-call.ts';
import type { StageProps } from './stage-props.ts';

export function UnlockScreen({ stage }: StageProps<'awaiting-unlock'>) {
  const { t, station } = usePage();
  const { busy, refused, run } = useCall();
  const { who, exam, identity } = stage;
  const practice = exam.mode !== 'formal' && identity === 'verified';
  return (
    <Main screen="awaiting-unlock">
      <p className="mark" aria-hidden="true">
        ✓
      </p>
      <h1>{t(identity === 'verified' ? 'unlock.title' : 'unlock.overridden', { name: who.name })}</h1>
      <ExamFacts exam={exam} />
      <ContinuedFacts continued={stage.continued} />
      {!practice && <p className="lead">{t('unlock.wait')}</p>}
      <Notice reason={refused} />
      <div className="row">
        {practice && <PracticeChoices offer={stage.practice} />}
        {practice && (
          <button
            type="button"
            className="quiet"
            disabled={busy}
            onClick={() => run(() => station.call('leave', {}))}
            data-action="leave"
          >
            {t('unlock.leave')}
          </button>
        )}
        {stage.byCode && <SessionCodeEntry />}
        <ProctorDesk actions={['unlock', 'extend', 'send-away']} prominent={!practice} scores />
      </div>
    </Main>
  );
}
