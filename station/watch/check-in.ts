import { randomInt } from 'node:crypto';
import type { LightStep } from '../../contract/page/view.ts';
import type { Gesture } from '../../contract/words/exam.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { drawGestures, drawReturn, type FaceEngine } from '../../native/face/index.ts';
import {
  asksForGestures,
  asksForLight,
  doubtByAdded,
  doubtByLight,
  guestOf,
  type JudgedCapture,
  LONG_LOOK,
  mustProveLife,
  newIncidentId,
  type Sitting,
} from '../core/sitting/index.ts';
import { look, lookByLight, lookWhileAsking, rest, type Seen } from './camera/index.ts';
import { makeComparison } from './compare.ts';
import { doubtsOf } from './doubts.ts';
import { type ExamWatch, RECAPTURE, type Turn, watchExam } from './during-exam.ts';
import { judgeLongLook } from './long-look.ts';
import type { Watching } from './parts.ts';
import type { Progress } from './progress.ts';
import { AT_REST, snapFrom } from './snapshots.ts';
import { openTemplateUpdates } from './template-update.ts';

/** One turn of looking, by what the sitting is at. Each ends early, and without effect, when it is called off. */
export type Turns = {
  readonly checkIn: Turn;
  readonly monitor: Turn;
  /** While paused: is the right face back? */
  readonly awaitReturn: Turn;
};

const USABLE_FRAMES = 5;
const CHECK_IN = { usable: USABLE_FRAMES, frames: 60, pauseMs: 60 };
/** Of whom no gestures are asked though the exam asks for some. */
const LONGER = { ...CHECK_IN, usable: LONG_LOOK, frames: 120 };
/** Gestures take their time; what ends them is their own time limits. */
const CHALLENGE = { usable: USABLE_FRAMES, pauseMs: 30 };
/** The longest stretch of frames in which the usable ones are the majority. */
const lastMoment = (usable: number): number => 2 * usable - 1;
const looksLonger = (sitting: Sitting): boolean => mustProveLife(sitting) && !asksForGestures(sitting);
const BETWEEN_ATTEMPTS_MS = 900;
/** A sentence is read in so long, also by whoever reads slowly: why it failed, before it is tried again. */
const TO_READ_MS = 3_000;
const RETURN_EVERY_MS = 1_200;
/** Usable frames without which nobody is taken for the candidate who came back. */
const ENOUGH_TO_RETURN = 3;
/** A photo that has not become a template by then is not coming. */
const [TEMPLATE_PATIENCE_MS, TEMPLATE_LOOK_MS] = [10_000, 250];
/** So many looks at check-in without one picture, each waiting some seconds for it: a person must help. */
const MAX_BLIND_LOOKS = 3;

export function makeTurns(parts: Watching, show: (progress: Progress) => void): Turns & Pick<ExamWatch, 'lookNow'> {
  const { seat, camera, devices } = parts;
  const judge = makeComparison(parts);
  const snap = snapFrom(parts);
  const watch = watchExam(parts, judge);
  const updates = openTemplateUpdates(parts);
  const submit = (capture: JudgedCapture, ...found: readonly (Reason | undefined)[]): void => {
    const doubts = found.flatMap((reason) => (reason ? [{ id: newIncidentId(), reason }] : []));
    seat.execute({ kind: 'judge', capture, incidentId: newIncidentId(), ...(doubts.length > 0 ? { doubts } : {}) });
  };
  let blind = { sitting: '', looks: 0 };

  const withoutPicture = async (sitting: Sitting, reason: Reason, signal: AbortSignal): Promise<void> => {
    show({ part: 0, advice: reason });
    await rest(BETWEEN_ATTEMPTS_MS, signal);
    blind = { sitting: sitting.id, looks: blind.sitting === sitting.id ? blind.looks + 1 : 1 };
    if (!signal.aborted && blind.looks >= MAX_BLIND_LOOKS) seat.execute({ kind: 'refuse', reason });
  };
  /** Who was put on the roster a moment ago, or comes while the networks are loaded, is not sent to a proctor for that. */
  const templateOrTime = async (sitting: Sitting, signal: AbortSignal): Promise<void> => {
    const { clock, thresholds } = parts;
    const { embedder } = thresholds;
    const { candidateId: candidate } = sitting;
    const roster = parts.roster.of(guestOf(sitting));
    let until = clock.monotonic() + TEMPLATE_PATIENCE_MS;
    const isComing = () =>
      devices.faces.state !== 'failed' &&
      !roster.template(candidate, embedder) &&
      roster.awaitsTemplate(candidate, embedder);
    while (!signal.aborted && isComing() && clock.monotonic() < until) {
      await rest(TEMPLATE_LOOK_MS, signal);
      // No photo is looked at before the networks are there.
      if (devices.faces.state === 'starting') until = clock.monotonic() + TEMPLATE_PATIENCE_MS;
    }
  };
  const withoutTemplate = (sitting: Sitting): Reason => {
    const { state, reason = 'models-failed' } = devices.faces;
    if (state === 'failed') return reason;
    const roster = parts.roster.of(guestOf(sitting));
    const again = roster.mustEnrolAgain(sitting.candidateId, parts.thresholds.embedder);
    return again ? 'enrolment-outdated' : 'no-enrolment';
  };
  const lookAtRest = (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal): Promise<Seen> => {
    const wanted = looksLonger(sitting) ? LONGER : CHECK_IN;
    return look(camera, eyes, {
      ...wanted,
      signal,
      onFrame: (seen, usable) => {
        snap(AT_REST, seen);
        show({ part: usable / wanted.usable, ...(seen.reason ? { advice: seen.reason } : {}) });
      },
    });
  };
  const challenge = (eyes: FaceEngine, gestures: readonly Gesture[], signal: AbortSignal): Promise<Seen> =>
    lookWhileAsking(camera, eyes, gestures, {
      ...CHALLENGE,
      sameFace: parts.thresholds.sameFace,
      signal,
      onFrame: snap,
      onStep: (step, advice) =>
        show({ part: (step.at - 1) / step.of, challenge: step, ...(advice && !step.gesture ? { advice } : {}) }),
    });
  const judgeNewest = (seen: Seen, sitting: Sitting): JudgedCapture => {
    const judgeThese = (some: Seen['observations']): JudgedCapture => judge({ observations: some }, sitting);
    if (looksLonger(sitting)) return judgeLongLook(newestOf(seen, LONG_LOOK), judgeThese);
    const capture = judgeThese(newestOf(seen, USABLE_FRAMES));
    return seen.challenge ? withChallenge(capture, seen.challenge) : capture;
  };
  /** How whoever was just known gives back the light of the screen. Where recordings are shown, nobody is told. */
  const submitByLight = async (capture: JudgedCapture, seen: Seen, ...turn: Parameters<Turn>): Promise<void> => {
    const [sitting, eyes, signal] = turn;
    const onStep = (light: LightStep): void => show({ part: light.at / light.of, light });
    const { sameFace } = parts.thresholds;
    const light = await lookByLight(camera, eyes, seen.observations, { sameFace, signal, onStep });
    const lit = { ...capture, light };
    if (signal.aborted || refusedFeed(sitting)) return;
    submit(lit, parts.recordedFeeds ? undefined : doubtByLight(lit, sitting), doubtByAdded(lit));
  };
  /** Whether a proctor must look first, because this may be no camera. */
  const refusedFeed = (sitting: Sitting): boolean => {
    const [doubt] = mustProveLife(sitting) ? doubtsOf(parts) : [];
    if (doubt) seat.execute({ kind: 'refuse', reason: doubt.reason });
    return doubt !== undefined;
  };
  const welcomeBack = async (...[sitting, eyes, signal]: Parameters<Turn>): Promise<void> => {
    parts.snapshots.begin(sitting.id);
    const seen = await look(camera, eyes, { ...RECAPTURE, signal, onFrame: (one) => snap(AT_REST, one) });
    if (signal.aborted) return;
    const capture = judge(seen, sitting);
    const trouble = seen.trouble ?? (camera.still && capture.usable > 0 ? 'camera-frozen' : undefined);
    const advice = trouble ?? capture.reason;
    show({ part: 0, ...(advice ? { advice } : {}) });
    if (trouble || capture.usable < ENOUGH_TO_RETURN) return;
    if (capture.outcome !== 'match' || !mustProveLife(sitting)) return submit(capture);
    // Somebody else may have been sent back with a picture of who went.
    const proof = asksForGestures(sitting)
      ? await challenge(eyes, drawReturn(randomInt), signal)
      : await lookAtRest(sitting, eyes, signal);
    if (!signal.aborted && !proof.trouble) submit(judgeNewest(proof, sitting));
  };
  return {
    async checkIn(sitting, eyes, signal) {
      show({ part: 0 });
      await templateOrTime(sitting, signal);
      if (signal.aborted) return;
      if (!parts.roster.of(guestOf(sitting)).template(sitting.candidateId, parts.thresholds.embedder)) {
        return seat.execute({ kind: 'refuse', reason: withoutTemplate(sitting) });
      }
      // A proctor looks at such a camera before anybody is believed through it.
      if (refusedFeed(sitting)) return;
      parts.snapshots.begin(sitting.id);
      const seen = asksForGestures(sitting)
        ? await challenge(eyes, drawGestures(randomInt), signal)
        : await lookAtRest(sitting, eyes, signal);
      if (signal.aborted) return;
      if (seen.trouble) return withoutPicture(sitting, devices.camera.reason ?? seen.trouble, signal);
      // Only the pictures of this look say whether they had been here before.
      if (refusedFeed(sitting)) return;
      const capture = judgeNewest(seen, sitting);
      if (capture.outcome === 'match' && asksForLight(sitting))
        await submitByLight(capture, seen, sitting, eyes, signal);
      else submit(capture, doubtByAdded(capture));
      if (capture.outcome === 'match') updates.offer(newestOf(seen, USABLE_FRAMES));
      if (capture.outcome === 'match' || signal.aborted) return rest(BETWEEN_ATTEMPTS_MS, signal);
      show({ part: 0, failed: capture.reason ?? capture.outcome });
      await rest(TO_READ_MS, signal);
    },
    monitor: watch.turn,
    lookNow: watch.lookNow,
    async awaitReturn(sitting, eyes, signal) {
      if (devices.camera.state === 'ready') await welcomeBack(sitting, eyes, signal);
      await rest(RETURN_EVERY_MS, signal);
    },
  };
}

/** What was seen at the last moment: nobody fails for the frames before the face was there. */
function newestOf({ observations, challenge }: Seen, usable: number): Seen['observations'] {
  const frames = challenge ? observations.filter(({ person }) => person) : observations;
  return frames.slice(-lastMoment(usable));
}

/** A face that did not do what was asked is not live, whatever else it is. */
function withChallenge(capture: JudgedCapture, { gestures, failure }: NonNullable<Seen['challenge']>): JudgedCapture {
  const challenge = { gestures, passed: failure === undefined };
  return failure ? { ...capture, challenge, outcome: 'not-live', reason: failure } : { ...capture, challenge };
}
