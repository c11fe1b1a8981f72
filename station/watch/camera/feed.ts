import type { Picture } from '../../../native/face/index.ts';
import { printOf } from './print.ts';
import { openStillness } from './stillness.ts';
import { openTwins } from './twins.ts';

/**
 * Whether a feed may be what it says it is: pictures from a sensor, now. A picture is known by a checksum, for hours, and by
 * how it looks, for half an hour: an edited copy has another checksum, and looks the same.
 */
export type FeedState = 'fine' | 'frozen' | 'looped';

/** Follows one feed, picture by picture. */
export type Feed = {
  judge(picture: Picture): FeedState;
  /** Whether nothing has moved for a minute, as nobody sits: a picture, perhaps with noise over it. */
  readonly still: boolean;
  /** What was said of pictures until now is said of them alone; the pictures themselves are remembered. */
  beginAnew(): void;
};

/** So many times in a row is a stopped or a replayed still. */
const FROZEN_AFTER = 8;
/** So many of the newest pictures known from before is a recording that began anew. */
const WINDOW = 24;
/** Alike byte by byte are now and then two pictures of a covered lens too; alike by look is none at rest (`twins.ts`). */
const LOOPED_AFTER = { bytes: 12, look: 6 } as const;
/** Hours of looking several times a second; what is older is forgotten. */
const MAX_KNOWN = 50_000;

export function followFeed(): Feed {
  const known = new Set<number>();
  const twins = openTwins();
  const stillness = openStillness();
  let last: number | undefined;
  let repeats = 0;
  let familiar = NOTHING_FAMILIAR;
  return {
    judge(picture) {
      const sum = checksum(picture.pixels);
      const print = printOf(picture);
      const look = print ? twins.take(print) : 'new';
      if (print) stillness.take(print);
      repeats = sum === last || look === 'same' ? repeats + 1 : 0;
      last = sum;
      if (repeats > 0) return repeats >= FROZEN_AFTER ? 'frozen' : 'fine';
      familiar = {
        bytes: [...familiar.bytes.slice(1 - WINDOW), known.has(sum)],
        look: [...familiar.look.slice(1 - WINDOW), look === 'known'],
      };
      remember(known, sum);
      return isLooped(familiar, 'bytes') || isLooped(familiar, 'look') ? 'looped' : 'fine';
    },
    get still() {
      return stillness.still;
    },
    beginAnew() {
      familiar = NOTHING_FAMILIAR;
      repeats = 0;
      stillness.beginAnew();
    },
  };
}

type Familiar = Readonly<Record<keyof typeof LOOPED_AFTER, readonly boolean[]>>;
const NOTHING_FAMILIAR: Familiar = { bytes: [], look: [] };
const isLooped = (familiar: Familiar, how: keyof Familiar): boolean =>
  familiar[how].filter(Boolean).length >= LOOPED_AFTER[how];

function remember(known: Set<number>, sum: number): void {
  known.delete(sum);
  known.add(sum);
  const [oldest] = known;
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
}

const SAMPLES = 512;

/** FNV-1a over evenly spread bytes: cheap enough for every frame. */
function checksum(pixels: Uint8Array): number {
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
