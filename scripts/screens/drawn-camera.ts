import type { BrowserContext } from 'playwright-core';
import { DRAWN } from '../../renderer/gallery/drawn-head.ts';
import { drawnFrames } from './drawn-frames.ts';

/**
 * From now on the mirrors of this browser show the drawn head, in the place and the shape the page gives them, and so does every
 * photo of somebody, registered or kept of an incident: those are other people's faces. What the station is sent stays what the
 * camera sees. Where there is no camera, the mirror stays empty.
 * @param still always the first picture, so that two photographs are the same
 */
export async function drawInMirrors(context: BrowserContext, { still = false } = {}): Promise<void> {
  const frames = await drawnFrames();
  const pictures = (still ? frames.slice(0, 1) : frames).map((jpeg) => Buffer.from(jpeg).toString('base64'));
  await context.addInitScript(replaceStreams, { ...DRAWN, pictures });
}

type Drawn = { readonly width: number; readonly height: number; readonly fps: number; readonly pictures: string[] };

/** Runs in the page, before anything of its own. */
function replaceStreams({ width, height, fps, pictures }: Drawn): void {
  const photo = `data:image/jpeg;base64,${pictures[0]}`;
  const hide = (): void => {
    for (const img of document.querySelectorAll<HTMLImageElement>('img[src^="data:image/jpeg"]'))
      if (img.src !== photo) img.src = photo;
  };
  new MutationObserver(hide).observe(document, { subtree: true, childList: true, attributeFilter: ['src'] });
  let drawn: MediaStream | undefined;
  const open = (): MediaStream => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const pen = canvas.getContext('2d');
    const bitmaps = pictures.map((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    });
    void Promise.all(bitmaps).then((all) => {
      let at = 0;
      setInterval(() => pen?.drawImage(all[at++ % all.length] as ImageBitmap, 0, 0), 1000 / fps);
    });
    return canvas.captureStream(fps);
  };
  const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    configurable: true,
    get(this: HTMLMediaElement) {
      return own?.get?.call(this);
    },
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      if (stream) drawn ??= open();
      own?.set?.call(this, stream ? drawn : null);
    },
  });
}
