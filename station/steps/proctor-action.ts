import type { DeskAbout } from '../../contract/page/proctor-desk.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { ActId, DeskId, ProctorId, TenantId } from '../../contract/words/ids.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import { assertNever, type Reason, Refusal } from '../../contract/words/reasons.ts';
import { guestOf, isUnderWay, newIncidentId, type Proctored } from '../core/sitting/index.ts';
import { type Authorised, mustHaveDigits, WITH_CODE } from '../keep/proctors/index.ts';
import { awayNow, type Claimed, comeBack, moveAway, mustBeginHere, sendOn, waitingHere } from '../moving/index.ts';
import type { Arriving } from './arriving.ts';
import { choicesFor } from './choices.ts';
import type { Desk } from './desk.ts';
import type { Proctoring, Unlocking } from './parts.ts';
import { sitDown } from './sit-down.ts';
import type { TurnedAwayReason } from './turned-away.ts';
import { unlock } from './unlock.ts';

type Admitting = Pick<Proctoring, 'seat' | 'turnedAway' | 'roster' | 'proctors' | 'codes'>;

/**
 * Whose PIN this is: a proctor of the firm that it is about, and of no other. The terminal's own code opens what wrong PINs locked,
 * and decides nothing about the people of a guest.
 * @param guest the firm, where it uses this station by a grant
 * @throws Refusal as `Proctors.authorise`, `pin-short` where the exam asks for more digits, `not-allowed-now`
 */
async function authorised(
  parts: Admitting,
  pin: string,
  guest: TenantId | undefined,
  about: DeskAbout,
): Promise<Authorised> {
  const proctor = await orIncident(parts, 'pin-wrong', () => parts.proctors.authorise(pin, guest));
  parts.codes.forget();
  const exam = about === 'seat' ? examInQuestion(parts, guest) : undefined;
  if (exam) mustHaveDigits(proctor, exam);
  if (guest && proctor.id === WITH_CODE.id)
    throw new Refusal('not-allowed-now', 'this is for a proctor of the firm whose exam it is');
  return proctor;
}

/** Of whoever sits here, or was turned away. */
function examInQuestion({ seat, turnedAway, roster }: Admitting, guest: TenantId | undefined): Exam | undefined {
  if (seat.current) return seat.current.exam;
  const examId = turnedAway.current?.candidate.examId;
  return roster.of(guest).assignment?.exams.find(({ id }) => id === examId);
}

/** Whose people whoever is here belongs to: who sits here, or was turned away. The terminal itself is of whose station it is. */
const aboutWhom = ({ seat, turnedAway }: Pick<Proctoring, 'seat' | 'turnedAway'>, about: DeskAbout) => {
  if (about === 'terminal') return undefined;
  return seat.current ? guestOf(seat.current) : turnedAway.current?.grant?.tenantId;
};

/** Names whoever a desk is opened for: what a proctor decides is for whom they saw. */
export function deskSubject(
  { seat, turnedAway }: Pick<Proctoring, 'seat' | 'turnedAway'>,
  about: DeskAbout,
): string | undefined {
  if (seat.current) return about === 'seat' ? seat.current.id : undefined;
  if (about === 'terminal') return about;
  return turnedAway.current && `ticket ${turnedAway.current.ticket}`;
}

/**
 * A proctor says who they are, once for all that they do now.
 * @throws Refusal as {@link authorised}; `not-allowed-now` where nobody is here
 */
export async function openDesk(parts: Proctoring, pin: string, about: DeskAbout): Promise<Desk> {
  const subject = deskSubject(parts, about);
  if (subject === undefined) throw new Refusal('not-allowed-now', 'nobody is here');
  const guest = aboutWhom(parts, about);
  const proctor = await authorised(parts, pin, guest, about);
  if (deskSubject(parts, about) !== subject) throw new Refusal('not-allowed-now', 'somebody else is here by now');
  // Who was called is here.
  parts.call.lower();
  return parts.desks.open({ proctor, about, guest });
}

/** Whoever tries to pass for a proctor during an exam is something a proctor should know. */
export async function orIncident<T>(
  { seat }: Pick<Proctoring, 'seat'>,
  reason: Reason,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const tried = error instanceof Refusal && error.reason === reason;
    if (tried && seat.current && isUnderWay(seat.current))
      seat.execute({ kind: 'note', reason, incidentId: newIncidentId() });
    throw error;
  }
}

/** Who else agrees, where the exam asks for two. @throws Refusal `second-proctor-needed` where nobody does, or the same one */
async function seconded(
  parts: Admitting,
  { id }: Authorised,
  pin: string | undefined,
  { kind }: ProctorAction,
  guest: TenantId | undefined,
): Promise<{ readonly second?: ProctorId }> {
  if (!needsTwo(parts, kind)) return {};
  const second = pin === undefined ? undefined : await authorised(parts, pin, guest, 'seat');
  if (!second || second.id === id) throw new Refusal('second-proctor-needed');
  return { second: second.id };
}

export const needsTwo = ({ seat }: Pick<Proctoring, 'seat'>, kind: ProctorAction['kind']): boolean =>
  seat.current?.exam.twoProctors?.some((one) => one === kind) ?? false;

export type Asked = {
  readonly desk: DeskId;
  readonly second?: string | undefined;
  readonly action: ProctorAction;
  /** The same where it is asked again, because no answer came. */
  readonly act?: ActId | undefined;
};

/** What a proctor does who stands here. @throws Refusal `desk-closed`, or where it cannot be done now */
export async function actHere(parts: Proctoring, { desk, second, action, act: id }: Asked): Promise<void> {
  const { proctor, about, guest } = parts.desks.at(desk);
  if ((action.kind === 'close-kiosk') !== (about === 'terminal'))
    throw new Refusal('not-allowed-now', 'the desk was opened for something else');
  const before = parts.seat.current?.id;
  const who = { by: proctor.id, ...(await seconded(parts, proctor, second, action, guest)), act: id };
  const claim = action.kind === 'unlock' ? await mustBeginHere(parts) : undefined;
  // Nobody else gets what was meant for whoever sat here when it was asked.
  if (parts.seat.current?.id !== before) throw new Refusal('not-allowed-now', 'somebody else sits here by now');
  if (action.kind === 'close-kiosk') return closeKiosk(parts, who, action.note);
  if (action.kind === 'seat-here' || action.kind === 'send-on') return decideAtDoor(parts, who, action);
  const sitting = parts.seat.current;
  act(parts, who, action, claim);
  const candidate = sitting && parts.roster.of(guest).find(sitting.candidateId);
  const grant = sitting?.grant && parts.grants.find(sitting.grant);
  if (action.kind !== 'move' || !candidate) return;
  // Whoever was moved away sees where to, and whether their exam is on its way.
  parts.turnedAway.put({
    candidate,
    ...(grant ? { grant } : {}),
    by: sitting.identifiedBy,
    document: sitting.document,
    doubts: [],
    why: { kind: 'moved', to: action.to, sitting: sitting.id },
  });
}

/** Lets the kiosk go. No sitting is open, so the ledger has no line for it: the log says who and why. */
function closeKiosk({ seat, host, leaveKiosk, log }: Proctoring, { by }: Proctored, note: string): void {
  if (seat.current) throw new Refusal('not-allowed-now', 'somebody sits here');
  if (host === 'browser' || !leaveKiosk) throw new Refusal('not-allowed-now', 'this is no kiosk');
  log.warn({ by, note }, 'a proctor closes the kiosk');
  leaveKiosk();
}

type DoorAction = Extract<ProctorAction, { kind: 'seat-here' | 'send-on' }>;

/** What becomes of whoever was turned away. */
function decideAtDoor(parts: Proctoring, who: Proctored, action: DoorAction): void {
  const { turnedAway } = parts;
  const { current } = turnedAway;
  // A card that was laid down meanwhile is somebody else's.
  if (current?.ticket !== action.ticket || parts.seat.current)
    throw new Refusal('not-allowed-now', 'whom it was meant for is not here any more');
  const { candidate, grant, by, document, doubts } = current;
  const came = { candidate, ...(grant ? { grant } : {}), by, document, doubts };
  // What is seen there may have been overtaken.
  const why: TurnedAwayReason =
    current.why.kind === 'moved' ? { kind: 'moved', ...awayNow(parts, current.why) } : current.why;
  const explained = { ...who, note: action.note };
  if (action.kind === 'seat-here') {
    const { compared } = action;
    if (doubts.length > 0 && !compared)
      throw new Refusal('not-allowed-now', 'what was compared with the card is not said');
    const begun = why.kind === 'moved' ? comeBack(parts, why) : waitingHere(parts, candidate.id, grant?.tenantId);
    seatHere(parts, { ...came, begun, seated: { ...explained, ...(compared ? { compared } : {}) } }, why);
    return turnedAway.clear();
  }
  if (why.kind !== 'moved' || !why.sitting) throw new Refusal('not-allowed-now', 'nothing left from here');
  sendOn(parts, why.sitting, action.to, explained);
  turnedAway.put({ ...came, why: { kind: 'moved', to: action.to, sitting: why.sitting } });
}

/** Whose card alone was in doubt has the choice that everybody has. */
function seatHere(parts: Proctoring, arriving: Arriving, why: TurnedAwayReason): void {
  const exams = why.kind === 'card' && !arriving.begun ? choicesFor(parts, arriving) : [];
  if (exams.length > 1) return parts.choosing.put({ ...arriving, exams });
  sitDown(parts, { ...arriving, examId: exams[0]?.id });
}

const MINUTE_MS = 60_000;

type SittingAction = Exclude<ProctorAction, DoorAction | { kind: 'close-kiosk' }>;

/** What a proctor does, here or by a command. @param claim what the center said, where an exam begins */
export function act(parts: Unlocking, who: Proctored, action: SittingAction, claim?: Claimed): void {
  const { seat } = parts;
  const proctored = { ...who, note: action.note };
  switch (action.kind) {
    case 'unlock':
      return unlock(parts, { by: who.by, note: action.note, via: who.via, act: who.act, claim });
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

/** Whoever sat here is done; a visitor is forgotten. */
export function clear({ seat, roster, log }: Pick<Unlocking, 'seat' | 'roster' | 'log'>): void {
  const candidate = seat.current?.candidateId;
  seat.leave();
  try {
    if (candidate) roster.eraseVisitor(candidate);
  } catch (error) {
    // At the next start every visitor is forgotten.
    log.error({ error: String(error) }, 'a visitor could not be forgotten');
  }
}
