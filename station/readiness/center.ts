import type { Check } from '../../contract/words/readiness.ts';
import { asIs, judged, words } from '../../messages/checks.ts';
import { behindMs } from '../keep/center-time/index.ts';
import type { Facts, KnownFacts } from './facts.ts';

/** More, and a room's start differs visibly from the wall clock; at ten minutes the center refuses what it is sent. */
const CLOCK_MS = 30_000;

export const centerChecks = (facts: Facts): readonly Check[] => [
  enrolmentCheck(facts),
  centerCheck(facts),
  ...resultsCheck(facts),
  clockCheck(facts),
];

function enrolmentCheck({ known: { enrolment } }: Facts): Check {
  const expected = words('expected.enrolled');
  if (!enrolment)
    return judged({ name: 'enrolment', found: words('found.none'), expected }, 'not-enrolled', 'NOT READY');
  const { station, tenant, vouched, revoked } = enrolment;
  if (revoked) {
    const found = words('found.revoked', { station, at: revoked.at.slice(0, 10) });
    return judged({ name: 'enrolment', found, expected }, 'station-revoked', 'NOT READY');
  }
  if (vouched) return judged({ name: 'enrolment', found: words('found.enrolled', { station, tenant }), expected });
  const found = words('found.not-vouched', { station });
  return judged({ name: 'enrolment', found, expected }, 'certificate-invalid', 'NOT READY');
}

function centerCheck({ known: { center } }: Facts): Check {
  const expected = words('expected.reached');
  if (center === 'own-screen') return judged({ name: 'center', found: words('found.unmeasured'), expected }, center);
  if (center.state === 'ready') return judged({ name: 'center', found: words('found.ready'), expected });
  // Whoever was not heard yet is not away for that.
  if (center.state === 'starting')
    return judged({ name: 'center', found: words('found.unknown'), expected }, 'center-unheard');
  const reason = center.reason ?? 'center-down';
  const found = asIs(reason);
  return judged({ name: 'center', found, expected }, reason);
}

const isStarting = (center: KnownFacts['center']): boolean => center !== 'own-screen' && center.state === 'starting';

/** A result that is refused keeps nobody from an exam, but somebody has to look. */
function resultsCheck({ known: { results } }: Facts): readonly Check[] {
  if (!results) return [];
  const { waiting: count, refused } = results;
  const measured = { name: 'results', expected: words('expected.results') } as const;
  if (refused.records === 0) return [judged({ ...measured, found: words('found.results', { count }) })];
  const reasons = refused.reasons.join(', ');
  const found = words('found.results-refused', { count, refused: refused.records, reasons });
  return [judged({ ...measured, found }, 'results-refused')];
}

function clockCheck({ known: { clockAheadMs, centerSaid, now, center } }: Facts): Check {
  const expected = words('expected.clock', { seconds: CLOCK_MS / 1_000 });
  const behind = behindMs(now, centerSaid);
  if (behind > 0) {
    const found = words('found.clock-behind', { minutes: Math.floor(behind / 60_000) });
    return judged({ name: 'clock', found, expected }, 'clock-behind', 'NOT READY');
  }
  if (clockAheadMs === 'own-screen')
    return judged({ name: 'clock', found: words('found.unmeasured'), expected }, clockAheadMs);
  if (clockAheadMs === undefined)
    return judged(
      { name: 'clock', found: words('found.unknown'), expected },
      isStarting(center) ? 'center-unheard' : 'center-down',
    );
  const seconds = Math.round(clockAheadMs / 1_000);
  const found = words('found.clock', { seconds: seconds > 0 ? `+${seconds}` : String(seconds) });
  return judged({ name: 'clock', found, expected }, Math.abs(clockAheadMs) > CLOCK_MS ? 'clock-skew' : undefined);
}
