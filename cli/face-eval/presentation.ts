import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { decodeStill, type FaceEngine, openFaceEngine } from '../../native/face/index.ts';
import { modelsHere } from '../faces.ts';
import { wilson } from './verification.ts';

/** ISO/IEC 30107-3, for passive liveness on single photos. */

export type PresentationOptions = {
  /** Photos of live people. */
  readonly live: string;
  /** Photos of attacks; each folder in it is a species of attack (an instrument), photos directly in it are one too. */
  readonly spoof: string;
  readonly threshold: number;
};

export type Rate = {
  readonly photos: number;
  /** Photos in which no single face was found, or which could not be read: nothing was judged, and they are in no rate. */
  readonly unjudged: number;
  readonly errors: number;
  /** `null` where nothing could be judged. */
  readonly rate: number | null;
  /** 95 %, Wilson. */
  readonly interval: readonly [number, number];
};

export type PresentationReport = {
  readonly threshold: number;
  /** Live people taken for attacks. */
  readonly bpcer: Rate;
  /** Attacks taken for live people, by species. */
  readonly apcer: Readonly<Record<string, Rate>>;
  /** The worst species: what an attacker would choose. */
  readonly worstApcer: number | null;
};

/** @throws Refusal `models-missing`, `models-altered`, `models-failed`, `photos-missing` where a folder holds no photo */
export async function evaluatePresentation(options: PresentationOptions): Promise<PresentationReport> {
  const { live, spoof, threshold } = options;
  const [genuine, species] = [photosOf(live), speciesOf(spoof)];
  const engine = await openFaceEngine(modelsHere());
  try {
    const bpcer = await rateOf(engine, genuine, (score) => !(score >= threshold));
    const apcer: Record<string, Rate> = {};
    for (const [name, photos] of species) apcer[name] = await rateOf(engine, photos, (score) => score >= threshold);
    const rates = Object.values(apcer).flatMap(({ rate }) => rate ?? []);
    return { threshold, bpcer, apcer, worstApcer: rates.length > 0 ? Math.max(...rates) : null };
  } finally {
    await engine.close();
  }
}

async function rateOf(engine: FaceEngine, photos: readonly string[], wrong: (live: number) => boolean): Promise<Rate> {
  const scores: number[] = [];
  for (const photo of photos) scores.push(...(await scoreOf(engine, photo)));
  const errors = scores.filter(wrong).length;
  return {
    photos: photos.length,
    unjudged: photos.length - scores.length,
    errors,
    rate: scores.length > 0 ? errors / scores.length : null,
    interval: wilson(errors, scores.length),
  };
}

/** One score, or none where there is nothing to judge. */
async function scoreOf(engine: FaceEngine, photo: string): Promise<readonly number[]> {
  try {
    const live = await engine.presentation(await decodeStill(readFileSync(photo)));
    return live === null ? [] : [live];
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'photo-unreadable') return [];
    throw error;
  }
}

const PHOTO = /\.(jpe?g|png|webp|gif|tiff?)$/i;

function photosOf(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => PHOTO.test(name));
  if (files.length === 0) throw new Refusal('photos-missing', folder);
  return files.sort().map((name) => join(folder, name));
}

function speciesOf(folder: string): ReadonlyMap<string, readonly string[]> {
  const first = (photo: string): string => {
    const [head = '', ...rest] = relative(folder, photo).split('/');
    return rest.length > 0 ? head : basename(folder);
  };
  return Map.groupBy(photosOf(folder), first);
}
