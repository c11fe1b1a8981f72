import type { MediaType } from './course.ts';

/** So many bytes tell what a file is. */
export const MEDIA_START_BYTES = 64;

/** What films, documents and packages begin with, in hexadecimal. Other Matroska than WebM is none: no page plays it. */
const STARTS: readonly (readonly [MediaType, RegExp])[] = [
  ['video/mp4', /^.{8}66747970/],
  ['video/webm', /^1a45dfa3.*7765626d/],
  ['application/pdf', /^255044462d/],
  ['application/zip', /^504b0304/],
];

/** What the page can show of a course, by how the file begins: what a file is called says nothing of what is in it. */
export function mediaTypeOf(start: Uint8Array): MediaType | undefined {
  const bytes = Array.from(start.subarray(0, MEDIA_START_BYTES), (byte) => byte.toString(16).padStart(2, '0'));
  return STARTS.find(([, pattern]) => pattern.test(bytes.join('')))?.[0];
}
