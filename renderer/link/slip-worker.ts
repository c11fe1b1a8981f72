import decodeQR from 'qr/decode.js';
import { SLIP_MARK } from '../../contract/words/admission-slip.ts';

/** Looks for the code of an admission slip in what the camera shows, beside the page, and says it. No picture leaves this worker. */
export type SlipOrder = { readonly readable: ReadableStream<VideoFrame> };

const EVERY_MS = 250;
/** Enough to tell the modules of such a code apart where it fills half of the picture. */
const WIDEST = 640;
/** What is hard to read in one picture is easy in another. */
const PATIENCE_MS = 80;

let canvas: OffscreenCanvas | undefined;

self.addEventListener('message', ({ data }: MessageEvent<SlipOrder>) => void follow(data.readable));

async function follow(readable: ReadableStream<VideoFrame>): Promise<void> {
  let next = 0;
  for await (const frame of readable) {
    try {
      if (performance.now() < next) continue;
      const code = codeIn(frame);
      if (code?.startsWith(SLIP_MARK)) self.postMessage(code);
      next = performance.now() + EVERY_MS;
    } finally {
      frame.close();
    }
  }
}

function codeIn(frame: VideoFrame): string | undefined {
  const { displayWidth, displayHeight } = frame;
  const width = Math.min(displayWidth, WIDEST);
  const height = Math.round((displayHeight * width) / displayWidth);
  canvas ??= new OffscreenCanvas(width, height);
  // Another camera may come in the middle.
  if (canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (!drawing) return undefined;
  drawing.drawImage(frame, 0, 0, width, height);
  try {
    return decodeQR(drawing.getImageData(0, 0, width, height), { timeLimit: PATIENCE_MS });
  } catch {
    // Nothing to be read in this picture.
    return undefined;
  }
}
