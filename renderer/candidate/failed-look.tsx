import type { ReasonCode } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { FaceSketch } from '../design/face-sketch.tsx';

type FailedLookProps = { readonly reason: ReasonCode; readonly attempt: number; readonly attempts: number };

/** Why the last look found nobody: to be read before the next one begins. */
export function FailedLook({ reason, attempt, attempts }: FailedLookProps) {
  const { t, explain } = usePage();
  return (
    <div className="advice-now failed" role="alert" data-failed={reason}>
      <FaceSketch of={reason} />
      <h1>{t('capture.failed')}</h1>
      <p className="lead">{explain(reason)}</p>
      <p className="lead muted">{t('capture.next', { attempt, attempts })}</p>
    </div>
  );
}
