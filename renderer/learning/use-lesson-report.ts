import { useEffect, useRef } from 'react';
import type { LessonId } from '../../contract/words/ids.ts';
import { usePage } from '../context.ts';
import { countPresence } from './presence-count.ts';

const EVERY_MS = 5_000;

type LessonReport = {
  readonly lessonId: LessonId;
  /** It is on the screen and goes on: a film runs, a text stands there to be read. */
  readonly goesOn: boolean;
  /** Where it stands now: seconds of a film, page of a text. */
  readonly position: () => number;
  /** What the station makes of that: a film that was wound on too far goes back. */
  readonly onStands?: (stands: { readonly position: number; readonly farthest: number }) => void;
};

/** Tells the station every few seconds, and whenever it stops, for how long a lesson was there. What is lost is not credited. */
export function useLessonReport({ lessonId, goesOn, position, onStands }: LessonReport): void {
  const { station } = usePage();
  const latest = useRef({ position, onStands });
  latest.current = { position, onStands };
  const count = useRef(countPresence(() => performance.now()));
  useEffect(() => {
    const counted = count.current;
    const report = (): void => {
      const seconds = counted.take();
      if (seconds <= 0) return;
      station.call('lesson.report', { lessonId, seconds, position: latest.current.position() }).then(
        (stands) => latest.current.onStands?.(stands),
        () => undefined,
      );
    };
    // A window that is not seen is not looked at.
    const follow = (): void => counted.set(goesOn && document.visibilityState === 'visible');
    follow();
    document.addEventListener('visibilitychange', follow);
    const timer = setInterval(report, EVERY_MS);
    return () => {
      counted.set(false);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
      report();
    };
  }, [station, lessonId, goesOn]);
}
