import type { Gesture } from '../../../contract/words/exam.ts';
import type { Reason } from '../../../contract/words/reasons.ts';
import type { FaceEngine, Observation } from '../../../native/face/index.ts';
import type { Camera } from './camera.ts';

export type Look = {
  /** Stop once so many frames show one usable face. */
  readonly usable: number;
  /** Stop after so many frames whatever they show. */
  readonly frames: number;
  /** Rest between frames, so that they are different moments and the processor is not kept busy. */
  readonly pauseMs: number;
  readonly signal: AbortSignal;
  /** Whether mirror images are looked at too: as the engine does where nothing is said. */
  readonly mirror?: boolean;
  readonly onFrame?: (seen: Observation, usable: number) => void;
};

export type Seen = {
  readonly observations: readonly Observation[];
  readonly trouble?: Extract<Reason, 'camera-lost' | 'camera-frozen'>;
  /** What was asked for besides, and why it was not passed; no failure where it was. */
  readonly challenge?: { readonly gestures: readonly Gesture[]; readonly failure?: Reason };
};

/** Turns at the candidate for a moment: several frames, newest first, each analysed before the next is asked for. */
export async function look(camera: Camera, engine: FaceEngine, wanted: Look): Promise<Seen> {
  const observations: Observation[] = [];
  const mirrored = wanted.mirror === undefined ? {} : { mirror: wanted.mirror };
  let usable = 0;
  while (observations.length < wanted.frames && usable < wanted.usable && !wanted.signal.aborted) {
    const frame = await unlessAborted(camera.nextFrame(), wanted.signal);
    if (frame === undefined) break;
    if (typeof frame === 'string') return { observations, trouble: frame };
    const seen = await unlessAborted(engine.observe(frame, { depth: 'identify', ...mirrored }), wanted.signal);
    if (!seen) break;
    observations.push(seen);
    if (seen.person) usable += 1;
    wanted.onFrame?.(seen, usable);
    if (usable < wanted.usable) await rest(wanted.pauseMs, wanted.signal);
  }
  return { observations };
}

/** Nothing once it is called off: what hangs must not hold up the next candidate. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const stop = (): void => resolve(undefined);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  work.catch(() => undefined);
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

/** Waits, or returns at once where it is called off. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  const timer = setTimeout(done, ms);
  signal.addEventListener('abort', done);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', done);
  });
}
