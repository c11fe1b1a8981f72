import { useEffect, useState } from 'react';
import { IDLE_LIMITS } from '../../contract/page/idle-limits.ts';
import { usePage } from '../context.ts';

/** Before this everybody has the time they need to read; a clock would only hurry them. */
const TOLD_MS = 60_000;

/** Says how soon the screen goes back to the start by itself, in its last minute. */
export function LeavesIn() {
  const { t } = usePage();
  const [since] = useState(() => performance.now());
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const left = IDLE_LIMITS.recorded - (now - since);
  if (left > TOLD_MS) return null;
  return <p className="muted">{t('result.leaves', { seconds: Math.max(0, Math.ceil(left / 1000)) })}</p>;
}
