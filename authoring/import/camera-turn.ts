const [START, EXIF_SEGMENT, SCAN] = [0xffd8, 0xffe1, 0xffda];
const EXIF = 0x45786966;
const ORIENTATION = 0x0112;

/**
 * Whether a camera wrote into a JPEG that it lies on its side, is upside down or mirrored. Browsers turn such a picture upright, and office
 * programs show it as it lies. Source: Exif 2.32, 4.6.
 */
export function isTurnedByCamera(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint16(0) !== START) return false;
    for (let at = 2; view.getUint16(at) !== SCAN; at += 2 + view.getUint16(at + 2)) {
      const isExif = view.getUint16(at) === EXIF_SEGMENT && view.getUint32(at + 4) === EXIF;
      if (isExif) return orientationOf(view, at + 10) > 1;
    }
  } catch {
    // It ends before it says so.
  }
  return false;
}

/** @param start of the TIFF in it, from where it counts */
function orientationOf(view: DataView, start: number): number {
  const isLittle = view.getUint16(start) === 0x4949;
  const first = start + view.getUint32(start + 4, isLittle);
  const count = view.getUint16(first, isLittle);
  for (let at = first + 2; at < first + 2 + count * 12; at += 12)
    if (view.getUint16(at, isLittle) === ORIENTATION) return view.getUint16(at + 8, isLittle);
  return 1;
}
