import { useEffect, useState } from 'react';
import type { Clock } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { asTime } from '../design/clock-time.ts';
import { Icon } from '../design/icons.tsx';

const NEARLY_MS = 5 * 60_000;

type CountdownProps = {
  readonly clock: Clock;
  readonly receivedAt: number;
  /** Stands while the station cannot be heard: it takes no time then. */
  readonly runs: boolean;
};

/** Counts down between two views; the station's clock is the one that ends the exam. */
export function Countdown({ clock, receivedAt, runs }: CountdownProps) {
  const { t } = usePage();
  const [now, setNow] = useState(receivedAt);
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [runs]);
  const left = Math.max(0, clock.remainingMs - (clock.running ? Math.max(0, now - receivedAt) : 0));
  const nearly = left < NEARLY_MS;
  return (
    <div className={nearly ? 'countdown nearly' : 'countdown'} role="timer" aria-label={t('exam.remaining')}>
      <Icon name="clock" />
      <span className="countdown-words">{t('exam.remaining')}</span>
      <strong>{asTime(left)}</strong>
      {nearly && (
        <span className="visually-hidden" role="alert">
          {t('exam.nearly')}
        </span>
      )}
    </div>
  );
}
