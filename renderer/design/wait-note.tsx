import { useEffect, useState } from 'react';
import { usePage } from '../context.ts';

/** How long the next try has to wait, counted down. */
export function WaitNote({ of }: { readonly of: 'pin' | 'code' | 'administrator' }) {
  const { t, waits } = usePage();
  const until = waits[of];
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    setNow(performance.now());
    if (until === 0) return undefined;
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  const seconds = Math.ceil((until - now) / 1000);
  if (seconds <= 0) return null;
  return (
    <p className="wait-note" role="timer" data-seconds={seconds}>
      {t(of === 'pin' ? 'proctor.wait-pin' : 'proctor.wait', { seconds })}
    </p>
  );
}
