import { parseCitizenNumber } from '../../contract/citizen-number.ts';
import type { ProctorId } from '../../contract/ids.ts';
import type { PracticeChoice } from '../../contract/practice.ts';
import { assertNever, type Reason, Refusal } from '../../contract/reasons.ts';
import type { Handlers } from '../../contract/rpc/server.ts';
import type { Methods, ProctorAction } from '../../contract/station-api.ts';
import type { DeviceState } from '../../contract/view.ts';
import type { Authorised } from '../proctors/index.ts';
import { newIncidentId, type Proctored, type Sitting } from '../sitting/index.ts';
import { pictureOfIncident } from './evidence.ts';
import { continuationFor, moveAway, mustNotBeAway, otherStations } from './moving.ts';
import { formOf, pictureOf } from './paper.ts';
import type { TerminalParts } from './parts.ts';
import { bookForPage, chosenExam, feedbackOn, mistakesIn } from './practice.ts';
import type { VisitorDesk } from './visitor.ts';

export type TerminalActions = Omit<Handlers<Methods>, 'overlay'> & {
  /** A card or a typed number names somebody. */
  identify(number: string, by: 'card' | 'typed'): void;
};

const CAMERA: Readonly<Record<'live' | 'missing' | 'denied' | 'busy' | 'lost', DeviceState>> = {
  live: { state: 'ready' },
  missing: { state: 'failed', reason: 'camera-missing' },
  denied: { state: 'failed', reason: 'camera-denied' },
  busy: { state: 'failed', reason: 'camera-busy' },
  lost: { state: 'failed', reason: 'camera-lost' },
};

export type Screen = { readonly refresh: () => void; readonly say: (reason: Reason) => void };

/** What each message of the page does. */
export function makeHandlers(parts: TerminalParts, visitor: VisitorDesk, { refresh, say }: Screen): TerminalActions {
  const { seat, roster, devices } = parts;

  const identify = (number: string, by: 'card' | 'typed'): void => {
    if (seat.current || visitor.step !== 'none') throw new Refusal('not-allowed-now', 'somebody sits here');
    const candidate = roster.findByNumber(number);
    if (!candidate) throw new Refusal('not-on-roster');
    const begun = continuationFor(parts, candidate.id);
    if (begun && roster.assignment) {
      const tenantId = roster.assignment.tenant.id;
      return seat.open({ tenantId, identifiedBy: by, ...begun });
    }
    if (candidate.seat && parts.place && candidate.seat !== parts.place)
      throw new Refusal('other-seat', candidate.seat);
    const exam = roster.exam(candidate.examId);
    mustNotBeAway(parts, candidate.id, exam.id);
    const { assignment } = roster;
    if (!assignment) throw new Refusal('no-exam');
    // What the center counted, and what it had not heard of when it counted.
    const used = candidate.attemptsUsed + parts.outbox.attempts(candidate.id, exam.id, assignment.issuedAt);
    if (used >= exam.attempts) throw new Refusal('no-attempt-left');
    const tenantId = assignment.tenant.id;
    seat.open({ tenantId, candidateId: candidate.id, exam, identifiedBy: by });
  };

  return {
    identify,
    'camera.report': ({ state, label }) => {
      const wasReady = devices.camera.state === 'ready';
      const listed = state !== 'live' || !parts.cameras || parts.cameras.includes(label ?? '');
      const camera: DeviceState = listed ? CAMERA[state] : { state: 'failed', reason: 'camera-unlisted' };
      devices.camera = { ...camera, ...(label ? { label } : {}) };
      if (state === 'live') parts.camera.askAgain();
      const watched = seat.current?.stage === 'in-progress' && seat.current.consent !== false;
      if (wasReady && camera.state !== 'ready' && watched) {
        const reason = listed ? 'camera-lost' : 'camera-unlisted';
        seat.execute({ kind: 'interrupt', reason, incidentId: newIncidentId() });
      }
      refresh();
      return {};
    },
    'identify.typed': ({ number }) => {
      const parsed = parseCitizenNumber(number);
      if (!parsed.ok) throw new Refusal(parsed.reason);
      identify(parsed.number, 'typed');
      return {};
    },
    'enrol.begin': () => {
      if (seat.current || visitor.step === 'capturing') throw new Refusal('not-allowed-now');
      if (!roster.assignment?.visitorExamId) throw new Refusal('no-exam');
      visitor.begin();
      return {};
    },
    'enrol.consent': ({ given }) => {
      if (visitor.step !== 'consent' && visitor.step !== 'failed') throw new Refusal('not-allowed-now');
      visitor.consent(given);
      return {};
    },
    consent: ({ given, locale }) => {
      seat.execute({ kind: 'consent', given, locale });
      return {};
    },
    begin: ({ practice = { of: 'all' } }) => {
      const sitting = taken(parts);
      // Only practice and a gate's test start without a proctor, and only for somebody the camera knows.
      const { mode } = sitting.exam;
      const own = mode !== 'formal' && sitting.identity?.how === 'verified';
      if (!own || (mode === 'gate' && practice.of !== 'all')) throw new Refusal('not-allowed-now');
      unlock(parts, { by: 'candidate' }, mode === 'mock' ? practice : undefined);
      return {};
    },
    'mistake-book': () => ({ mistakes: bookForPage(parts, taken(parts)) }),
    'proctor.act': async ({ pin, second, action }) => {
      const proctor = await authorised(parts, pin);
      act(parts, { by: proctor.id, ...(await seconded(parts, proctor, second, action)) }, action);
      if (action.kind === 'move') say('moved');
      return {};
    },
    stations: () => ({ stations: otherStations(parts).map(({ id, name }) => ({ id, name })) }),
    'proctor.scores': async ({ pin }) => {
      await authorised(parts, pin);
      const { similarity, live } = taken(parts).lastCapture ?? {};
      const { accept, refuseBelow, live: liveAt } = parts.thresholds;
      return {
        ...(similarity === undefined ? {} : { similarity }),
        ...(live === undefined ? {} : { live }),
        thresholds: { accept, refuseBelow, live: liveAt },
      };
    },
    'proctor.picture': async ({ pin, incidentId }) => {
      await authorised(parts, pin);
      return { base64: Buffer.from(pictureOfIncident(parts, incidentId)).toString('base64') };
    },
    form: () => formOf(parts, taken(parts)),
    picture: ({ hash }) => ({ base64: Buffer.from(pictureOf(parts, taken(parts), hash)).toString('base64') }),
    check: ({ itemId }) => {
      seat.execute({ kind: 'check', itemId });
      return feedbackOn(parts, taken(parts), itemId);
    },
    mistakes: () => ({ mistakes: mistakesIn(parts, taken(parts)) }),
    answer: ({ itemId, chosen, typed, revision }) => {
      seat.execute({ kind: 'answer', itemId, chosen, typed, revision });
      return { itemId, revision };
    },
    flag: ({ itemId, flagged }) => {
      seat.execute({ kind: 'flag', itemId, flagged });
      return {};
    },
    'hand-in': () => {
      seat.execute({ kind: 'submit', cause: 'handed-in' });
      return {};
    },
    leave: () => {
      if (visitor.step !== 'none') visitor.cancel();
      else leave(parts);
      return {};
    },
  };
}

async function authorised({ proctors, seat }: TerminalParts, pin: string): Promise<Authorised> {
  try {
    return await proctors.authorise(pin);
  } catch (error) {
    // Guessing during an exam is something a proctor should know.
    const guessed = error instanceof Refusal && error.reason === 'pin-wrong';
    if (guessed && seat.current?.stage === 'in-progress')
      seat.execute({ kind: 'note', reason: error.reason, incidentId: newIncidentId() });
    throw error;
  }
}

/** Who else agrees, where the exam asks for two. @throws Refusal `second-proctor-needed` where nobody does, or the same one */
async function seconded(
  parts: TerminalParts,
  { id }: Authorised,
  pin: string | undefined,
  { kind }: ProctorAction,
): Promise<{ readonly second?: ProctorId }> {
  const needed = parts.seat.current?.exam.twoProctors?.some((one) => one === kind) ?? false;
  if (!needed) return {};
  const second = pin === undefined ? undefined : await authorised(parts, pin);
  if (!second || second.id === id) throw new Refusal('second-proctor-needed');
  return { second: second.id };
}

const MINUTE_MS = 60_000;

function act(parts: TerminalParts, who: Proctored, action: ProctorAction): void {
  const { seat } = parts;
  const proctored = { ...who, note: action.note };
  switch (action.kind) {
    case 'unlock':
      return unlock(parts, { by: who.by, note: action.note });
    case 'override':
      return seat.execute({ kind: 'override', ...proctored, note: action.note, compared: action.compared });
    case 'resume':
      return seat.execute({ kind: 'resume', ...proctored });
    case 'pause':
      return seat.execute({ kind: 'pause', ...proctored });
    case 'extend':
      return seat.execute({ kind: 'extend', ms: action.minutes * MINUTE_MS, ...proctored });
    case 'review': {
      const { incidentId, verdict } = action;
      return seat.execute({ kind: 'review', incidentId, verdict, ...proctored });
    }
    case 'move':
      moveAway(parts, action.to, { ...who, note: action.note });
      return clear(parts);
    case 'hand-in':
      return seat.execute({ kind: 'submit', cause: 'handed-in', ...proctored });
    case 'terminate':
      return seat.execute({ kind: 'submit', cause: 'proctor-decision', ...proctored });
    case 'send-away':
      seat.execute({ kind: 'close', reason: 'proctor-decision', ...proctored });
      return clear(parts);
    default:
      return assertNever(action);
  }
}

type Unlocking = { readonly by: ProctorId | 'candidate'; readonly note?: string | undefined };

function unlock(parts: TerminalParts, who: Unlocking, practice?: PracticeChoice): void {
  const sitting = taken(parts);
  const { candidateId, stage, continues } = sitting;
  // A form that is drawn is one that was given out: not before it is sure to be.
  if (stage !== 'awaiting-unlock') throw new Refusal('not-allowed-now', `unlock while ${stage}`);
  if (continues) return parts.seat.execute({ kind: 'unlock', ...who, ...continues });
  const { exam: part, only } = practice ? chosenExam(parts, sitting, practice) : {};
  const exam = part ?? sitting.exam;
  const form = parts.forms.issue(parts.banks.get(exam.bankId), exam.blueprint, candidateId, only);
  const extraMinutes = parts.roster.find(candidateId)?.extraMinutes ?? 0;
  const durationMs = exam.durationSeconds * 1000 + extraMinutes * MINUTE_MS;
  parts.seat.execute({ kind: 'unlock', ...who, form, durationMs, ...(part ? { exam: part } : {}) });
}

/** The candidate goes of their own will: not once a face was refused, that is for a proctor to see. */
function leave(parts: TerminalParts): void {
  const { seat } = parts;
  const sitting = taken(parts);
  if (sitting.stage === 'recorded') return clear(parts);
  const unseen = sitting.stage === 'refused' ? sitting.refusal === 'consent-declined' : sitting.failedCaptures === 0;
  const practice = sitting.exam.mode !== 'formal' && sitting.stage === 'awaiting-unlock';
  const mayGo = practice || unseen;
  if (!mayGo) throw new Refusal('not-allowed-now');
  seat.execute({ kind: 'close', reason: 'candidate-left' });
  clear(parts);
}

function clear({ seat, roster }: TerminalParts): void {
  const candidate = seat.current?.candidateId;
  if (candidate) roster.eraseVisitor(candidate);
  seat.leave();
}

function taken({ seat }: TerminalParts): Sitting {
  if (!seat.current) throw new Refusal('not-allowed-now', 'nobody sits here');
  return seat.current;
}
