import type { SlipOrder } from './slip-worker.ts';

/**
 * Reads codes of admission slips off the camera while somebody shows one: in a worker, so that no tap waits for it, and over pictures
 * of its own, so that the station's are as they are.
 * @returns stops it
 */
export function readSlips(stream: MediaStream, onCode: (code: string) => void): () => void {
  const [camera] = stream.getVideoTracks();
  if (!camera) return () => undefined;
  const track = camera.clone();
  const worker = new Worker(new URL('./slip-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<string>) => onCode(data));
  const { readable } = new MediaStreamTrackProcessor({ track });
  worker.postMessage({ readable } satisfies SlipOrder, [readable]);
  return () => {
    track.stop();
    worker.terminate();
  };
}
