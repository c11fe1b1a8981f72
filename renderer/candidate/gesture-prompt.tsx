import type { ChallengeStep } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { FaceSketch } from '../design/face-sketch.tsx';

/** What active liveness asks for now, drawn and in words. */
export function GesturePrompt({ gesture, at, of }: ChallengeStep) {
  const { t } = usePage();
  return (
    <div className="prompt" role="status" aria-live="assertive" data-gesture={gesture ?? 'settle'}>
      {gesture && <FaceSketch of={gesture} />}
      <p className="lead">{t(`gesture.${gesture ?? 'settle'}`)}</p>
      {of > 1 && <p className="muted">{t('gesture.count', { at, of })}</p>}
    </div>
  );
}
