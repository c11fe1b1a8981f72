import type { DecisionEntry } from '../../../contract/records/index.ts';
import type { SittingEvent } from './events.ts';
import type { SittingEntry } from './sitting.ts';

/** Whatever a proctor caused carries the proctor's id: that is what the record says of it. */
export function decisionOf({ event, at }: SittingEntry): DecisionEntry | undefined {
  if (!('by' in event) || !event.by || event.by === 'candidate' || event.by === 'match') return undefined;
  const note = 'note' in event && event.note !== undefined ? { note: event.note } : {};
  const second = 'second' in event && event.second !== undefined ? { second: event.second } : {};
  const via = 'via' in event && event.via !== undefined ? { via: event.via } : {};
  return { action: event.type, by: event.by, at, ...note, ...second, ...via, ...aboutWhat(event) };
}

/** What of a decision is more than who and why. */
function aboutWhat(event: SittingEvent): Pick<DecisionEntry, 'compared' | 'ms' | 'incidentId' | 'verdict'> {
  switch (event.type) {
    case 'overridden':
      return event.compared ? { compared: event.compared } : {};
    case 'extended':
      return { ms: event.ms };
    case 'reviewed':
      return { incidentId: event.incidentId, verdict: event.verdict };
    default:
      return {};
  }
}
