import type { DecisionView, Incident } from '../../contract/page/view.ts';
import type { AssignedProctor } from '../../contract/station-center/center-api.ts';
import type { IncidentId, ProctorId } from '../../contract/words/ids.ts';
import type { Sitting } from '../core/sitting/index.ts';
import { WITH_CODE } from '../keep/proctors/index.ts';

/** What happened in a sitting, as a proctor reads it on the screen. */
export const incidentsOf = (sitting: Sitting | undefined): readonly Incident[] =>
  (sitting?.incidents ?? []).map(({ id, reason, at, paused }) => {
    const evidence = sitting?.evidence.get(id);
    const verdict = sitting?.verdicts.get(id);
    const pictured = sitting?.pictures.has(id) ? { pictured: true } : {};
    return { id, reason, at, paused, ...(evidence ? { evidence } : {}), ...(verdict ? { verdict } : {}), ...pictured };
  });

/** What proctors did, by their names. */
export function decisionsOf(
  sitting: Sitting | undefined,
  proctors: readonly AssignedProctor[],
): readonly DecisionView[] {
  const nameOf = (id: ProctorId): string =>
    id === WITH_CODE.id ? WITH_CODE.name : (proctors.find((one) => one.id === id)?.name ?? id);
  const ended = sitting?.submitCause === 'proctor-decision';
  const reasonOf = (id: IncidentId) => sitting?.incidents.find((incident) => incident.id === id)?.reason;
  return (sitting?.decisions ?? []).map(({ action, by, second, via, ms, incidentId, ...rest }) => ({
    ...rest,
    action: action === 'submitted' && ended ? 'terminated' : action,
    by: nameOf(by),
    second: second && nameOf(second),
    via: via && (via.startsWith('cm_') ? 'command' : 'code'),
    minutes: ms && ms / MINUTE_MS,
    about: incidentId && reasonOf(incidentId),
  }));
}

const MINUTE_MS = 60_000;
