import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { decodeStill, type FaceEngine, openFaceEngine } from '../../native/face/index.ts';
import { modelsHere } from '../faces.ts';

export type Described = {
  /** Unit vectors by path; no entry where no face was found or the file could not be read. */
  readonly templates: ReadonlyMap<string, Float32Array>;
  /** Photos in which nobody was found. */
  readonly undetected: readonly string[];
  readonly unreadable: readonly string[];
  /** Mean time from file to template, decoding included, of one thread. */
  readonly msPerImage: number;
};

/**
 * Describes each photo once, on as many engines as asked for.
 * @throws Refusal `models-missing`, `models-altered`, `models-failed`
 */
export async function describePhotos(
  root: string,
  paths: readonly string[],
  engines: number,
  onProgress: (done: number, of: number) => void,
): Promise<Described> {
  const waiting = paths.values();
  const templates = new Map<string, Float32Array>();
  const undetected: string[] = [];
  const unreadable: string[] = [];
  let spentMs = 0;
  const describeOne = async (engine: FaceEngine, path: string): Promise<void> => {
    const started = performance.now();
    try {
      const { subject } = await engine.describe(await decodeStill(readFileSync(join(root, path))));
      if (subject) templates.set(path, subject.embedding);
      else undetected.push(path);
    } catch (error) {
      // A broken file is a finding; broken networks are not.
      if (error instanceof Refusal && error.reason !== 'photo-unreadable') throw error;
      unreadable.push(path);
    }
    spentMs += performance.now() - started;
    onProgress(templates.size + undetected.length + unreadable.length, paths.length);
  };
  const work = async (): Promise<void> => {
    const engine = await openFaceEngine(modelsHere(), { lanes: 1 });
    try {
      for (const path of waiting) await describeOne(engine, path);
    } finally {
      await engine.close();
    }
  };
  await Promise.all(Array.from({ length: engines }, work));
  return { templates, undetected, unreadable, msPerImage: spentMs / Math.max(paths.length, 1) };
}
