/** A size of picture that a camera gives, in pixels. */
export type PictureSize = { readonly width: number; readonly height: number };

/** USB device class definition for video devices: a descriptor of a class, and those of frames among them. */
const OF_CLASS = 0x24;
/** Uncompressed, MJPEG, and based on frames, such as H.264. */
const FRAMES: readonly number[] = [0x05, 0x07, 0x11];
const INTERFACE = 0x04;
const [VIDEO, STREAMING] = [0x0e, 0x02];
/** Up to width and height, which lie at the same place in all three. */
const SHORTEST_FRAME = 9;

/**
 * The sizes of a USB camera, as it says them itself.
 * @param descriptors all of the device, one after the other, as Linux keeps them under `/sys`
 * @returns none where it has formats without frames, or this is none
 */
export function sizesIn(descriptors: Uint8Array): readonly PictureSize[] {
  const view = new DataView(descriptors.buffer, descriptors.byteOffset, descriptors.byteLength);
  const sizes = new Map<string, PictureSize>();
  let streams = false;
  for (let at = 0; at + 2 <= view.byteLength; ) {
    const [length, kind] = [view.getUint8(at), view.getUint8(at + 1)];
    if (length < 2 || at + length > view.byteLength) break;
    if (kind === INTERFACE && length >= 7)
      streams = view.getUint8(at + 5) === VIDEO && view.getUint8(at + 6) === STREAMING;
    if (streams && kind === OF_CLASS && length >= SHORTEST_FRAME && FRAMES.includes(view.getUint8(at + 2))) {
      const [width, height] = [view.getUint16(at + 5, true), view.getUint16(at + 7, true)];
      sizes.set(`${width} x ${height}`, { width, height });
    }
    at += length;
  }
  return [...sizes.values()];
}
