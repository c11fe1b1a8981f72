import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { mustBeSatOn } from '../../../contract/words/hosts.ts';
import { parseIdNumber } from '../../../contract/words/id-number.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { StationReadiness } from '../../readiness/index.ts';
import {
  choose,
  type Identifying,
  identify,
  identifyBySlip,
  leave,
  type Named,
  unlock,
  unlockByCode,
  type VisitorEnrolment,
} from '../../steps/index.ts';
import type { LastChip } from '../last-chip.ts';
import { bookForPage } from '../practice.ts';

export type CandidateParts = Identifying & {
  readonly visitor: VisitorEnrolment;
  readonly readiness: StationReadiness;
  /** What the last card said. */
  readonly chip: LastChip;
};

type Asked =
  | 'identify.typed'
  | 'identify.slip'
  | 'choose'
  | 'enrol.begin'
  | 'enrol.consent'
  | 'consent'
  | 'begin'
  | 'mistake-book'
  | 'unlock.code'
  | 'call-proctor'
  | 'leave';

/**
 * A card or a typed number names somebody.
 * @throws Refusal `not-allowed-now`, `station-not-ready`, and as `identify`
 */
export function nameSomebody(parts: CandidateParts, named: Named): void {
  mustBeWaiting(parts);
  identify(parts, named);
}

/** Nobody is here, and somebody can be examined. @throws Refusal `not-allowed-now`, `station-not-ready` */
function mustBeWaiting(parts: CandidateParts): void {
  const { seat, visitor } = parts;
  if (seat.current || visitor.step !== 'none') throw new Refusal('not-allowed-now', 'somebody sits here');
  mustBeReady(parts);
}

/** From the idle screen to the exam, and away from it. */
export function candidateHandlers(parts: CandidateParts): Pick<Handlers<Methods>, Asked> {
  const { seat, roster, visitor, turnedAway, choosing } = parts;
  return {
    'identify.typed': ({ number, document }) => {
      const parsed = parseIdNumber(number, document);
      if (!parsed.ok) throw new Refusal(parsed.reason);
      nameSomebody(parts, { numbers: [parsed.id], by: 'typed', card: parts.chip.of(parsed.id) });
      return {};
    },
    'identify.slip': ({ code }) => {
      mustBeWaiting(parts);
      identifyBySlip(parts, code, parts.chip.of);
      return {};
    },
    choose: ({ ticket, examId }) => {
      mustBeReady(parts);
      choose(parts, ticket, examId);
      return {};
    },
    'enrol.begin': () => {
      if (seat.current || visitor.step === 'capturing') throw new Refusal('not-allowed-now');
      mustBeReady(parts);
      const { visitorExamId } = roster.assignment ?? {};
      if (!visitorExamId) throw new Refusal('no-exam');
      mustBeSatOn(roster.exam(visitorExamId), parts.host);
      choosing.clear();
      visitor.begin();
      return {};
    },
    'enrol.consent': ({ given, locale }) => {
      if (visitor.step !== 'consent' && visitor.step !== 'failed') throw new Refusal('not-allowed-now');
      visitor.consent(given, locale);
      return {};
    },
    consent: ({ given, locale }) => {
      seat.execute({ kind: 'consent', given, locale });
      return {};
    },
    begin: ({ practice = { of: 'all' } }) => {
      const sitting = seat.taken();
      // Only practice, a course and a gate's test start without a proctor, and only for somebody the camera knows.
      const { mode } = sitting.exam;
      const own = mode !== 'formal' && sitting.identity?.how === 'verified';
      if (!own || (mode !== 'mock' && practice.of !== 'all')) throw new Refusal('not-allowed-now');
      unlock(parts, { by: 'candidate' }, mode === 'mock' ? practice : undefined);
      return {};
    },
    'mistake-book': () => ({ mistakes: bookForPage(parts, seat.taken()) }),
    'unlock.code': async ({ code }) => {
      await unlockByCode(parts, code);
      return {};
    },
    'call-proctor': ({ called }) => {
      if (called) parts.call.raise();
      else parts.call.lower();
      return {};
    },
    leave: () => {
      if (choosing.current) choosing.clear();
      else if (turnedAway.current) turnedAway.clear();
      else if (visitor.step !== 'none') visitor.cancel();
      else leave(parts);
      return {};
    },
  };
}

/** What is only missing (a camera, the center) keeps nobody out; without exams or a name at the center nothing would count. */
function mustBeReady({ readiness }: Pick<CandidateParts, 'readiness'>): void {
  if (readiness.now.status === 'NOT READY') throw new Refusal('station-not-ready');
}
