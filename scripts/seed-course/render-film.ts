import { BufferTarget, CanvasSource, Output, WebMOutputFormat } from 'mediabunny';
import { drawFilm, FILM, FILM_SECONDS } from './film.ts';
import type { Ctx } from './shapes.ts';

declare const OffscreenCanvas: new (width: number, height: number) => OffscreenCanvas & { getContext(kind: '2d'): Ctx };

/** Draws every picture of the film and packs them as WebM; runs in a page. @returns base64 */
export async function renderFilm(): Promise<string> {
  const canvas = new OffscreenCanvas(FILM.width, FILM.height);
  const context = canvas.getContext('2d');
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, {
    codec: 'vp9',
    bitrate: 34_000,
    keyFrameInterval: 10,
    latencyMode: 'quality',
  });
  output.addVideoTrack(source, { frameRate: FILM.framesPerSecond });
  await output.start();
  const each = 1 / FILM.framesPerSecond;
  for (let frame = 0; frame < FILM_SECONDS * FILM.framesPerSecond; frame++) {
    drawFilm(context, frame * each);
    await source.add(frame * each, each);
  }
  await output.finalize();
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
