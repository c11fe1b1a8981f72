import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODELS } from '../../tests/kit/face-models.ts';
import { sharedData } from '../../tests/kit/shared-data.ts';
import { decodeStill, modelStatus, type Picture, picturesIn } from './index.ts';

/** Real camera feeds, which lie beside the repository: tests that need them say so where they are missing. */
const cameraFolder = join(sharedData, 'camera');
export const stillFolder = join(sharedData, 'still');
export const spoofFolder = join(stillFolder, 'spoof');
export const feedsPresent =
  existsSync(cameraFolder) && existsSync(spoofFolder) && modelStatus(MODELS).every(({ state }) => state === 'ok');
export const feedNames = feedsPresent ? readdirSync(cameraFolder).filter((name) => name.endsWith('.mjpeg')) : [];

/** The pictures of a feed, as they are in its file. */
export const picturesOf = (name: string): readonly Buffer[] => picturesIn(readFileSync(join(cameraFolder, name)));

/** Every picture of a feed, decoded. */
export const framesOf = (name: string): Promise<Picture[]> => Promise.all(picturesOf(name).map(decodeStill));

/** As a mirror shows it. */
export function mirrorOf({ width, height, pixels }: Picture): Picture {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const mirrored = Uint32Array.from(words, (_, at) => words[at - (at % width) + width - 1 - (at % width)] as number);
  return { width, height, pixels: new Uint8Array(mirrored.buffer) };
}
