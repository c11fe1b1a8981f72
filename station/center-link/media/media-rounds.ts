import { statfsSync } from 'node:fs';
import type { Logger } from 'pino';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { StationIdentity } from '../../keep/identity/index.ts';
import type { MediaStore } from '../../keep/media/index.ts';
import type { CenterClient } from '../center-client.ts';
import { openMediaInbox } from './media-inbox.ts';
import { type Wanted, type WantingParts, wantedMedia } from './wanted.ts';

/** Brings down what courses show, one after the other, when nothing else is to be done. */
export type MediaRounds = {
  /** One turn. Never throws. */
  turn(): Promise<void>;
  /** Settles after what is under way was broken off; it goes on from there at the next start. */
  stop(): Promise<void>;
};

export type MediaRoundsParts = WantingParts & {
  readonly data: string;
  readonly client: Pick<CenterClient, 'media' | 'picture'>;
  readonly identity: StationIdentity;
  readonly media: MediaStore;
  /** Whether somebody sits an exam: nothing is fetched meanwhile. */
  readonly busy: () => boolean;
  /** A file came. */
  readonly onChange: () => void;
  readonly log: Logger;
};

const TURN_MS = 5_000;
/** What the center did not give is asked for again after this. */
const AGAIN_MS = 60_000;
/** A film must not fill the disk that exams are written to. */
const SPARE_BYTES = 1_000_000_000;

export function startMediaRounds(parts: MediaRoundsParts): MediaRounds {
  const { data, client, media, identity, busy, clock, log } = parts;
  const inbox = openMediaInbox(data, media, log);
  const notBefore = new Map<string, number>();
  const ended = new AbortController();
  let turning: Promise<void> = Promise.resolve();

  const fetchOne = async ({ kind, hash, bytes, grant }: Wanted): Promise<void> => {
    if (!hasRoomFor(media, bytes)) throw new Refusal('disk-low', `no room for ${bytes} bytes`);
    if (kind === 'picture') return media.receive({ hash, bytes }, 0, once(await client.picture(hash, grant)));
    // Whoever begins an exam now has the line to themselves.
    const goesOn = (): boolean => !ended.signal.aborted && !busy();
    const { from, chunks } = await client.media(hash, media.partOf(hash), { grant, signal: ended.signal });
    await media.receive({ hash, bytes }, from, whilst(chunks, goesOn));
  };
  const tryOne = async (one: Wanted): Promise<void> => {
    try {
      await fetchOne(one);
      parts.onChange();
    } catch (error) {
      if (error instanceof Interrupted || ended.signal.aborted) return;
      notBefore.set(one.hash, clock.monotonic() + AGAIN_MS);
      const { reason, detail } = error instanceof Refusal ? error : new Refusal('internal', String(error));
      log.warn({ reason, detail, hash: one.hash }, 'media');
    }
  };
  const turnOnce = async (): Promise<void> => {
    const wanted = wantedMedia(parts);
    const gone = media.keepOnly(new Set(wanted.keys()), Date.parse(clock.wall()));
    if (gone > 0) log.info({ files: gone }, 'erased: no course has shown them for long');
    await inbox.look(new Set(wanted.keys()));
    if (!identity.enrolment) return;
    for (const one of wanted.values()) {
      if (ended.signal.aborted || busy()) return;
      if (media.has(one.hash) || clock.monotonic() < (notBefore.get(one.hash) ?? 0)) continue;
      await tryOne(one);
    }
  };
  let waiting = false;
  const turn = (): Promise<void> => {
    // A film takes longer than a turn: one that waits is enough.
    if (waiting) return turning;
    waiting = true;
    turning = turning
      .then(turnOnce)
      .catch((error) => log.error({ error: String(error) }, 'media'))
      .finally(() => {
        waiting = false;
      });
    return turning;
  };
  const timer = setInterval(turn, TURN_MS);
  return {
    turn,
    async stop() {
      clearInterval(timer);
      ended.abort();
      await turning;
    },
  };
}

/** Broken off here, and no trouble of anybody's. */
class Interrupted extends Error {}

async function* whilst(chunks: AsyncIterable<Uint8Array>, goesOn: () => boolean): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    if (!goesOn()) throw new Interrupted();
    yield chunk;
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function hasRoomFor({ folder }: MediaStore, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > bytes + SPARE_BYTES;
}
