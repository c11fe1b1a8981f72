import type { Evidence } from '../../../contract/words/evidence.ts';
import { type CaptureOutcome, type IncidentPolicy, livenessOf } from '../../../contract/words/exam.ts';
import { givenOf, isBlankAnswer } from '../../../contract/words/form.ts';
import { mayBeSatOn, mustBeSatOn } from '../../../contract/words/hosts.ts';
import { CommandId, type IncidentId, type ItemId } from '../../../contract/words/ids.ts';
import { assertNever, type Reason, Refusal } from '../../../contract/words/reasons.ts';
import type { Command, Proctored } from './command.ts';
import type { JudgedCapture, SittingEvent } from './events.ts';
import { isAllowed } from './life-cycle.ts';
import { isNews } from './package-heard.ts';
import type { Sitting } from './sitting.ts';
import { addTemplate } from './template-update.ts';

/** After so many failed captures the station waits for a proctor. */
export const MAX_FAILED_CAPTURES = 3;
/** Usable pictures without which nobody is believed who makes no gestures where the exam asks for them. */
export const LONG_LOOK = 15;

/**
 * Turns a command into what happens. Pure: same sitting, same command, same events.
 * @throws Refusal `not-allowed-now`, `host-not-allowed`, `item-unknown`, `option-unknown`, `lesson-unknown`, `incident-unknown`
 */
export function decide(sitting: Sitting, command: Command): readonly SittingEvent[] {
  if (isDone(sitting, command)) return [];
  if (!isAllowed(command.kind, sitting.stage)) {
    throw new Refusal('not-allowed-now', `${command.kind} while ${sitting.stage}`);
  }
  switch (command.kind) {
    case 'consent':
      return [{ type: command.given ? 'consent-given' : 'consent-declined', locale: command.locale }];
    case 'judge':
      return sitting.stage === 'capturing' ? judgeCheckIn(sitting, command) : judgeRecapture(sitting, command);
    case 'refuse':
      return [{ type: 'refused', reason: command.reason }];
    case 'override': {
      const { note, compared } = command;
      const reason = sitting.refusal ?? 'uncertain';
      return [{ type: 'overridden', reason, ...proctored(command), note, ...(compared ? { compared } : {}) }];
    }
    case 'unlock':
      return unlock(sitting, command);
    case 'answer':
      return answer(sitting, command);
    case 'check':
      return check(sitting, command);
    case 'study':
      return study(sitting, command);
    case 'hear-package':
      return hearPackage(sitting, command);
    case 'flag':
      drawnItem(sitting, command.itemId);
      return [{ type: 'flagged', itemId: command.itemId, flagged: command.flagged }];
    case 'interrupt':
      // Only whom the camera knows can it let go on; whom a proctor let in, a proctor lets in again.
      return pausing(incidentOf(command), {
        reason: command.reason,
        until: sitting.identity?.how === 'verified' ? (command.until ?? 'match') : 'proctor',
        ...(command.ranOnMs === undefined ? {} : { ranOnMs: command.ranOnMs }),
      });
    case 'clock':
      return [{ type: 'clock-set', ms: command.ms }];
    case 'time':
      return [{ type: 'time-told', token: command.token }];
    case 'host':
      return takeUp(sitting, command);
    case 'note':
      return [noted(command)];
    case 'pause':
      return [{ type: 'paused', reason: 'proctor-decision', until: 'proctor', ...proctored(command) }];
    case 'resume':
      if (sitting.host) mustBeSatOn(sitting.exam, sitting.host);
      return [{ type: 'resumed', ...proctored(command) }];
    case 'extend':
      return [{ type: 'extended', ms: command.ms, ...proctored(command) }];
    case 'move':
      return move(sitting, command);
    case 'review':
      return review(sitting, command);
    case 'submit':
      return submit(sitting, command);
    case 'keep':
      return [{ type: 'kept', of: command.of, picture: command.picture }];
    case 'grade':
      return [{ type: 'graded', marks: command.marks, passed: command.passed }];
    case 'record':
      return [{ type: 'recorded', recordHash: command.recordHash }];
    case 'add-template':
      return addTemplate(sitting, command);
    case 'look-again':
      return sitting.identity?.how === 'verified' ? [{ type: 'look-again' }] : [];
    case 'close':
      return [{ type: 'closed', reason: command.reason, ...maybeProctored(command) }];
    default:
      return assertNever(command);
  }
}

/** Whoever asks again, because the answer was lost on its way, is told the same, and nothing happens twice. */
function isDone({ acts, decisions }: Sitting, command: Command): boolean {
  const { act, via } = command as Partial<Proctored>;
  if (act !== undefined && acts.has(act)) return true;
  return via !== undefined && CommandId.safeParse(via).success && decisions.some((one) => one.via === via);
}

function noted(command: Extract<Command, { kind: 'note' }>): SittingEvent {
  const { id, ...evidence } = incidentOf(command);
  const { reason, quiet } = command;
  return quiet ? { type: 'noted', reason, ...evidence } : { type: 'incident', id, ...evidence, reason, paused: false };
}

/** Who did it, as it is written down. */
export const proctored = ({ by, note, second, via, act }: Proctored) => ({
  by,
  ...(note === undefined ? {} : { note }),
  ...(second === undefined ? {} : { second }),
  ...(via === undefined ? {} : { via }),
  ...(act === undefined ? {} : { act }),
});
const maybeProctored = ({ by, ...rest }: Partial<Proctored>) => (by ? proctored({ by, ...rest }) : {});

/** Where a proctor must decide, the candidate cannot slip away by handing in. A proctor hands in for whoever cannot. */
function submit({ stage }: Sitting, command: Extract<Command, { kind: 'submit' }>): SittingEvent[] {
  if (command.cause === 'handed-in' && !command.by && stage !== 'in-progress') throw new Refusal('not-allowed-now');
  return [{ type: 'submitted', cause: command.cause, ...maybeProctored(command) }];
}

/** Where it may not be sat it stands still: a proctor moves it, ends it, or lets it go on where it may. */
function takeUp({ exam, pauseReason }: Sitting, command: Extract<Command, { kind: 'host' }>): SittingEvent[] {
  const hosted: SittingEvent = { type: 'hosted', host: command.host };
  const until = 'proctor' as const;
  if (!mayBeSatOn(exam, command.host))
    return [hosted, ...pausing(incidentOf(command), { reason: 'host-not-allowed', until })];
  // What the screen said there is not so any more.
  return pauseReason === 'host-not-allowed'
    ? [hosted, { type: 'paused', reason: 'station-restarted', until }]
    : [hosted];
}

/** The newest verdict stands; the ones before stay written down. */
function review({ incidents }: Sitting, command: Extract<Command, { kind: 'review' }>): SittingEvent[] {
  const { incidentId, verdict } = command;
  if (!incidents.some(({ id }) => id === incidentId)) throw new Refusal('incident-unknown', incidentId);
  return [{ type: 'reviewed', incidentId, verdict, ...proctored(command) }];
}

/** Only what counts is worth carrying; a visitor is known nowhere else. */
function move({ exam, identifiedBy }: Sitting, command: Extract<Command, { kind: 'move' }>): SittingEvent[] {
  if (exam.mode !== 'formal' || identifiedBy === 'enrolled')
    throw new Refusal('not-allowed-now', 'only a formal exam of somebody on the roster can be moved');
  return [{ type: 'moved', to: command.to, ...proctored(command), note: command.note }];
}

/** What began at another station goes on with the form and the time it had there. */
function unlock(
  { exam: whole, continues }: Sitting,
  { by, note, via, act, host, exam, lower, jumps, claim, ...drawn }: Extract<Command, { kind: 'unlock' }>,
): SittingEvent[] {
  mustBeSatOn(whole, host);
  if (exam && whole.mode !== 'mock') throw new Refusal('not-allowed-now', 'only practice is of a part');
  const { form, durationMs } = continues ?? drawn;
  const said = {
    ...(note === undefined ? {} : { note }),
    ...(via ? { via } : {}),
    ...(act ? { act } : {}),
    ...(exam ? { exam } : {}),
    ...(lower === undefined ? {} : { lower }),
    ...(jumps?.length ? { jumps } : {}),
    ...(claim ? { claim } : {}),
  };
  return [{ type: 'unlocked', by, durationMs, form, host, ...said }];
}

function judgeCheckIn(sitting: Sitting, command: Extract<Command, { kind: 'judge' }>): SittingEvent[] {
  const { capture, doubts = [] } = command;
  const captured: SittingEvent = { type: 'captured', purpose: 'check-in', capture };
  if (capture.outcome === 'match' && !provesLife(sitting, capture))
    throw new Refusal('not-allowed-now', 'no proof of life');
  const told = doubts.map((doubt): SittingEvent => ({ type: 'incident', ...doubt, paused: false }));
  if (capture.outcome === 'match') return [captured, ...told, { type: 'verified' }];
  if (sitting.failedCaptures + 1 < MAX_FAILED_CAPTURES) return [captured];
  return [captured, { type: 'refused', reason: capture.outcome }];
}

/** Whether the exam wants more than a look before this sitting goes on. Whom a proctor let in by hand may not be able to give it. */
export const mustProveLife = ({ exam, identity }: Sitting): boolean =>
  livenessOf(exam) === 'active' && identity?.how !== 'overridden';

/** Nor of those for whom it is registered that they make none: they are looked at for longer. */
export const asksForGestures = (sitting: Sitting): boolean =>
  mustProveLife(sitting) && !sitting.arrangements?.noGestures;

function provesLife(sitting: Sitting, { challenge, usable }: JudgedCapture): boolean {
  if (!mustProveLife(sitting)) return true;
  return asksForGestures(sitting) ? challenge?.passed === true : usable >= LONG_LOOK;
}

function judgeRecapture(sitting: Sitting, command: Extract<Command, { kind: 'judge' }>): SittingEvent[] {
  const { capture } = command;
  const captured: SittingEvent = { type: 'captured', purpose: 're-capture', capture };
  const { outcome } = capture;
  if (sitting.stage === 'paused') {
    if (outcome === 'match' && provesLife(sitting, capture)) return [captured, { type: 'resumed', by: 'match' }];
    // Nobody before the camera is no news during a pause; who failed at a gesture is.
    return capture.challenge ? [captured] : [];
  }
  if (outcome === 'match') return [captured];
  const rule = sitting.exam.recapture.onOutcome[outcome];
  const { lastCapture: last } = sitting;
  // What goes on is one incident, however often it is looked at.
  const known = rule.action === 'incident' && last?.outcome === outcome && isNoisy(last) === isNoisy(capture);
  const reason = isNoisy(capture) ? 'picture-noisy' : outcome;
  return known ? [captured] : [captured, ...react(outcome, rule, incidentOf(command), reason)];
}

/** Only the picture is to blame: a proctor reads what to do about that. */
const isNoisy = ({ outcome, reason }: JudgedCapture): boolean => outcome === 'uncertain' && reason === 'picture-noisy';

type Incident = { readonly id: IncidentId; readonly evidence?: Evidence };

const incidentOf = ({
  incidentId,
  evidence,
}: {
  readonly incidentId: IncidentId;
  readonly evidence?: Evidence;
}): Incident => ({
  id: incidentId,
  ...(evidence ? { evidence } : {}),
});

function react(
  outcome: Exclude<CaptureOutcome, 'match'>,
  rule: IncidentPolicy,
  incident: Incident,
  reason: Reason,
): SittingEvent[] {
  switch (rule.action) {
    case 'note':
      return [];
    case 'incident':
      return [{ type: 'incident', ...incident, reason, outcome, paused: false }];
    case 'pause':
      return pausing(incident, { reason, until: rule.until }, outcome);
    default:
      return assertNever(rule);
  }
}

type Pause = Omit<Extract<SittingEvent, { type: 'paused' }>, 'type'>;

function pausing(incident: Incident, pause: Pause, outcome?: CaptureOutcome): SittingEvent[] {
  return [
    { type: 'incident', ...incident, reason: pause.reason, paused: true, ...(outcome ? { outcome } : {}) },
    { type: 'paused', ...pause },
  ];
}

/** A stale or repeated message changes nothing: the newest revision stands and is acknowledged again. */
function answer(
  sitting: Sitting,
  { itemId, revision, ...command }: Extract<Command, { kind: 'answer' }>,
): SittingEvent[] {
  const item = drawnItem(sitting, itemId);
  const { chosen, typed, gaps, pairs = [] } = command;
  const isTyped = (typed ?? gaps) !== undefined;
  const options = [...chosen, ...pairs.map(({ choice }) => choice)];
  if (!options.every((id) => item.options.includes(id)) || (isTyped && item.options.length > 0))
    throw new Refusal('option-unknown', itemId);
  if (revision <= (sitting.answers.get(itemId)?.revision ?? 0)) return [];
  if (sitting.checked.has(itemId)) throw new Refusal('not-allowed-now', 'it was told what is right');
  return [{ type: 'answered', itemId, ...givenOf(command), chosen: [...new Set(chosen)], revision }];
}

/** Practice and a course tell what is right, once something was answered, and then the answer stands. An exam that counts never does. */
function check(sitting: Sitting, { itemId }: Extract<Command, { kind: 'check' }>): SittingEvent[] {
  drawnItem(sitting, itemId);
  const { mode } = sitting.exam;
  if (mode !== 'mock' && mode !== 'learning') throw new Refusal('not-allowed-now', 'only practice tells what is right');
  if (isBlankAnswer(sitting.answers.get(itemId) ?? { chosen: [] }))
    throw new Refusal('not-allowed-now', 'answer first');
  return sitting.checked.has(itemId) ? [] : [{ type: 'checked', itemId }];
}

/** What is said twice, or says nothing, changes nothing. */
function study(
  { exam, learning }: Sitting,
  { lessonId, ms, position }: Extract<Command, { kind: 'study' }>,
): SittingEvent[] {
  if (!learning || exam.mode !== 'learning') throw new Refusal('not-allowed-now', 'no course is studied here');
  const lesson = learning.lessons.get(lessonId);
  if (!lesson) throw new Refusal('lesson-unknown', lessonId);
  return ms === 0 && position === lesson.position ? [] : [{ type: 'studied', lessonId, ms, position }];
}

/** A package says the same again and again: written down is only what changes how it is done. */
function hearPackage(
  { exam, learning }: Sitting,
  { lessonId, opening, said }: Extract<Command, { kind: 'hear-package' }>,
): SittingEvent[] {
  if (!learning || exam.mode !== 'learning') throw new Refusal('not-allowed-now', 'no course is studied here');
  const lesson = exam.course?.lessons.find(({ id }) => id === lessonId);
  const before = learning.lessons.get(lessonId);
  if (!before || lesson?.kind !== 'scorm') throw new Refusal('lesson-unknown', lessonId);
  return isNews(before, { opening, said }) ? [{ type: 'package-said', lessonId, opening, said }] : [];
}

function drawnItem(sitting: Sitting, itemId: ItemId) {
  const item = sitting.form?.items.find((drawn) => drawn.itemId === itemId);
  if (!item) throw new Refusal('item-unknown', itemId);
  return item;
}
