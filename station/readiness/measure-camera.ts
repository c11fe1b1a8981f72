import type { Frame } from '../../contract/page/frame.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { judgeView, type QualityReport } from '../../native/face/index.ts';
import { type Camera, rest } from '../watch/index.ts';

export type CameraMeasure =
  | {
      /** Of the camera, not of the few that were asked for. */
      readonly picturesPerSecond: number;
      readonly width: number;
      readonly height: number;
      readonly report: QualityReport;
    }
  | { readonly trouble: Extract<Reason, 'camera-lost' | 'camera-frozen'> };

const FRAMES = 12;
const PAUSE_MS = 120;
const PATIENCE_MS = 2_000;

/**
 * Asks for some pictures as check-in does, and looks at light and sharpness of the last one, not at faces: nobody who passes
 * by has agreed to that. Called off where somebody sits down: then the camera is theirs.
 * @returns nothing where it was called off
 */
export async function measureCamera(camera: Camera, signal: AbortSignal): Promise<CameraMeasure | undefined> {
  const frames: Frame[] = [];
  while (frames.length < FRAMES && !signal.aborted) {
    const frame = await camera.nextFrame(PATIENCE_MS);
    if (signal.aborted) return undefined;
    if (typeof frame === 'string') return { trouble: frame };
    frames.push(frame);
    await rest(PAUSE_MS, signal);
  }
  const [first, last] = [frames[0], frames.at(-1)];
  if (signal.aborted || !first || !last) return undefined;
  const { width, height } = last;
  return { picturesPerSecond: rateOf(first, last), width, height, report: judgeView(last) };
}

/** By the numbers the page gives the pictures of its camera. */
const rateOf = (first: Frame, last: Frame): number =>
  ((last.sequence - first.sequence) * 1_000) / Math.max(last.capturedAt - first.capturedAt, 1);
