import { FRAME_HEADER_BYTES, writeFrameHeader } from '../../contract/page/frame.ts';

/**
 * Holds the camera's newest frame and copies it, as RGBA, straight behind its header when the station asks. Runs beside
 * the page, so that reading pixels back never makes a tap wait.
 */
export type FrameOrder =
  | {
      readonly readable: ReadableStream<VideoFrame>;
      /** Of the page: its clock goes on where another worker takes the place of this one. */
      readonly timeOrigin: number;
    }
  | { readonly ticket: number };

/** An older picture is not of now: the next one is waited for. */
const MAX_AGE_MS = 500;

let newest: { readonly frame: VideoFrame; readonly capturedAt: number } | undefined;
let pageOrigin = performance.timeOrigin;
let ticket: number | undefined;
let sequence = 0;

self.addEventListener('message', ({ data }: MessageEvent<FrameOrder>) => {
  if ('readable' in data) {
    pageOrigin = data.timeOrigin;
    void follow(data.readable);
  } else {
    ticket = data.ticket;
    void answer();
  }
});

async function follow(readable: ReadableStream<VideoFrame>): Promise<void> {
  for await (const frame of readable) {
    newest?.frame.close();
    newest = { frame, capturedAt: pageTime() };
    sequence += 1;
    void answer();
  }
  newest?.frame.close();
  newest = undefined;
}

const pageTime = (): number => performance.timeOrigin + performance.now() - pageOrigin;

/** Each frame is sent once: an order that comes before the next picture waits for it. */
async function answer(): Promise<void> {
  if (ticket === undefined || !newest || pageTime() - newest.capturedAt > MAX_AGE_MS) return;
  const [{ frame, capturedAt }, order] = [newest, ticket];
  [newest, ticket] = [undefined, undefined];
  try {
    const { width, height } = { width: frame.displayWidth, height: frame.displayHeight };
    const message = new Uint8Array(FRAME_HEADER_BYTES + width * height * 4);
    writeFrameHeader(message, { ticket: order, width, height, sequence, capturedAt });
    await frame.copyTo(message.subarray(FRAME_HEADER_BYTES), {
      format: 'RGBA',
      rect: frame.visibleRect ?? { width, height },
    });
    self.postMessage(message, { transfer: [message.buffer] });
  } finally {
    frame.close();
  }
}
