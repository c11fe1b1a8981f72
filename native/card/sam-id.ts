import { SAM_ID_BYTES } from './samv-tables.ts';

/**
 * A reader's own number as it is printed on the reader, `05.01-20070129-0000000123-0123456789`: two 16-bit and three
 * 32-bit little-endian numbers. The layout is from memory of vendors' libraries; the 16 bytes are from FACTS' command.
 * @returns undefined where the data is no SAM id
 */
export function formatSamId(data: Uint8Array): string | undefined {
  if (data.length < SAM_ID_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, SAM_ID_BYTES);
  const short = (at: number): string => String(view.getUint16(at, true)).padStart(2, '0');
  const long = (at: number, digits: number): string => String(view.getUint32(at, true)).padStart(digits, '0');
  return `${short(0)}.${short(2)}-${long(4, 8)}-${long(8, 10)}-${long(12, 10)}`;
}
