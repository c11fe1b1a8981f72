import type { ChallengeStep } from '../../contract/page/view.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import type { MessageKey } from '../../messages/index.ts';
import { usePage } from '../context.ts';
import { FaceSketch } from '../design/face-sketch.tsx';

type AdviceProps = {
  readonly advice: ReasonCode | undefined;
  readonly challenge: ChallengeStep | undefined;
  /** What is said where nothing is wrong. */
  readonly settled: MessageKey;
};

/** The one thing to do now, as the headline, drawn beside it: a gesture before anything else, then what is wrong. */
export function AdviceNow({ advice, challenge, settled }: AdviceProps) {
  const { t, explain } = usePage();
  if (challenge && (challenge.gesture || !advice)) return <Gesture {...challenge} />;
  return (
    <div className="advice-now" role="status" aria-live="polite" data-reason={advice}>
      {advice && <FaceSketch of={advice} />}
      <h1>{advice ? explain(advice) : t(settled)}</h1>
    </div>
  );
}

/** What active liveness asks for now. */
function Gesture({ gesture, at, of, amount }: ChallengeStep) {
  const { t } = usePage();
  return (
    <div className="advice-now gesture" role="status" aria-live="assertive" data-gesture={gesture ?? 'settle'}>
      {gesture && <FaceSketch of={gesture} amount={amount} />}
      <h1>{t(`gesture.${gesture ?? 'settle'}`)}</h1>
      {of > 1 && <p className="lead muted">{t('gesture.count', { at, of })}</p>}
    </div>
  );
}
