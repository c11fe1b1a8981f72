import type { SittingId } from '../../contract/words/ids.ts';
import type { Archive } from '../../station/offline/index.ts';

/** What one scenario came to, read from the station's ledger rather than from what a screen said. */
export type ScenarioReport = {
  readonly name: string;
  readonly ok: boolean;
  readonly outcome: string;
  readonly reason: string | null;
  /** Milliseconds from the start of the scenario to the end of each step. */
  readonly steps: Readonly<Record<string, number>>;
  readonly scores: { readonly similarity: number | null; readonly live: number | null };
  readonly incidents: readonly { readonly reason: string; readonly paused: boolean }[];
  readonly mark: { readonly marks: number; readonly passed: boolean } | null;
  readonly receipt: 'waiting' | 'verified' | null;
  readonly notes?: Readonly<Record<string, unknown>>;
};

/** The facts the ledger holds about a sitting. */
export function factsOf(archive: Archive, sitting: SittingId): Omit<ScenarioReport, 'name' | 'ok' | 'steps' | 'notes'> {
  const events = archive.entries(sitting).map(({ event }) => event);
  const captures = events.flatMap((event) =>
    event.type === 'captured' && event.purpose === 'check-in' ? [event.capture] : [],
  );
  const refused = events.findLast((event) => event.type === 'refused');
  const graded = events.findLast((event) => event.type === 'graded');
  const recorded = events.some((event) => event.type === 'recorded');
  const last = captures.at(-1);
  return {
    outcome: recorded ? 'recorded' : refused ? 'refused' : (events.at(-1)?.type ?? 'none'),
    reason: refused?.reason ?? null,
    scores: { similarity: last?.similarity ?? null, live: last?.live ?? null },
    incidents: events.flatMap((event) =>
      event.type === 'incident' ? [{ reason: event.reason, paused: event.paused }] : [],
    ),
    mark: graded ? { marks: graded.marks, passed: graded.passed } : null,
    receipt: recorded ? archive.receiptOf(sitting) : null,
  };
}
