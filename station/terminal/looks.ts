import { randomInt } from 'node:crypto';
import { type CaptureOutcome, livenessOf } from '../../contract/exam.ts';
import type { Reason } from '../../contract/reasons.ts';
import {
  drawGestures,
  type FaceEngine,
  judgeCapture,
  meanDirection,
  type Template,
  templateOf,
} from '../../native/face/index.ts';
import { look, lookWhileAsking, rest, type Seen } from '../capture/index.ts';
import { type JudgedCapture, newIncidentId, type Sitting } from '../sitting/index.ts';
import type { TerminalParts } from './parts.ts';
import type { Progress } from './stage-view.ts';

/** One turn of looking, by what the sitting is at. Each ends early, and without effect, when it is called off. */
export type Looks = {
  readonly checkIn: Turn;
  readonly monitor: Turn;
  /** While paused: is the right face back? */
  readonly awaitReturn: Turn;
};
type Turn = (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal) => Promise<void>;

const USABLE_FRAMES = 5;
const CHECK_IN = { usable: USABLE_FRAMES, frames: 60, pauseMs: 60 };
/** Gestures take their time; what ends them is their own time limits. */
const CHALLENGE = { usable: USABLE_FRAMES, frames: 600, pauseMs: 30 };
const RECAPTURE = { usable: USABLE_FRAMES, frames: USABLE_FRAMES, pauseMs: 120 };
/** The longest stretch of frames in which the usable ones are the majority. */
const LAST_MOMENT = 2 * USABLE_FRAMES - 1;
const BETWEEN_ATTEMPTS_MS = 900;
const CONFIRM_AFTER_MS = 900;
const RETURN_EVERY_MS = 1_200;
/** So many turns a page may take to say what camera it has. */
const MAX_SILENT_TURNS = 6;
/** Usable frames without which nobody is taken for the candidate who came back. */
const ENOUGH_TO_RETURN = 3;
/** So many looks at check-in without one picture, each waiting some seconds for it: a person must help. */
const MAX_BLIND_LOOKS = 3;

export function makeLooks(parts: TerminalParts, show: (progress: Progress) => void): Looks {
  const { seat, camera, devices } = parts;
  const judge = makeJudge(parts);
  const submit = (capture: JudgedCapture): void =>
    seat.execute({ kind: 'judge', capture, incidentId: newIncidentId() });
  let blind = { sitting: '', looks: 0 };

  const withoutPicture = async (sitting: Sitting, reason: Reason, signal: AbortSignal): Promise<void> => {
    show({ part: 0, advice: reason });
    await rest(BETWEEN_ATTEMPTS_MS, signal);
    blind = { sitting: sitting.id, looks: blind.sitting === sitting.id ? blind.looks + 1 : 1 };
    if (!signal.aborted && blind.looks >= MAX_BLIND_LOOKS) seat.execute({ kind: 'refuse', reason });
  };
  const lookAtRest = (eyes: FaceEngine, signal: AbortSignal): Promise<Seen> =>
    look(camera, eyes, {
      ...CHECK_IN,
      signal,
      onFrame: ({ usable, advice }) => show({ part: usable / USABLE_FRAMES, ...(advice ? { advice } : {}) }),
    });
  const challenge = (eyes: FaceEngine, signal: AbortSignal): Promise<Seen> =>
    lookWhileAsking(camera, eyes, drawGestures(randomInt), {
      ...CHALLENGE,
      signal,
      onStep: (step, advice) =>
        show({ part: (step.at - 1) / step.of, challenge: step, ...(advice && !step.gesture ? { advice } : {}) }),
    });
  /** One re-capture; nothing where there is no picture, which interrupts the exam. */
  const recapture: (...turn: Parameters<Turn>) => Promise<JudgedCapture | undefined> = async (
    sitting,
    eyes,
    signal,
  ) => {
    const seen = await look(camera, eyes, { ...RECAPTURE, signal });
    if (signal.aborted) return undefined;
    if (!seen.trouble) return judge(seen, sitting);
    seat.execute({ kind: 'interrupt', reason: seen.trouble, incidentId: newIncidentId() });
    return undefined;
  };

  // A sitting that was told of its missing camera once is not told again until the camera was back.
  let excused = '';
  /** The sitting that was looked at since its exam began. */
  let lookedAt = '';
  let silent = 0;
  const cameraGone = (sitting: Sitting): void => {
    if (excused === sitting.id) return;
    excused = sitting.id;
    const reason = devices.camera.reason ?? 'camera-lost';
    // Whom a proctor let in by hand, a proctor has in view; who got in by face is not examined without one.
    const kind = sitting.identity?.how === 'verified' ? 'interrupt' : 'note';
    seat.execute({ kind, reason, incidentId: newIncidentId() });
  };

  return {
    async checkIn(sitting, eyes, signal) {
      if (!parts.roster.template(sitting.candidateId)) return seat.execute({ kind: 'refuse', reason: 'no-enrolment' });
      show({ part: 0 });
      const active = livenessOf(sitting.exam) === 'active';
      const seen = active ? await challenge(eyes, signal) : await lookAtRest(eyes, signal);
      if (signal.aborted) return;
      if (seen.trouble) return withoutPicture(sitting, devices.camera.reason ?? seen.trouble, signal);
      // Only the last moment counts: nobody fails for the frames before the face was there.
      const capture = judge({ observations: seen.observations.slice(-LAST_MOMENT) }, sitting);
      submit(seen.challenge ? withChallenge(capture, seen.challenge) : capture);
      await rest(BETWEEN_ATTEMPTS_MS, signal);
    },
    async monitor(sitting, eyes, signal) {
      const { minSeconds, maxSeconds } = sitting.exam.recapture;
      // The first look comes at once: who was unlocked is not always who sits down.
      const wait =
        lookedAt === sitting.id ? randomInt(Math.round(minSeconds * 1000), Math.round(maxSeconds * 1000) + 1) : 0;
      await rest(wait, signal);
      if (signal.aborted) return;
      // A page that has just come has not said yet what it has; one that stays silent has nothing.
      silent = devices.camera.state === 'starting' ? silent + 1 : 0;
      lookedAt = silent > 0 ? '' : sitting.id;
      if (silent > 0 && silent < MAX_SILENT_TURNS) return rest(RETURN_EVERY_MS, signal);
      if (devices.camera.state !== 'ready') return cameraGone(sitting);
      excused = '';
      const first = await recapture(sitting, eyes, signal);
      if (!first || first.outcome === 'match') return first && submit(first);
      // One odd moment is not a finding: look again before anybody is told.
      await rest(CONFIRM_AFTER_MS, signal);
      const second = await recapture(sitting, eyes, signal);
      if (second) submit(second.outcome === 'match' ? second : graver(first, second));
    },
    async awaitReturn(sitting, eyes, signal) {
      if (devices.camera.state === 'ready') {
        const seen = await look(camera, eyes, { ...RECAPTURE, signal });
        if (signal.aborted) return;
        const capture = judge(seen, sitting);
        const advice = seen.trouble ?? capture.reason;
        show({ part: 0, ...(advice ? { advice } : {}) });
        if (!seen.trouble && capture.usable >= ENOUGH_TO_RETURN) submit(capture);
      }
      await rest(RETURN_EVERY_MS, signal);
    },
  };
}

/** A face that did not do what was asked is not live, whatever else it is. */
function withChallenge(capture: JudgedCapture, { gestures, failure }: NonNullable<Seen['challenge']>): JudgedCapture {
  const challenge = { gestures, passed: failure === undefined };
  return failure ? { ...capture, challenge, outcome: 'not-live', reason: failure } : { ...capture, challenge };
}

/** From the one that means least to the one that means most. */
const GRAVITY: readonly CaptureOutcome[] = ['match', 'uncertain', 'no-face', 'not-live', 'several-faces', 'mismatch'];

const graver = (first: JudgedCapture, second: JudgedCapture): JudgedCapture =>
  GRAVITY.indexOf(first.outcome) > GRAVITY.indexOf(second.outcome) ? first : second;

/**
 * Compares whom the camera verified with the enrolled template. Whom a proctor let in is compared with whoever sat down
 * first: that decision has been made, what matters is that nobody takes over. Where there is nothing to compare with, or
 * the exam stands still, nobody becomes the reference: the outcome is `uncertain`.
 */
function makeJudge({
  roster,
  thresholds,
  calibration,
}: TerminalParts): (seen: Seen, sitting: Sitting) => JudgedCapture {
  let seated: { readonly sitting: string; readonly template: Template } | undefined;
  const referenceFor = ({ id, stage, identity, candidateId }: Sitting, first: Template): Template | undefined => {
    if (identity?.how !== 'overridden') return roster.template(candidateId);
    if (seated?.sitting === id) return seated.template;
    return stage === 'in-progress' ? first : undefined;
  };
  return ({ observations }, sitting) => {
    const first = templateOf([meanDirection(observations.flatMap(({ person }) => (person ? [person.embedding] : [])))]);
    const reference = referenceFor(sitting, first);
    const capture = judgeCapture(observations, reference ?? first, thresholds);
    if (!reference && capture.similarity !== undefined) {
      const { similarity: _, ...rest } = capture;
      return { ...rest, outcome: capture.outcome === 'not-live' ? 'not-live' : 'uncertain', calibration };
    }
    if (reference === first && capture.outcome === 'match') seated = { sitting: sitting.id, template: first };
    return { ...capture, calibration };
  };
}
