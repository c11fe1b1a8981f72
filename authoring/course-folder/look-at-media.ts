import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { MEDIA_MAX_BYTES, type MediaType } from '../../contract/words/course.ts';
import { Sha256 } from '../../contract/words/ids.ts';
import { MEDIA_START_BYTES, mediaTypeOf } from '../../contract/words/media-type.ts';
import { type Found, found, type MediaFact, trouble } from '../courses/index.ts';
import { countPages, DOCUMENT_MAX_BYTES, timeFilm } from './look-apart.ts';
import { lookAtPackage } from './look-at-package.ts';

/** What is known of a film, a document or a package: what its bytes hash to, and how long it plays, how many pages it has, what it launches. */
export async function lookAtMedia(path: string, name: string): Promise<Found<MediaFact>> {
  const { size } = await stat(path);
  if (size > MEDIA_MAX_BYTES)
    return trouble('media-too-large', `${name} has ${size} bytes, ${MEDIA_MAX_BYTES} at most`);
  const type = mediaTypeOf(await startOf(path));
  const other = OTHERS[extname(name).toLowerCase()];
  // Slides and texts are zips too.
  if (!type || (other && type === 'application/zip'))
    return trouble('media-type-unknown', `${name}: ${other ?? ANY_OTHER}`);
  const more = await READERS[type](path, name);
  if (!more.ok) return more;
  return found({ media: { hash: await hashOfFile(path), type, bytes: size }, ...more.value });
}

const ANY_OTHER = 'neither MP4 nor WebM nor PDF nor a package (SCORM)';
/** What people bring, and what becomes of it. */
const OTHERS: Readonly<Record<string, string>> = {
  '.mpd': 'a list of parts (DASH): make one MP4 of them',
  '.ts': 'a part of a stream: make one MP4 of all of them',
  '.pptx': 'slides: save them as PDF',
  '.ppt': 'slides: save them as PDF',
  '.docx': 'a text document: save it as PDF',
  '.doc': 'a text document: save it as PDF',
};

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(MEDIA_START_BYTES), 0, MEDIA_START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function hashOfFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return Sha256.parse(hash.digest('hex'));
}

/** What Chromium, and so the kiosk, plays everywhere without help of the machine. */
const PLAYED: readonly (string | null)[] = ['avc', 'vp8', 'vp9', 'av1'];

async function film(path: string, name: string): Promise<Found<{ readonly kind: 'film'; readonly seconds: number }>> {
  const seen = await timeFilm(path, name);
  if (!seen.ok) return seen;
  const { codec, seconds } = seen.value;
  return PLAYED.includes(codec)
    ? found({ kind: 'film', seconds })
    : trouble('film-unplayable', `${name} is ${codec ?? 'of no known kind'}: use H.264`);
}

async function document(
  path: string,
  name: string,
): Promise<Found<{ readonly kind: 'document'; readonly pages: number }>> {
  const { size } = await stat(path);
  if (size > DOCUMENT_MAX_BYTES)
    return trouble('media-too-large', `${name} has ${size} bytes, a document ${DOCUMENT_MAX_BYTES} at most`);
  const pages = await countPages(path, name);
  return pages.ok ? found({ kind: 'document', ...pages.value }) : pages;
}

const READERS = {
  'video/mp4': film,
  'video/webm': film,
  'application/pdf': document,
  'application/zip': lookAtPackage,
} as const;

/** Of what is sent. */
export type MediaFile = { readonly path: string; readonly type: MediaType; readonly bytes: number };
