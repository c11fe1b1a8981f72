import { usePage } from '../context.ts';
import { useCall } from './use-call.ts';

/** A hand to raise, wherever somebody may need a person; the whole bar shows it to whoever looks into the room. */
export function CallProctor({ called }: { readonly called: boolean }) {
  const { t, station } = usePage();
  const { busy, run } = useCall();
  return (
    <button
      type="button"
      className="call"
      aria-pressed={called}
      disabled={busy}
      onClick={() => run(() => station.call('call-proctor', { called: !called }))}
      data-action="call-proctor"
    >
      {t(called ? 'call.raised' : 'call.raise')}
    </button>
  );
}
