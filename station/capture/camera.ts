import type { Frame } from '../../contract/frame.ts';
import type { Reason } from '../../contract/reasons.ts';

/** The page's camera as the station sees it: it asks for the newest frame when it has time for one, never more. */
export type Camera = {
  /** The newest frame, or why there is none: `camera-lost` after `timeoutMs`, `camera-frozen` where pictures repeat. */
  nextFrame(timeoutMs?: number): Promise<Frame | Extract<Reason, 'camera-lost' | 'camera-frozen'>>;
  deliver(frame: Frame): void;
};

/** A real sensor never gives the same picture twice; so many times in a row is a stopped or a replayed still. */
const FROZEN_AFTER = 8;
const SAMPLES = 512;

export function openCamera(ask: (ticket: number) => void): Camera {
  let ticket = 0;
  let waiting: { ticket: number; resolve: (frame: Frame | undefined) => void } | undefined;
  let lastSample = 0;
  let repeats = 0;

  const receive = (timeoutMs: number): Promise<Frame | undefined> => {
    const { promise, resolve } = Promise.withResolvers<Frame | undefined>();
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    waiting?.resolve(undefined);
    waiting = { ticket: ++ticket, resolve };
    ask(ticket);
    return promise.finally(() => clearTimeout(timer));
  };
  return {
    async nextFrame(timeoutMs = 4_000) {
      const frame = await receive(timeoutMs);
      if (!frame) return 'camera-lost';
      const sample = checksum(frame.pixels);
      repeats = sample === lastSample ? repeats + 1 : 0;
      lastSample = sample;
      return repeats >= FROZEN_AFTER ? 'camera-frozen' : frame;
    },
    deliver(frame) {
      if (waiting?.ticket !== frame.ticket) return;
      waiting.resolve(frame);
      waiting = undefined;
    },
  };
}

/** FNV-1a over evenly spread bytes: cheap enough for every frame. */
function checksum(pixels: Uint8Array): number {
  let hash = 0x811c9dc5;
  const step = Math.max(1, Math.floor(pixels.length / SAMPLES));
  for (let at = 0; at < pixels.length; at += step) hash = Math.imul(hash ^ (pixels[at] as number), 0x01000193);
  return hash >>> 0;
}
