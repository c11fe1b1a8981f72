import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { type Taken, timeline } from './timeline.ts';
import { type Chunk, webm } from './webm.ts';

/** A codec is only had from a page that came from this machine: its own address, which leads nowhere. */
const DARKROOM = 'http://localhost/';
const FILM = { width: 1280, height: 720, bitrate: 230_000 } as const;

/** Puts pictures, captions and touches together, by the codec of a Chromium. */
export async function develop(executablePath: string, folder: string, taken: Taken): Promise<Uint8Array> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.route(`${DARKROOM}**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
      return route.fulfill({ contentType: 'image/jpeg', body: readFileSync(join(folder, name)) });
    });
    await page.goto(DARKROOM);
    const shown = timeline(taken);
    const from = shown[0]?.atMs ?? 0;
    const written = await page.evaluate(encode, { shown, ...FILM });
    const chunks = written.map(({ atMs, key, base64 }): Chunk => {
      return { atMs: atMs - from, key, bytes: Buffer.from(base64, 'base64') };
    });
    return webm(chunks, { ...FILM, durationMs: taken.endMs - from });
  } finally {
    await browser.close();
  }
}

type Darkroom = typeof FILM & { readonly shown: ReturnType<typeof timeline> };

/** Runs in the page. The page that was filmed is a little smaller than the film: nothing is written over it. */
async function encode({ shown, width, height, bitrate }: Darkroom) {
  const PART = 0.9;
  const left = (width * (1 - PART)) / 2;
  const chunks: { atMs: number; key: boolean; base64: string }[] = [];
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const encoder = new VideoEncoder({
    output(chunk) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      chunks.push({ atMs: chunk.timestamp / 1000, key: chunk.type === 'key', base64 });
    },
    error(error) {
      throw error;
    },
  });
  encoder.configure({ codec: 'vp09.00.31.08', width, height, bitrate, latencyMode: 'quality' });
  const draw = async ({ file, caption, touch }: Darkroom['shown'][number]): Promise<void> => {
    pen.fillStyle = '#0e2227';
    pen.fillRect(0, 0, width, height);
    const picture = await createImageBitmap(await (await fetch(file)).blob());
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, left, 0, width * PART, height * PART);
    picture.close();
    pen.fillStyle = '#fff';
    Object.assign(pen, { font: '600 28px system-ui, "Noto Sans CJK SC", sans-serif', textAlign: 'center' });
    pen.fillText(caption, width / 2, height * (1 + PART) * 0.5 + 10, width - 40);
    if (!touch) return;
    pen.beginPath();
    pen.arc(left + touch.x * PART, touch.y * PART, 14 + 22 * touch.part, 0, 2 * Math.PI);
    Object.assign(pen, { lineWidth: 5, strokeStyle: `rgb(242 140 40 / ${1 - touch.part})` });
    Object.assign(pen, { fillStyle: `rgb(242 140 40 / ${0.45 * (1 - touch.part)})` });
    pen.fill();
    pen.stroke();
  };
  const KEY_EVERY_MS = 10_000;
  let lastKey = Number.NEGATIVE_INFINITY;
  for (const one of shown) {
    await draw(one);
    const frame = new VideoFrame(canvas, { timestamp: Math.round(one.atMs * 1000) });
    const keyFrame = one.atMs - lastKey >= KEY_EVERY_MS;
    if (keyFrame) lastKey = one.atMs;
    encoder.encode(frame, { keyFrame });
    frame.close();
    while (encoder.encodeQueueSize > 4) await new Promise((done) => setTimeout(done, 5));
  }
  await encoder.flush();
  return chunks;
}
