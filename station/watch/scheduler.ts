import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import type { FaceEngine } from '../../native/face/index.ts';
import { newIncidentId, type Sitting } from '../core/sitting/index.ts';
import { rest } from './camera/index.ts';
import { makeTurns, type Turns } from './check-in.ts';
import type { Watching } from './parts.ts';
import type { Progress } from './progress.ts';

/** Keeps an eye on the candidate: follows the sitting from stage to stage and takes the turns of looking it asks for. */
export type Scheduler = {
  readonly progress: Progress;
  /** During an exam: looks who sits there without waiting for its time. Settles after that look, if there is one. */
  lookNow(): Promise<void>;
  stop(): void;
};

const AFTER_FAULT_MS = 1_200;
const NO_WEIGHTS: readonly Reason[] = ['models-missing', 'models-altered'];
/** One broken frame is an accident; so many in a row is a broken engine. */
const MAX_FAULTS = 3;

export function startScheduler(parts: Watching, onProgress: () => void): Scheduler {
  const { seat, engine, devices } = parts;
  let progress: Progress = { part: 0 };
  let turn = turnOf(seat.current);
  let controller = new AbortController();
  let running = false;
  let faults = 0;
  let stopped = false;
  /** The sitting that was told that nobody looks. */
  let told: string | undefined;
  /** Whose pictures the camera's verdict is about. */
  let before: string | undefined;

  const looks = makeTurns(parts, (next) => {
    progress = next;
    onProgress();
  });
  /** No eyes: nobody is kept waiting before a camera that cannot see. */
  const eyesFailed = (reason: Reason): void => {
    devices.now('faces', { state: 'failed', reason });
    const { id, stage } = seat.current ?? {};
    if (stage === 'capturing') seat.execute({ kind: 'refuse', reason });
    else if (stage === 'in-progress' && told !== id)
      seat.execute({ kind: 'note', reason, incidentId: newIncidentId() });
    told = id;
    onProgress();
  };
  const tellEyesFailed = (reason: Reason): void => {
    try {
      eyesFailed(reason);
    } catch (error) {
      parts.log.error({ error: String(error) }, 'watcher');
    }
  };
  /** There are no weights, or none that can be used: that does not mend itself. */
  const neverLoaded = (): boolean => NO_WEIGHTS.some((reason) => reason === devices.faces.reason);
  /** What has seen something works, whatever was said of it before. */
  const observe: FaceEngine['observe'] = async (picture, wish) => {
    if (!engine) throw new Refusal('models-missing');
    const seen = await engine.observe(picture, wish);
    if (devices.faces.state === 'failed') devices.now('faces', { state: 'ready' });
    return seen;
  };
  const takeTurn = async (signal: AbortSignal): Promise<void> => {
    const sitting = seat.current;
    if (!sitting || !turn) return;
    if (engine && !neverLoaded()) return looks[turn](sitting, { ...engine, observe }, signal);
    eyesFailed(devices.faces.reason ?? 'models-failed');
    await rest(AFTER_FAULT_MS, signal);
  };
  const run = async (): Promise<void> => {
    while (!stopped && turn) {
      const { signal } = controller;
      try {
        await takeTurn(signal);
        faults = 0;
      } catch (error) {
        // A refused command means the stage moved on meanwhile; a fault must not stop the looking.
        parts.log.warn({ error: String(error), turn }, 'watcher');
        if (error instanceof Refusal && error.reason === 'models-failed' && ++faults >= MAX_FAULTS)
          tellEyesFailed(error.reason);
        await rest(AFTER_FAULT_MS, signal);
      }
    }
    running = false;
  };
  const follow = (): void => {
    if (seat.current && seat.current.id !== before) parts.camera.beginAnew();
    before = seat.current?.id ?? before;
    if (!seat.current) parts.snapshots.forget();
    const next = turnOf(seat.current);
    if (next !== turn) {
      turn = next;
      progress = { part: 0 };
      controller.abort();
      controller = new AbortController();
    }
    if (!turn || running) return;
    running = true;
    void run();
  };
  seat.onChange(follow);
  follow();
  return {
    get progress() {
      return progress;
    },
    lookNow: looks.lookNow,
    stop() {
      stopped = true;
      controller.abort();
    },
  };
}

function turnOf(sitting: Sitting | undefined): keyof Turns | undefined {
  // Who declined was promised a document check instead of a camera; who was not asked promised nothing.
  if (sitting?.consent !== true) return undefined;
  switch (sitting?.stage) {
    case 'capturing':
      return 'checkIn';
    case 'in-progress':
      return 'monitor';
    case 'paused':
      return 'awaitReturn';
    default:
      return undefined;
  }
}
