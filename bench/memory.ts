import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeStill, openFaceEngine, type Picture } from '../native/face/index.ts';
import { MODELS } from '../tests/kit/face-models.ts';
import { sharedData } from '../tests/kit/shared-data.ts';

/** Many frames through the engine as a station uses it: does it keep what it should let go, and is each answered? */
export type MemoryBench = {
  readonly frames: number;
  readonly answered: number;
  /** Resident memory of the process once it has settled, and at the end, in megabytes. */
  readonly settledMb: number;
  readonly endMb: number;
  readonly growth: number;
  readonly msPerFrame: number;
};

const FEEDS = join(sharedData, 'camera');
/** By then every graph has run on every kind of frame, and the collector has been through. */
const SETTLED_AFTER = 0.1;

/** @throws Error in words where the feeds are not there; Refusal where the weights are not */
export async function benchMemory(frames: number): Promise<MemoryBench> {
  const pictures = await samples();
  const engine = await openFaceEngine(MODELS);
  const started = performance.now();
  let answered = 0;
  let settledMb = 0;
  try {
    for (let n = 0; n < frames; n++) {
      const { width, height, pixels } = pictures[n % pictures.length] as Picture;
      const depth = n % 4 === 0 ? 'identify' : 'watch';
      const seen = await engine.observe({ width, height, pixels: pixels.slice() }, { depth, things: n % 8 === 0 });
      if (seen.costMs.detect !== undefined) answered += 1;
      if (n === Math.floor(frames * SETTLED_AFTER)) settledMb = residentMb();
    }
    const endMb = residentMb();
    const msPerFrame = (performance.now() - started) / frames;
    return { frames, answered, settledMb, endMb, growth: endMb / settledMb - 1, msPerFrame };
  } finally {
    await engine.close();
  }
}

/** A picture of every feed: people, two people, nobody. */
async function samples(): Promise<Picture[]> {
  if (!existsSync(FEEDS)) throw new Error(`${FEEDS} is not there: the bench needs real frames`);
  const names = readdirSync(FEEDS).filter((name) => name.endsWith('.mjpeg'));
  return Promise.all(
    names.map((name) => {
      const bytes = readFileSync(join(FEEDS, name));
      const end = bytes.indexOf('ffd8ff', 3, 'hex');
      return decodeStill(bytes.subarray(0, end > 0 ? end : undefined));
    }),
  );
}

function residentMb(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}
