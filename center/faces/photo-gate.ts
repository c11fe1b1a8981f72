import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import type { FaceEngine, Picture } from '../../native/face/index.ts';
import type { PhotoGate, PhotoLook } from '../base/index.ts';

export type Looking = {
  /** @throws Refusal `photo-unreadable` */
  readonly decode: (bytes: Uint8Array) => Promise<Picture>;
  readonly engine: Pick<FaceEngine, 'enrol' | 'close'>;
};
type GateParts = {
  /** Loads the networks. */
  readonly open: () => Promise<Looking>;
  /** Told why no photo is looked at. */
  readonly onTrouble: (error: unknown) => void;
};

/** A look takes a second on a slow processor: whoever is behind so many asks again. */
const MOST_WAITING = 60;
const AGAIN_SECONDS = 30;
/** The weights are large: they are held while photos come in. */
const IDLE_MS = 120_000;
/** Whether what was missing is there by now. */
const RETRY_MS = 60_000;

/**
 * Loads the networks of a folder, in a thread of their own, when the first photo comes. Nothing of them is loaded before: where
 * they cannot be had, the center runs without.
 * @param models a folder that is looked into before the usual ones
 */
export async function loadNetworks(models: string | undefined): Promise<Looking> {
  const { decodeStill, faceModels, openFaceEngine } = await import('../../native/face/index.ts');
  return { decode: decodeStill, engine: await openFaceEngine(faceModels({ models }), { lanes: 1, threads: 1 }) };
}

/** Looks at one photo after the other. */
export function openPhotoGate({ open, onTrouble }: GateParts): PhotoGate {
  let loaded: Promise<Looking | undefined> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let idle: NodeJS.Timeout | undefined;

  const load = (): Promise<Looking | undefined> => {
    loaded ??= open().catch((error: unknown) => {
      onTrouble(error);
      setTimeout(forget, RETRY_MS).unref();
      return undefined;
    });
    return loaded;
  };
  const forget = (): void => {
    loaded = undefined;
  };
  const unload = async (): Promise<void> => {
    clearTimeout(idle);
    const before = loaded;
    forget();
    await (await before)?.engine.close();
  };
  const lookNow = async (photo: Uint8Array): Promise<PhotoLook> => {
    const looking = await load();
    if (!looking) return { kind: 'unseen' };
    try {
      const enrolled = await looking.engine.enrol(await looking.decode(photo));
      return enrolled.ok ? { kind: 'good' } : { kind: 'unusable', reasons: enrolled.reasons };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.reason === 'photo-unreadable') return { kind: 'unusable', reasons: [error.reason] };
      onTrouble(error);
      return { kind: 'unseen' };
    }
  };
  return {
    async look(photo) {
      if (waiting >= MOST_WAITING) throw new TryLater(AGAIN_SECONDS);
      waiting += 1;
      clearTimeout(idle);
      const turn = last.then(() => lookNow(photo));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
        if (waiting === 0) idle = setTimeout(() => unload().catch(onTrouble), IDLE_MS).unref();
      }
    },
    close: unload,
  };
}
