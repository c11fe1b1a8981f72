import { randomInt } from 'node:crypto';
import type { RecapturePolicy } from '../../contract/exam.ts';
import { type FaceEngine, judgeCapture, meanDirection } from '../../native/face/index.ts';
import { look, rest, type Seen } from '../capture/index.ts';
import { type JudgedCapture, newIncidentId, type Sitting } from '../sitting/index.ts';
import type { TerminalParts } from './parts.ts';
import type { Progress } from './stage-view.ts';

/** Who looks at the candidate: at check-in, and again and again while the exam runs. */
export type Watcher = { readonly progress: Progress; stop(): void };

const USABLE_FRAMES = 5;
const CHECK_IN = { usable: USABLE_FRAMES, frames: 60, pauseMs: 60 };
const RECAPTURE = { usable: USABLE_FRAMES, frames: USABLE_FRAMES, pauseMs: 120 };
const BETWEEN_ATTEMPTS_MS = 900;
const CONFIRM_AFTER_MS = 900;
const RETURN_EVERY_MS = 1_200;
/** So long at check-in without one picture from the camera: a person must help. */
const NO_CAMERA_MS = 12_000;

type Phase = 'check-in' | 'monitor' | 'return' | 'none';

export function startWatcher(parts: TerminalParts, onProgress: () => void): Watcher {
  const { seat, camera, engine, devices } = parts;
  let progress: Progress = { part: 0 };
  let phase: Phase = 'none';
  let controller = new AbortController();
  let stopped = false;
  // Where there is no enrolled template (an override), the person who sat down is the reference for the rest.
  let seated: { readonly sitting: string; readonly template: Float32Array } | undefined;

  const show = (next: Progress): void => {
    progress = next;
    onProgress();
  };
  const referenceFor = (sitting: Sitting): Float32Array | undefined =>
    parts.roster.template(sitting.candidateId) ?? (seated?.sitting === sitting.id ? seated.template : undefined);

  const judge = (seen: Seen, sitting: Sitting): JudgedCapture => {
    const people = seen.observations.flatMap(({ person }) => (person ? [person.embedding] : []));
    const reference = referenceFor(sitting);
    if (!reference && people.length >= USABLE_FRAMES) seated = { sitting: sitting.id, template: meanDirection(people) };
    const against = reference ?? seated?.template ?? new Float32Array(256);
    return { ...judgeCapture(seen.observations, against, parts.thresholds), calibration: parts.calibration };
  };
  const submit = (capture: JudgedCapture, policy: RecapturePolicy): void =>
    seat.execute({ kind: 'judge', capture, policy, incidentId: newIncidentId() });

  const policyOf = (sitting: Sitting): RecapturePolicy => parts.roster.exam(sitting.examId).recapture;

  const checkIn = async (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal): Promise<void> => {
    if (!parts.roster.template(sitting.candidateId)) return seat.execute({ kind: 'refuse', reason: 'no-enrolment' });
    show({ part: 0 });
    const seen = await look(camera, eyes, {
      ...CHECK_IN,
      signal,
      onFrame: ({ usable, advice }) => show({ part: usable / USABLE_FRAMES, ...(advice ? { advice } : {}) }),
    });
    if (signal.aborted) return;
    if (seen.trouble) return noCamera(signal);
    submit(judge(seen, sitting), policyOf(sitting));
    await rest(BETWEEN_ATTEMPTS_MS, signal);
  };
  const noCamera = async (signal: AbortSignal): Promise<void> => {
    show({ part: 0, advice: devices.camera.reason ?? 'camera-lost' });
    await rest(NO_CAMERA_MS, signal);
    if (signal.aborted || devices.camera.state === 'ready') return;
    seat.execute({ kind: 'refuse', reason: devices.camera.reason ?? 'camera-missing' });
  };

  const monitor = async (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal): Promise<void> => {
    const { minSeconds, maxSeconds } = policyOf(sitting);
    await rest(randomInt(Math.round(minSeconds * 1000), Math.round(maxSeconds * 1000) + 1), signal);
    if (signal.aborted || devices.camera.state !== 'ready') return;
    const first = await take(sitting, eyes, signal);
    if (!first || signal.aborted) return;
    if (first.outcome === 'match') return submit(first, policyOf(sitting));
    // One odd moment is not a finding: look again before anybody is told.
    await rest(CONFIRM_AFTER_MS, signal);
    const second = await take(sitting, eyes, signal);
    if (!second || signal.aborted) return;
    const confirmed = second.outcome === first.outcome || second.outcome === 'match';
    submit(confirmed ? second : { ...second, outcome: 'uncertain' }, policyOf(sitting));
  };
  const take = async (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal): Promise<JudgedCapture | undefined> => {
    const seen = await look(camera, eyes, { ...RECAPTURE, signal });
    if (signal.aborted) return undefined;
    if (!seen.trouble) return judge(seen, sitting);
    seat.execute({ kind: 'interrupt', reason: seen.trouble, incidentId: newIncidentId() });
    return undefined;
  };

  const awaitReturn = async (sitting: Sitting, eyes: FaceEngine, signal: AbortSignal): Promise<void> => {
    if (devices.camera.state === 'ready') {
      const seen = await look(camera, eyes, { ...RECAPTURE, signal });
      if (signal.aborted) return;
      const capture = judge(seen, sitting);
      show({
        part: 0,
        ...(seen.trouble ? { advice: seen.trouble } : capture.reason ? { advice: capture.reason } : {}),
      });
      submit(capture, policyOf(sitting));
    }
    await rest(RETURN_EVERY_MS, signal);
  };

  const turn = async (signal: AbortSignal): Promise<void> => {
    const sitting = seat.current;
    if (!sitting || phase === 'none') return;
    if (!engine) {
      if (phase === 'check-in') seat.execute({ kind: 'refuse', reason: devices.faces.reason ?? 'models-failed' });
      return rest(RETURN_EVERY_MS, signal);
    }
    if (phase === 'check-in') return checkIn(sitting, engine, signal);
    return phase === 'monitor' ? monitor(sitting, engine, signal) : awaitReturn(sitting, engine, signal);
  };
  const run = async (): Promise<void> => {
    while (!stopped && phase !== 'none') {
      const { signal } = controller;
      try {
        await turn(signal);
      } catch (error) {
        // A refused command means the stage moved on meanwhile; anything else is a fault that must not stop the looking.
        parts.log.warn({ error: String(error), phase }, 'watcher');
        await rest(RETURN_EVERY_MS, signal);
      }
    }
    running = false;
  };
  let running = false;
  const follow = (): void => {
    const next = phaseOf(seat.current);
    if (next === phase) return;
    phase = next;
    progress = { part: 0 };
    controller.abort();
    controller = new AbortController();
    if (phase === 'none' || running) return;
    running = true;
    void run();
  };
  seat.onChange(follow);
  follow();
  return {
    get progress() {
      return progress;
    },
    stop() {
      stopped = true;
      controller.abort();
    },
  };
}

function phaseOf(sitting: Sitting | undefined): Phase {
  if (sitting?.stage === 'capturing') return 'check-in';
  if (sitting?.stage === 'in-progress') return 'monitor';
  return sitting?.stage === 'paused' ? 'return' : 'none';
}
