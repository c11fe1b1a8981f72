import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Cast, castParts, readClips, tellStory } from '../../cli/demo/clips.ts';
import { type Kiosk, openKiosk } from '../../cli/demo/kiosk.ts';
import { type DemoCandidate, openSite, type Site, type SitePlan } from '../../cli/demo/site.ts';
import { modelStatus, openFaceEngine } from '../../native/face/index.ts';
import { MODELS } from '../../tests/kit/face-models.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import type { seedBank } from '../seed-bank.ts';
import { drawInMirrors } from './drawn-camera.ts';
import { drawnFrames } from './drawn-frames.ts';
import type { Shoot } from './photographer.ts';

export const root = resolve(import.meta.dirname, '../..');

/** All that an act plays with. */
export type Stage = {
  readonly chromium: string;
  readonly work: string;
  /** Who is before the camera; nobody real where there are no feeds. */
  readonly cast: Cast | undefined;
  /** Their photos, where there are any, are of the cast. */
  readonly people: readonly [DemoCandidate, DemoCandidate, DemoCandidate, DemoCandidate];
  readonly seed: ReturnType<typeof seedBank>;
  readonly shoot: Shoot;
  /** The one site where most acts are played, one after the other; opened when the first of them is. */
  readonly site: () => Promise<Site>;
};

export type Act = {
  /** Whether a face has to be known in it. */
  readonly faces: boolean;
  play(stage: Stage): Promise<void>;
};

/** Why faces cannot be known on this machine; nothing where they can. */
export function noCast(): string | undefined {
  const camera = join(sharedData, 'camera');
  if (!existsSync(camera)) return `there are no camera feeds in ${camera}`;
  const missing = modelStatus(MODELS).find(({ state }) => state !== 'ok');
  return missing ? `the face model ${missing.file} is not on this machine` : undefined;
}

export async function readCast(): Promise<Cast> {
  const engine = await openFaceEngine(MODELS);
  try {
    return castParts(await readClips(join(sharedData, 'camera'), engine));
  } finally {
    await engine.close();
  }
}

export const wholeClip = (clip: Cast['empty']): Uint8Array => tellStory([{ clip, seconds: clip.jpegs.length / 15 }]);

type SiteParts = Pick<Stage, 'work' | 'seed'> & { readonly people: readonly DemoCandidate[] };

/** The bank is our own, so that no foreign item is in a picture. */
export function siteOf({ work, seed, people }: SiteParts, name: string, plan: Partial<SitePlan> = {}): Promise<Site> {
  return openSite({ folder: join(work, name), ...seed, candidates: people, quiet: true, ...plan });
}

type KioskParts = Pick<Stage, 'chromium' | 'work'>;

/** A kiosk in whose mirror the drawn head is seen. @param story what its camera sees; the drawn head, unless told otherwise */
export async function kioskOf({ chromium, work }: KioskParts, name: string, story?: Uint8Array): Promise<Kiosk> {
  // A camera is called by its path, and some screens say what the camera is called.
  const folder = relative(process.cwd(), work);
  const kiosk = await openKiosk(chromium, folder, name, story ?? Buffer.concat(await drawnFrames()));
  await drawInMirrors(kiosk.page.context());
  return kiosk;
}

/** @throws Error where an act that needs them is played without them */
export function castOf({ cast }: Stage): Cast {
  if (!cast) throw new Error('an act with faces, and no cast');
  return cast;
}
