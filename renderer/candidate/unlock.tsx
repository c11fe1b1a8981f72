import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { PracticeChoices } from '../practice/practice-choices.tsx';
import { ProctorDesk } from '../proctor/proctor-desk.tsx';
import { ContinuedFacts } from './continued-facts.tsx';
import { ExamFacts } from './exam-facts.tsx';
import type { StageProps } from './stage-props.ts';
import { SessionCodeEntry } from './unlock-code-entry.tsx';

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
      </div>
      <div className="staff-corner">
        <ProctorDesk actions={['unlock', 'extend', 'send-away']} scores />
      </div>
    </Main>
  );
}
