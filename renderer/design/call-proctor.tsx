import { usePage } from '../context.ts';
import { Button } from './button.tsx';
import { useCall } from './use-call.ts';

type CallProctorProps = { readonly called: boolean; readonly large?: boolean };

/** A hand to raise, wherever somebody may need a person; the whole bar shows it to whoever looks into the room. */
export function CallProctor({ called, large = false }: CallProctorProps) {
  const { t, station } = usePage();
  const { busy, run } = useCall();
  return (
    <Button
      look="secondary"
      icon="hand"
      small={!large}
      className="call"
      pressed={called}
      disabled={busy}
      onPress={() => run(() => station.call('call-proctor', { called: !called }))}
      action="call-proctor"
    >
      {t(called ? 'call.raised' : 'call.raise')}
    </Button>
  );
}
