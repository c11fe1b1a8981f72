import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import sharp from 'sharp';
import { findChromium } from '../cli/chromium.ts';
import { type Cast, castParts, readClips } from '../cli/demo/clips.ts';
import { type Kiosk, openKiosk } from '../cli/demo/kiosk.ts';
import { modelStatus, openFaceEngine } from '../native/face/index.ts';
import { drawnFrames } from '../scripts/screens/drawn-frames.ts';
import { MODELS } from './kit/face-models.ts';
import { sharedData } from './kit/shared-data.ts';

export const root = resolve(import.meta.dirname, '..');
const cameraFolder = join(sharedData, 'camera');

/** Why tests with faces cannot run on this machine, in plain words; nothing where they can. */
export function noFaces(): string | undefined {
  if (!existsSync(cameraFolder)) return `skipped: there are no camera feeds in ${cameraFolder}`;
  const missing = modelStatus(MODELS).find(({ state }) => state !== 'ok');
  return missing ? `skipped: the face model ${missing.file} is not on this machine` : undefined;
}

export async function readCast(): Promise<Cast> {
  const engine = await openFaceEngine(MODELS);
  try {
    return castParts(await readClips(cameraFolder, engine));
  } finally {
    await engine.close();
  }
}

/** One command of `exam-station`, as somebody types it; `input` is what is piped in. Others work meanwhile. */
export async function cli(args: readonly string[], input = '') {
  const child = spawn(process.execPath, [join(root, 'cli/main.ts'), ...args], { cwd: root });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const status = child.exitCode ?? (await once(child, 'exit'))[0];
  return { status: Number(status), stdout, stderr };
}

export { seedBank } from '../scripts/seed-bank.ts';

/** A photo on which nobody is. */
export const blankPhoto = (): Promise<Uint8Array> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#8899aa' } })
    .jpeg()
    .toBuffer();

/** What a camera sees that sees nobody who could be known: a head that is drawn. */
export const drawnStory = async (): Promise<Uint8Array> => Buffer.concat(await drawnFrames());

export async function kioskWith(folder: string, name: string, story: Uint8Array | undefined): Promise<Kiosk> {
  const chromium = await findChromium();
  if (!chromium) throw new Error('no Chromium; `npm test` brings one');
  return openKiosk(chromium, folder, name, story);
}
