import { useEffect, useState } from 'react';
import type { StationView } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { actionInWords } from './decisions.ts';

const SHOWN_MS = 8_000;

/** What a proctor has just done, shown back for a moment. Why stands in the list. */
export function DecisionNote({ decisions }: Pick<StationView, 'decisions'>) {
  const { t } = usePage();
  const newest = decisions.at(-1);
  const at = newest?.at;
  const [over, setOver] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setOver(at), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [at]);
  // What was decided long ago, or at another station, is no news.
  const fresh = at !== undefined && Date.now() - Date.parse(at) < SHOWN_MS;
  const shown = fresh && at !== over ? newest : undefined;
  return (
    <p className="decision-note" role="status">
      {shown && actionInWords(t, shown)}
    </p>
  );
}
