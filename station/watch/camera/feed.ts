/**
 * Whether a feed may be what it says it is: pictures from a sensor, now. A picture is known by a checksum; a real sensor's
 * noise never gives the same one twice.
 */
export type FeedState = 'fine' | 'frozen' | 'looped';

/** So many times in a row is a stopped or a replayed still. */
const FROZEN_AFTER = 8;
/** So many of the newest pictures known from before is a recording that began anew. */
const [WINDOW, LOOPED_AFTER] = [20, 12];
/** Hours of looking several times a second; what is older is forgotten. */
const MAX_KNOWN = 50_000;

/** Follows one feed, picture by picture. */
export function followFeed(): (picture: number) => FeedState {
  const known = new Set<number>();
  let last: number | undefined;
  let repeats = 0;
  let familiar: readonly boolean[] = [];
  return (picture) => {
    repeats = picture === last ? repeats + 1 : 0;
    last = picture;
    if (repeats > 0) return repeats >= FROZEN_AFTER ? 'frozen' : 'fine';
    familiar = [...familiar.slice(1 - WINDOW), known.has(picture)];
    known.delete(picture);
    known.add(picture);
    const [oldest] = known;
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    return familiar.filter(Boolean).length >= LOOPED_AFTER ? 'looped' : 'fine';
  };
}

const SAMPLES = 512;

/** FNV-1a over evenly spread bytes: cheap enough for every frame. */
export function checksum(pixels: Uint8Array): number {
  let hash = 0x811c9dc5;
  const step = Math.max(1, Math.floor(pixels.length / SAMPLES));
  for (let at = 0; at < pixels.length; at += step) hash = Math.imul(hash ^ (pixels[at] as number), 0x01000193);
  return hash >>> 0;
}

/** Names under which programs offer pictures of their own as a camera; Chromium's own stand-in is among them. */
const VIRTUAL =
  /virtual|obs\b|manycam|v4l2loopback|dummy|droidcam|iriun|snap camera|xsplit|fake_device|akvirtual|vcam|ndi\b/i;

/** Whether a device's name is that of a program. Who wants to deceive renames it: a hint, never a proof. */
export const looksVirtual = (label: string): boolean => VIRTUAL.test(label);
