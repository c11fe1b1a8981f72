import type { SittingEvent } from './events.ts';

/** Whether this speaks against somebody being who they say, or shows that it was not the machine alone that found so. */
export function speaksAgainst(event: SittingEvent): boolean {
  switch (event.type) {
    case 'opened':
      return (event.seated ?? event.doubts ?? event.continues) !== undefined;
    case 'captured':
      return event.capture.outcome !== 'match' || event.capture.byAdded !== undefined;
    case 'submitted':
      return event.by !== undefined;
    case 'refused':
    case 'overridden':
    case 'noted':
    case 'incident':
    case 'paused':
    case 'resumed':
    case 'reviewed':
    case 'hosted':
    case 'moved':
    case 'clock-set':
      return true;
    default:
      return false;
  }
}
