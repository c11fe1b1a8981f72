import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import type { useCall } from '../design/use-call.ts';

type LeaveProps = {
  /** The screen's own: one thing is asked at a time, and it says what was refused. */
  readonly call: Pick<ReturnType<typeof useCall>, 'busy' | 'run'>;
  readonly children: string;
};

/** Nothing begins: the terminal is free for whoever comes next. */
export function LeaveButton({ call: { busy, run }, children }: LeaveProps) {
  const { station } = usePage();
  return (
    <Button
      look="quiet"
      icon="leave"
      disabled={busy}
      onPress={() => run(() => station.call('leave', {}))}
      action="leave"
    >
      {children}
    </Button>
  );
}
