import { type ReactNode, useEffect, useState } from 'react';
import { IDLE_LIMITS } from '../../contract/page/idle-limits.ts';
import { usePage } from '../context.ts';

/** Before this everybody has the time they need to read; a clock would only hurry them. */
const TOLD_MS = 60_000;
/** Whoever reads touches often: the station is told now and then. */
const AGAIN_MS = 5_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;

/** When the station takes the result from the screen; whoever touches it stays longer, until `atMost` says that it cannot be. */
function useStay(): { readonly until: number; readonly atMost: boolean } {
  const { station } = usePage();
  const [leaving, setLeaving] = useState(() => ({ until: performance.now() + IDLE_LIMITS.recorded, atMost: false }));
  useEffect(() => {
    let asked = performance.now();
    const stay = (): void => {
      if (performance.now() - asked < AGAIN_MS) return;
      asked = performance.now();
      station.call('stay', {}).then(
        ({ leavesInMs }) =>
          setLeaving({ until: performance.now() + leavesInMs, atMost: leavesInMs < IDLE_LIMITS.recorded }),
        // The station is away or has gone on: then so does the screen.
        () => undefined,
      );
    };
    for (const touch of TOUCHES) window.addEventListener(touch, stay, { passive: true });
    return () => {
      for (const touch of TOUCHES) window.removeEventListener(touch, stay);
    };
  }, [station]);
  return leaving;
}

/**
 * Says how soon the screen goes back to the start by itself, in its last minute, and how to keep it: in the place of what
 * stood there until then, so that nothing moves.
 */
export function LeavesIn({ children }: { readonly children: ReactNode }) {
  const { t } = usePage();
  const { until, atMost } = useStay();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, until - now);
  if (left > TOLD_MS) return children;
  const seconds = Math.ceil(left / 1000);
  return (
    <p className="leaves-in" role="timer">
      <LeavesRing share={left / TOLD_MS} seconds={seconds} />
      <span>{t(atMost ? 'result.leaves' : 'result.leaves-or-stay', { seconds })}</span>
    </p>
  );
}

const ROUND = 2 * Math.PI * 20;

/** The minute as a ring that runs out, without haste. */
function LeavesRing({ share, seconds }: { readonly share: number; readonly seconds: number }) {
  return (
    <svg className="leaves-ring" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="20" />
      <circle className="left" cx="24" cy="24" r="20" strokeDasharray={ROUND} strokeDashoffset={ROUND * (1 - share)} />
      <text x="24" y="30">
        {seconds}
      </text>
    </svg>
  );
}
