import type { ReasonCode } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { FaceSketch } from './face-sketch.tsx';

/** One plain sentence about what went wrong and what to do, with its code for whoever is called to help. */
export function Notice({
  reason,
  tone = 'warn',
  pictured = false,
}: {
  readonly reason: ReasonCode | undefined;
  readonly tone?: 'warn' | 'info';
  /** Whether a drawing shows what to do, where there is one. */
  readonly pictured?: boolean;
}) {
  const { explain } = usePage();
  return (
    <div role="status" aria-live="polite" className="notice-slot">
      {reason && (
        <p className={`notice ${tone}`} data-reason={reason}>
          {pictured && <FaceSketch of={reason} />}
          <span>{explain(reason)}</span>
          <code>{reason}</code>
        </p>
      )}
    </div>
  );
}
