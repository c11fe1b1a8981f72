import type { FrameOrder } from './frame-worker.ts';
import type { StationLink } from './station.ts';

declare global {
  /** https://www.w3.org/TR/mediacapture-transform/; Chromium has it in windows, TypeScript's DOM library has not. */
  class MediaStreamTrackProcessor {
    constructor(init: { track: MediaStreamTrack });
    readonly readable: ReadableStream<VideoFrame>;
  }
}

type CameraState = 'live' | 'missing' | 'denied' | 'busy' | 'lost';

/** The one camera of the page, open as long as the page is, so that no picture is missed between two screens. */
export type PageCamera = {
  readonly stream: () => MediaStream | undefined;
  subscribe(listener: () => void): () => void;
};

const RETRY_MS = 2_000;
const WISH: MediaStreamConstraints = {
  audio: false,
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } },
};

export function openPageCamera(station: StationLink): PageCamera {
  let stream: MediaStream | undefined;
  let state: CameraState | undefined;
  let worker: Worker | undefined;
  const listeners = new Set<() => void>();

  const report = (next: CameraState): void => {
    state = next;
    const track = stream?.getVideoTracks()[0];
    const [label, device] = [track?.label, track?.getSettings().deviceId];
    const which = { ...(label ? { label } : {}), ...(device ? { device } : {}) };
    station.call('camera.report', { state: next, ...which }).catch(() => undefined);
    for (const listener of listeners) listener();
  };
  const lost = (): void => {
    stream = undefined;
    worker?.terminate();
    worker = undefined;
    report('lost');
    setTimeout(start, RETRY_MS);
  };
  const start = async (): Promise<void> => {
    try {
      stream = await navigator.mediaDevices.getUserMedia(WISH);
    } catch (error) {
      report(reasonOf(error));
      setTimeout(start, RETRY_MS);
      return;
    }
    const [track] = stream.getVideoTracks();
    if (!track) return lost();
    track.addEventListener('ended', lost, { once: true });
    worker = new Worker(new URL('./frame-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => station.sendFrame(data));
    const { readable } = new MediaStreamTrackProcessor({ track: track.clone() });
    worker.postMessage({ readable, timeOrigin: performance.timeOrigin } satisfies FrameOrder, [readable]);
    report('live');
  };

  station.onFrameWanted((ticket) => worker?.postMessage({ ticket } satisfies FrameOrder));
  station.onOpen(() => {
    if (state) report(state);
  });
  void start();
  return {
    stream: () => stream,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function reasonOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing';
}
