import type { Reason } from '../../contract/reasons.ts';
import { usePage } from '../context.ts';

/** One plain sentence about what went wrong and what to do, with its code for whoever is called to help. */
export function Notice({
  reason,
  tone = 'warn',
}: {
  readonly reason: Reason | undefined;
  readonly tone?: 'warn' | 'info';
}) {
  const { explain } = usePage();
  return (
    <div role="status" aria-live="polite" className="notice-slot">
      {reason && (
        <p className={`notice ${tone}`} data-reason={reason}>
          <span>{explain(reason)}</span>
          <code>{reason}</code>
        </p>
      )}
    </div>
  );
}
