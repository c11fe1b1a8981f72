import type { Instant, ProctorId } from '../../contract/ids.ts';
import type { PracticeChoice } from '../../contract/practice.ts';
import type { CommandOutcome, ProctorAction, StationCommand } from '../../contract/proctoring.ts';
import { assertNever, type Reason, Refusal } from '../../contract/reasons.ts';
import type { Via } from '../../contract/records.ts';
import type { Authorised } from '../proctors/index.ts';
import { newIncidentId, type Proctored, type Sitting } from '../sitting/index.ts';
import type { BadgeDesk } from './badge-desk.ts';
import type { Doorstep } from './doorstep.ts';
import { comeBack, moveAway, sendOn, takeUp } from './moving.ts';
import type { TerminalParts } from './parts.ts';
import { chosenExam } from './practice.ts';
import { sitDown } from './sitting-down.ts';

/** Whose PIN this is. @throws Refusal as `Proctors.authorise` */
export async function authorised(parts: TerminalParts, pin: string): Promise<Authorised> {
  const proctor = await orIncident(parts, 'pin-wrong', () => parts.proctors.authorise(pin));
  parts.codes.forget();
  return proctor;
}

/** What a proctor's card gives to stand in for the PIN. @throws Refusal `badge-late`, `badge-unknown` */
export const badgeOrIncident = (parts: TerminalParts, badges: BadgeDesk): Promise<string> =>
  orIncident(parts, 'badge-unknown', badges.wait);

/** Whoever tries to pass for a proctor during an exam is something a proctor should know. */
async function orIncident<T>({ seat }: TerminalParts, reason: Reason, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const tried = error instanceof Refusal && error.reason === reason;
    if (tried && seat.current && isUnderWay(seat.current))
      seat.execute({ kind: 'note', reason, incidentId: newIncidentId() });
    throw error;
  }
}

const isUnderWay = ({ stage }: Sitting): boolean => stage === 'in-progress' || stage === 'paused' || stage === 'locked';

/** Who else agrees, where the exam asks for two. @throws Refusal `second-proctor-needed` where nobody does, or the same one */
async function seconded(
  parts: TerminalParts,
  { id }: Authorised,
  pin: string | undefined,
  { kind }: ProctorAction,
): Promise<{ readonly second?: ProctorId }> {
  if (!needsTwo(parts, kind)) return {};
  const second = pin === undefined ? undefined : await authorised(parts, pin);
  if (!second || second.id === id) throw new Refusal('second-proctor-needed');
  return { second: second.id };
}

const needsTwo = ({ seat }: TerminalParts, kind: ProctorAction['kind']): boolean =>
  seat.current?.exam.twoProctors?.some((one) => one === kind) ?? false;

export type Asked = { readonly pin: string; readonly second?: string | undefined; readonly action: ProctorAction };

/** What a proctor does who stands here. @throws Refusal where the PIN is nobody's, or it cannot be done now */
export async function actHere(parts: TerminalParts, { pin, second, action }: Asked, doorstep: Doorstep): Promise<void> {
  const before = parts.seat.current?.id;
  const proctor = await authorised(parts, pin);
  const who = { by: proctor.id, ...(await seconded(parts, proctor, second, action)) };
  // Nobody else gets what was meant for whoever sat here when it was asked.
  if (parts.seat.current?.id !== before) throw new Refusal('not-allowed-now', 'somebody else sits here by now');
  if (action.kind === 'seat-here' || action.kind === 'send-on') return decideAtDoor(parts, doorstep, who, action);
  act(parts, who, action);
}

type DoorAction = Extract<ProctorAction, { kind: 'seat-here' | 'send-on' }>;

/** What becomes of whoever was turned away. */
function decideAtDoor(parts: TerminalParts, doorstep: Doorstep, who: Proctored, action: DoorAction): void {
  const { current } = doorstep;
  // A card that was laid down meanwhile is somebody else's.
  if (current?.ticket !== action.ticket || parts.seat.current)
    throw new Refusal('not-allowed-now', 'whom it was meant for is not here any more');
  const { candidate, by, why } = current;
  const explained = { ...who, note: action.note };
  if (action.kind === 'seat-here') {
    const begun = why.kind === 'moved' ? comeBack(parts, why) : undefined;
    sitDown(parts, { candidate, by, begun, seated: explained });
  } else {
    if (why.kind !== 'moved' || !why.sitting) throw new Refusal('not-allowed-now', 'nothing left from here');
    sendOn(parts, why.sitting, action.to, explained);
  }
  doorstep.clear();
}

/**
 * What was obeyed when the power went is in the ledger: the center hears so, and nobody gives the same time twice.
 * Called once, at start.
 */
export function settleCutShort({ commands, seat }: TerminalParts): void {
  const done = new Set((seat.current?.decisions ?? []).map(({ via }) => via));
  for (const { id, outcome } of commands.untold())
    if (outcome === 'station-restarted' && done.has(id)) commands.settle(id, 'done');
}

/** Does what the center says that a proctor elsewhere wants, and writes down what became of it. */
export function obey(parts: TerminalParts, jws: string, at: Instant): void {
  const { commands, log } = parts;
  try {
    const command = commands.admit(jws, at);
    commands.settle(
      command.id,
      outcomeOf(() => actFromAfar(parts, command)),
    );
  } catch (error) {
    const { reason, detail } = error instanceof Refusal ? error : new Refusal('internal', String(error));
    // It comes again until the center has heard what became of it.
    if (reason !== 'command-replayed') log.warn({ reason, detail }, 'command');
  }
}

function outcomeOf(work: () => void): CommandOutcome {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof Refusal ? error.reason : 'internal';
  }
}

function actFromAfar(parts: TerminalParts, command: StationCommand): void {
  const { id, examId, candidateId, by, second, action } = command;
  const { current } = parts.seat;
  if (current?.exam.id !== examId || (candidateId && current.candidateId !== candidateId))
    throw new Refusal('nobody-here');
  if (needsTwo(parts, action.kind) && (!second || second === by)) throw new Refusal('second-proctor-needed');
  act(parts, { by, ...(second ? { second } : {}), via: id }, action);
}

/** Unlocks with the code that a proctor told the room. @throws Refusal `code-wrong`, `code-wait`, `code-locked`, `not-allowed-now` */
export async function unlockByCode(parts: TerminalParts, code: string): Promise<void> {
  const { id, exam, stage } = taken(parts);
  if (stage !== 'awaiting-unlock' || exam.mode !== 'formal') throw new Refusal('not-allowed-now');
  const session = await parts.codes.authorise(code, exam.id);
  if (parts.seat.current?.id !== id) throw new Refusal('not-allowed-now', 'somebody else sits here by now');
  unlock(parts, { by: session.by, via: session.id });
}

const MINUTE_MS = 60_000;

type SittingAction = Exclude<ProctorAction, DoorAction>;

function act(parts: TerminalParts, who: Proctored, action: SittingAction): void {
  const { seat } = parts;
  const proctored = { ...who, note: action.note };
  switch (action.kind) {
    case 'unlock':
      return unlock(parts, { by: who.by, note: action.note, via: who.via });
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

type Unlocking = {
  readonly by: ProctorId | 'candidate';
  readonly note?: string | undefined;
  readonly via?: Via | undefined;
};

export function unlock(parts: TerminalParts, who: Unlocking, practice?: PracticeChoice): void {
  const sitting = taken(parts);
  const { candidateId, stage, continues } = sitting;
  // A form that is drawn is one that was given out: not before it is sure to be.
  if (stage !== 'awaiting-unlock') throw new Refusal('not-allowed-now', `unlock while ${stage}`);
  // What they had begun elsewhere came while they waited: that goes on, after another look.
  if (takeUp(parts)) throw new Refusal('not-allowed-now', 'their exam came from another station');
  if (continues) {
    const { form, durationMs } = continues;
    return parts.seat.execute({ kind: 'unlock', ...who, form, durationMs });
  }
  const { exam: part, only } = practice ? chosenExam(parts, sitting, practice) : {};
  const exam = part ?? sitting.exam;
  const form = parts.forms.issue(parts.banks.get(exam.bankId), exam.blueprint, candidateId, only);
  const extraMinutes = parts.roster.find(candidateId)?.extraMinutes ?? 0;
  const durationMs = exam.durationSeconds * 1000 + extraMinutes * MINUTE_MS;
  parts.seat.execute({ kind: 'unlock', ...who, form, durationMs, ...(part ? { exam: part } : {}) });
}

export function clear({ seat, roster }: TerminalParts): void {
  const candidate = seat.current?.candidateId;
  if (candidate) roster.eraseVisitor(candidate);
  seat.leave();
}

export function taken({ seat }: TerminalParts): Sitting {
  if (!seat.current) throw new Refusal('not-allowed-now', 'nobody sits here');
  return seat.current;
}
