import { join } from 'node:path';
import { z } from 'zod';
import { install, isInstalled } from './install.ts';
import { openLineChild } from './line-child.ts';
import { type Skipped, textOf } from './peer.ts';

export type HumanRun = {
  /** Measured inside its process: from RGBA bytes to the result. */
  readonly ms: number;
  /** Its own numbers, cut off to whole milliseconds. `face` is detector and mesh and the three before it. */
  readonly stages: { readonly [stage in 'description' | 'antispoof' | 'liveness' | 'face' | 'total']: number };
};

export type HumanPeer = AsyncDisposable & {
  readonly version: string;
  /** tfjs runs its WebAssembly on one thread in Node, however many there are. */
  readonly backend: string;
  /** Of the one face found in the picture when it was opened. */
  readonly found: { readonly embedding: number; readonly real: number; readonly live: number };
  /** Finds the face, no more. */
  readonly detect: () => Promise<HumanRun>;
  /** Finds the face, its mesh and its embedding, and judges whether it is real and live. */
  readonly whole: () => Promise<HumanRun>;
};

const Opened = z.object({ version: z.string(), backend: z.string() });
const Ran = z.object({
  ms: z.number(),
  faces: z.array(z.object({ embedding: z.int(), real: z.number(), live: z.number() })),
  stages: z.object({
    description: z.number().default(0),
    antispoof: z.number().default(0),
    liveness: z.number().default(0),
    face: z.number().default(0),
    total: z.number().default(0),
    cachedFrames: z.literal(0, 'human took results of an earlier frame'),
  }),
});

/** @vladmandic/human on the models that its package ships, installed the first time somebody asks unless told not to. */
export async function openHuman(
  picture: { readonly width: number; readonly height: number /** RGBA */; readonly pixels: Uint8Array },
  { mayInstall = true } = {},
): Promise<HumanPeer | Skipped> {
  try {
    if (!isInstalled()) {
      if (!mayInstall) return { skipped: '@vladmandic/human is not installed: npm ci --prefix bench/peers' };
      await install();
    }
  } catch (error) {
    return { skipped: (error as Error).message };
  }
  const child = openLineChild(process.execPath, [join(import.meta.dirname, 'human-child.ts')]);
  const run = async (what: 'detect' | 'whole') => {
    const { ms, faces, stages: all } = await child.ask(Ran, { op: 'run', what });
    const { cachedFrames: _none, ...stages } = all;
    const [face, ...others] = faces;
    if (!face || others.length > 0) throw new Error(`human found ${faces.length} faces where there is one`);
    if (what === 'whole' && !(face.embedding > 0 && face.real > 0 && face.live > 0)) {
      throw new Error('human left out the embedding, the realness or the liveness');
    }
    return { ms, stages, face };
  };
  try {
    const { width, height, pixels } = picture;
    const opened = await child.ask(Opened, { op: 'open', width, height, pixels: textOf(pixels) });
    const { face: found } = await run('whole');
    return {
      ...opened,
      found,
      detect: () => run('detect'),
      whole: () => run('whole'),
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    return { skipped: (error as Error).message };
  }
}
