import type { Assignment } from '../../contract/station-center/center-api.ts';
import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';

/**
 * As it is sent: whoever is known by another document than those of 18 characters stands apart, where a station from before those
 * looks for nobody. It goes on with all the others, and whom it does not know it turns away as `not-on-roster`.
 */
export function withOthersApart(assignment: Assignment): Assignment {
  const others = assignment.candidates.filter(({ number }) => !parseCitizenNumber(number).ok);
  if (others.length === 0) return assignment;
  const apart = new Set(others);
  return { ...assignment, candidates: assignment.candidates.filter((one) => !apart.has(one)), otherDocuments: others };
}
