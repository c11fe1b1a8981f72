import type { StationView } from '../../contract/page/view.ts';

/** The page counts down by itself: a clock that runs on as it was said to is no news. */
const DRIFT_MS = 500;

type Told = { readonly view: StationView; readonly at: number };

/** @param at the monotonic time of each, in milliseconds */
export function isSameView(before: Told | undefined, next: Told): boolean {
  if (!before) return false;
  const [was, is] = [clockOf(before.view), clockOf(next.view)];
  const ran = was?.running ? next.at - before.at : 0;
  if (was && is && Math.abs(was.remainingMs - ran - is.remainingMs) > DRIFT_MS) return false;
  return JSON.stringify(before.view, withoutCounted) === JSON.stringify(next.view, withoutCounted);
}

const clockOf = ({ current }: StationView) => ('clock' in current ? current.clock : undefined);

/** What the page counts on by itself, or is told when it reports. */
const COUNTED: ReadonlySet<string> = new Set(['remainingMs', 'pendingMs', 'position', 'farthest']);

const withoutCounted = (key: string, value: unknown): unknown => (COUNTED.has(key) ? undefined : value);
