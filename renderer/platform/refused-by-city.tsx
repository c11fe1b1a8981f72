import { ReasonCode } from '../../contract/words/reasons.ts';
import { usePlatform } from './context.tsx';
import { cityReturnOf } from './route.ts';

/** Why somebody came back from the city's own log-in without being let in, or linked. */
export function RefusedByCity() {
  const { explain } = usePlatform();
  const back = cityReturnOf(location.hash);
  const reason = back?.kind === 'refused' ? ReasonCode.safeParse(back.reason).data : undefined;
  if (!reason) return null;
  return (
    <p role="alert" className="notice warn" data-reason={reason}>
      <span>{explain(reason)}</span>
      <code>{reason}</code>
    </p>
  );
}
