import { randomInt } from 'node:crypto';
import type { Reason } from '../../contract/reasons.ts';
import { type FaceEngine, judgeCapture, meanDirection } from '../../native/face/index.ts';
import { look, rest, type Seen } from '../capture/index.ts';
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
const RECAPTURE = { usable: USABLE_FRAMES, frames: USABLE_FRAMES, pauseMs: 120 };
/** The longest stretch of frames in which the usable ones are the majority. */
const LAST_MOMENT = 2 * USABLE_FRAMES - 1;
const BETWEEN_ATTEMPTS_MS = 900;
const CONFIRM_AFTER_MS = 900;
const RETURN_EVERY_MS = 1_200;
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
      const seen = await look(camera, eyes, {
        ...CHECK_IN,
        signal,
        onFrame: ({ usable, advice }) => show({ part: usable / USABLE_FRAMES, ...(advice ? { advice } : {}) }),
      });
      if (signal.aborted) return;
      if (seen.trouble) return withoutPicture(sitting, devices.camera.reason ?? seen.trouble, signal);
      // Only the last moment counts: nobody fails for the frames before the face was there.
      submit(judge({ observations: seen.observations.slice(-LAST_MOMENT) }, sitting));
      await rest(BETWEEN_ATTEMPTS_MS, signal);
    },
    async monitor(sitting, eyes, signal) {
      const { minSeconds, maxSeconds } = sitting.exam.recapture;
      await rest(randomInt(Math.round(minSeconds * 1000), Math.round(maxSeconds * 1000) + 1), signal);
      if (signal.aborted) return;
      if (devices.camera.state !== 'ready') return cameraGone(sitting);
      excused = '';
      const first = await recapture(sitting, eyes, signal);
      if (!first || first.outcome === 'match') return first && submit(first);
      // One odd moment is not a finding: look again before anybody is told.
      await rest(CONFIRM_AFTER_MS, signal);
      const second = await recapture(sitting, eyes, signal);
      if (!second) return;
      const clear = second.outcome === first.outcome || second.outcome === 'match';
      submit(clear ? second : { ...second, outcome: 'uncertain' });
    },
    async awaitReturn(sitting, eyes, signal) {
      if (devices.camera.state === 'ready') {
        const seen = await look(camera, eyes, { ...RECAPTURE, signal });
        if (signal.aborted) return;
        const capture = judge(seen, sitting);
        const advice = seen.trouble ?? capture.reason;
        show({ part: 0, ...(advice ? { advice } : {}) });
        submit(capture);
      }
      await rest(RETURN_EVERY_MS, signal);
    },
  };
}

/**
 * Compares with the enrolled template. Whom a proctor let in although there is none, or although the machine did not
 * recognise them, is compared with whoever sat down: that decision has been made, what matters is that nobody takes over.
 */
function makeJudge({
  roster,
  thresholds,
  calibration,
}: TerminalParts): (seen: Seen, sitting: Sitting) => JudgedCapture {
  let seated: { readonly sitting: string; readonly template: Float32Array } | undefined;
  return ({ observations }, sitting) => {
    const people = observations.flatMap(({ person }) => (person ? [person.embedding] : []));
    const first = meanDirection(people);
    const enrolled = sitting.identity?.how === 'overridden' ? undefined : roster.template(sitting.candidateId);
    const known = enrolled ?? (seated?.sitting === sitting.id ? seated.template : undefined);
    const capture = judgeCapture(observations, known ?? first, thresholds);
    if (!known && capture.outcome === 'match') seated = { sitting: sitting.id, template: first };
    return { ...capture, calibration };
  };
}
