import { usePage } from '../context.ts';
import { FaceView } from '../design/face-view.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { actionsIn, ProctorDesk } from '../proctor/proctor-desk.tsx';
import { GesturePrompt } from './gesture-prompt.tsx';
import type { StageProps } from './stage-props.ts';

export function PausedScreen({ stage }: StageProps<'paused'>) {
  const { t } = usePage();
  return (
    <Main screen="paused" className="screen paused">
      <h1>{t('paused.title')}</h1>
      {!stage.challenge && <Notice reason={stage.reason} />}
      {stage.until === 'match' && <FaceView small={stage.challenge !== undefined} />}
      {stage.challenge ? (
        <GesturePrompt {...stage.challenge} />
      ) : (
        <p className="lead">{t(stage.until === 'match' ? 'paused.match' : 'paused.proctor')}</p>
      )}
      {stage.advice !== stage.reason && <Notice reason={stage.advice} tone="info" pictured />}
      <p className="muted">{t('paused.clock')}</p>
      <ProctorDesk actions={actionsIn('resume', stage.exam)} twoProctors={stage.exam.twoProctors} />
    </Main>
  );
}
