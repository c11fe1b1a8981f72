import { randomBytes } from 'node:crypto';
import { courseForm, type DrawnForm } from '../../authoring/drawing/index.ts';
import type { Via } from '../../contract/records/index.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { mustBeSatOn } from '../../contract/words/hosts.ts';
import type { ActId, CandidateId, ProctorId, TenantId } from '../../contract/words/ids.ts';
import type { PracticeChoice } from '../../contract/words/practice.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { timeNonce } from '../../proof/index.ts';
import { guestOf, type Sitting } from '../core/sitting/index.ts';
import { mustNotBeBehind } from '../keep/center-time/index.ts';
import { mustNotBeRevoked } from '../keep/identity/index.ts';
import { awayOf, type Claimed, isSpent, mustBeginHere, waitingHere } from '../moving/index.ts';
import { extraMinutesFor } from './extra-minutes.ts';
import type { Unlocking } from './parts.ts';
import { chosenExam } from './practice.ts';
import { mustBeGranted } from './sitter.ts';
import { takeUp } from './take-up.ts';

const MINUTE_MS = 60_000;

/** Who begins it, and how they said so. */
type Word = {
  readonly by: ProctorId | 'candidate';
  readonly note?: string | undefined;
  readonly via?: Via | undefined;
  readonly act?: ActId | undefined;
  /** What the center said to it. */
  readonly claim?: Claimed;
};

/**
 * Begins the exam of whoever waits here: what they had begun elsewhere, or a new paper.
 * @throws Refusal `not-allowed-now`, `lockdown-failed`, `host-not-allowed`, `rescue-used`, `rescue-coming`, `moved`, `no-exam`,
 * `grant-missing` where the grant it was to begin under does not run any more, `clock-behind`, `station-revoked`
 */
export function unlock(parts: Unlocking, who: Word, practice?: PracticeChoice): void {
  const sitting = parts.seat.taken();
  if (who.act && sitting.acts.has(who.act)) return;
  const { host } = parts;
  const { candidateId, stage, continues } = sitting;
  // A form that is drawn is one that was given out: not before it is sure to be.
  if (stage !== 'awaiting-unlock') throw new Refusal('not-allowed-now', `unlock while ${stage}`);
  parts.surroundings.mayBegin(sitting.exam, who.note);
  // What they had begun elsewhere came while they waited: that goes on, after another look.
  if (takeUp(parts)) throw new Refusal('not-allowed-now', 'their exam came from another station');
  mustBeSatOn(sitting.exam, host);
  if (isDated(sitting.exam)) {
    mustNotBeRevoked(parts.identity);
    mustNotBeBehind(parts.centerTime, parts.clock.wall());
  }
  const { newest: lower = null, jumps } = parts.centerTime;
  const guest = guestOf(sitting);
  if (!continues) mustBeGranted(parts, sitting.grant);
  if (!continues && sitting.exam.mode === 'formal') mustHaveNothingBegun(parts, candidateId, guest);
  if (continues) {
    if (isSpent(parts, continues.sitting)) throw new Refusal('rescue-used', continues.sitting);
    const { form, durationMs } = continues;
    parts.seat.execute({ kind: 'unlock', ...who, form, durationMs, host, lower, jumps });
    return begun(parts);
  }
  const drawn = sitting.exam.course ? courseBegins(parts, sitting) : paperFor(parts, sitting, practice);
  const extraMinutes = extraMinutesFor(sitting, parts.roster.of(guest).find(candidateId));
  const exam = drawn.exam ?? sitting.exam;
  const durationMs = exam.durationSeconds * 1000 + extraMinutes * MINUTE_MS;
  parts.seat.execute({ kind: 'unlock', ...who, ...drawn, durationMs, host, lower, jumps });
  begun(parts);
}

type Drawn = { readonly form: DrawnForm; readonly exam?: Exam };

/** A paper of their own: of all, or of the part that they chose to practise. */
function paperFor(parts: Unlocking, sitting: Sitting, practice: PracticeChoice | undefined): Drawn {
  const { exam: part, only } = practice ? chosenExam(parts, sitting, practice) : {};
  const { bankId, blueprint } = part ?? sitting.exam;
  const form = parts.forms.issue(parts.banks.get(bankId), blueprint, sitting.candidateId, only);
  return { form, ...(part ? { exam: part } : {}) };
}

/** Everybody who studies a course is asked the same; only the order of options is their own. */
function courseBegins({ banks }: Unlocking, { exam }: Sitting): Drawn {
  const { course } = exam;
  if (!course) throw new Refusal('no-exam', exam.id);
  return { form: courseForm(banks.get(exam.bankId), { ...exam, course }, randomBytes(16).toString('hex')) };
}

/** It has begun by now, whatever becomes of what is written down besides. */
function begun(parts: Unlocking): void {
  const { surroundings, log } = parts;
  try {
    surroundings.begun();
  } catch (error) {
    log.error({ error: String(error) }, 'what does not hold of the lockdown could not be written down');
  }
  void noteTime(parts);
}

/** Whose date somebody will rely on. */
const isDated = ({ mode }: Exam): boolean => mode === 'formal' || mode === 'gate';

/** What time it is at the center now, for the record. Nobody waits for it, and without the center there is none. */
async function noteTime({ seat, centerTime, askTime, log }: Unlocking): Promise<void> {
  const { id, exam, startedAt, form } = seat.taken();
  if (!isDated(exam) || !startedAt || !form) return;
  try {
    const { at, token } = await askTime(timeNonce({ sittingId: id, startedAt, formHash: form.formHash }));
    centerTime.told(at);
    if (seat.current?.id === id) seat.execute({ kind: 'time', token });
  } catch (error) {
    log.info({ error: String(error) }, 'the center did not say what time it is');
  }
}

/** A new paper would be a second one where the first goes on. @throws Refusal `no-exam`, `host-not-allowed`, `rescue-coming`, `moved` */
function mustHaveNothingBegun(parts: Unlocking, id: CandidateId, guest: TenantId | undefined): void {
  const begun = waitingHere(parts, id, guest);
  if (begun) mustBeSatOn(begun.exam, parts.host);
  if (begun) throw new Refusal('no-exam', 'the items of what came from another station are not here');
  const candidate = parts.roster.of(guest).find(id);
  const away = candidate && awayOf(parts, candidate, guest);
  if (away) throw new Refusal('moved', away.to);
}

/**
 * Unlocks with the code that a proctor told the room.
 * @throws Refusal `code-wrong`, `code-wait`, `code-locked`, `not-allowed-now`, `host-not-allowed`, `rescue-used`,
 * `sits-elsewhere`, `no-attempt-left`
 */
export async function unlockByCode(parts: Unlocking, code: string): Promise<void> {
  const sitting = parts.seat.taken();
  const { id, candidateId, exam, stage } = sitting;
  if (stage !== 'awaiting-unlock' || exam.mode !== 'formal') throw new Refusal('not-allowed-now');
  mustBeSatOn(exam, parts.host);
  const session = await parts.codes.authorise(code, candidateId, exam.id, guestOf(sitting));
  const claim = await mustBeginHere(parts);
  if (parts.seat.current?.id !== id) throw new Refusal('not-allowed-now', 'somebody else sits here by now');
  unlock(parts, { by: session.by, via: session.id, claim });
}
