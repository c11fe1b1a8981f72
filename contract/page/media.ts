import { Sha256 } from '../words/ids.ts';
import { pictureType } from '../words/pictures.ts';

/** Where the page finds a file of a course: beside itself, whoever serves it and wherever. */
export const mediaPath = (hash: Sha256): string => `media/${hash}`;

/** The file that a path of the page stands for; nothing where it is no such path, however it is spelt. */
export const mediaHashIn = (path: string): Sha256 | undefined =>
  Sha256.safeParse(/^\/media\/([0-9a-f]{64})$/.exec(path)?.[1]).data;

/** How many of its first bytes say what a file is. */
export const MEDIA_START_BYTES = 12;

/** What it is by how it begins; what begins as nothing known is bytes, and stays bytes. */
export function mediaTypeOf(start: Uint8Array): string {
  const hex = Array.from(start.subarray(0, MEDIA_START_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (/^.{8}66747970/.test(hex)) return 'video/mp4';
  if (hex.startsWith('1a45dfa3')) return 'video/webm';
  if (hex.startsWith('255044462d')) return 'application/pdf';
  return pictureType(start) ?? 'application/octet-stream';
}

/** First and last byte, both included. */
export type Span = { readonly from: number; readonly to: number };

/**
 * What of a file a `Range` asks for. One range only; of several, and of what cannot be read, the whole file is the answer, as
 * RFC 9110 has it.
 */
export function spanOf(range: string | null | undefined, size: number): Span | 'whole' | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole';
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return 'whole';
  return from >= size || to < from ? 'unsatisfiable' : { from, to };
}

/** Status and headers of an answer with that of a file. */
export function mediaAnswer(span: ReturnType<typeof spanOf>, size: number, type: string) {
  const headers = {
    'accept-ranges': 'bytes',
    'content-type': type,
    // What is named by its hash never changes.
    'cache-control': 'private, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
  };
  if (span === 'unsatisfiable') return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  if (span === 'whole') return { status: 200, headers: { ...headers, 'content-length': String(size) } };
  const { from, to } = span;
  const part = { 'content-range': `bytes ${from}-${to}/${size}`, 'content-length': String(to - from + 1) };
  return { status: 206, headers: { ...headers, ...part } };
}
