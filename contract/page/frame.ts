/**
 * A camera frame as it travels from the page to the station: a 24-byte header and raw pixels, never base64.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 4 | magic `ESF1` |
 * | 4 | 4 | ticket: the request this frame answers (uint32, little endian like all that follow) |
 * | 8 | 2 + 2 | width, height in pixels |
 * | 12 | 4 | sequence number of the camera's frame |
 * | 16 | 8 | when the camera gave it, milliseconds on the page's monotonic clock (float64): later than that of any frame before, and not more than half a second before it was asked for |
 * | 24 | width x height x 4 | RGBA, row by row, 8 bits a channel |
 */
export type Frame = {
  readonly ticket: number;
  readonly width: number;
  readonly height: number;
  readonly sequence: number;
  readonly capturedAt: number;
  /** RGBA; a view of the message, not a copy. */
  readonly pixels: Uint8Array;
};

export const FRAME_HEADER_BYTES = 24;
export const FRAME_MAX_SIDE = 1920;
const MAGIC = 0x31465345; // "ESF1" read as a little-endian uint32

export function writeFrameHeader(message: Uint8Array, frame: Omit<Frame, 'pixels'>): void {
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, frame.ticket, true);
  view.setUint16(8, frame.width, true);
  view.setUint16(10, frame.height, true);
  view.setUint32(12, frame.sequence, true);
  view.setFloat64(16, frame.capturedAt, true);
}

/** @returns the frame, or `undefined` where the bytes are not one (reason code `frame-malformed`). */
export function parseFrame(message: Uint8Array): Frame | undefined {
  if (message.byteLength < FRAME_HEADER_BYTES) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, FRAME_HEADER_BYTES);
  if (view.getUint32(0, true) !== MAGIC) return undefined;
  const width = view.getUint16(8, true);
  const height = view.getUint16(10, true);
  const capturedAt = view.getFloat64(16, true);
  const wrongSize = width < 16 || height < 16 || width > FRAME_MAX_SIDE || height > FRAME_MAX_SIDE;
  if (wrongSize || !Number.isFinite(capturedAt)) return undefined;
  if (message.byteLength !== FRAME_HEADER_BYTES + width * height * 4) return undefined;
  return {
    ticket: view.getUint32(4, true),
    width,
    height,
    sequence: view.getUint32(12, true),
    capturedAt,
    pixels: message.subarray(FRAME_HEADER_BYTES),
  };
}
